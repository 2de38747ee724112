import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { AppSignonPolicy } from '#okta/app-signon-policy';
import { AppSignonPolicyRule } from '#okta/app-signon-policy-rule';
import { DataOktaNetworkZone } from '#okta/data-okta-network-zone';
import { constructId } from '../../constraints/construct-id';
import type { Finding } from '../../constraints/finding';
import { nameFinding } from '../../constraints/name-limits';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';

/** An authentication policy of Okta's Identity Engine, made here or an existing one. */
export interface IAuthenticationPolicy {
  readonly policyId: string;
  /** What has to exist before an app uses the policy. */
  readonly dependables: readonly TerraformResource[];
}

export interface AuthenticationPolicyProps {
  /** 1 to 50 characters. */
  readonly name: string;
  /**
   * Whether people need two factors, or one.
   * @default true
   */
  readonly requireMfa?: boolean;
  /**
   * Names of the network zones that people may sign in from.
   * @default - from anywhere
   */
  readonly networkZones?: readonly string[];
}

/**
 * How people have to sign in to the apps that use it; who does not meet its one rule is denied.
 * The provider sets the denial when it makes the policy: an edit of the catch-all rule in Okta is not seen.
 */
export class AuthenticationPolicy extends Construct implements IAuthenticationPolicy {
  readonly policyId: string;
  readonly dependables: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: AuthenticationPolicyProps) {
    super(scope, id);
    const { name, requireMfa = true, networkZones } = props;
    validateName(this, 'authenticationPolicy', name);
    validateFindings(this, () => [
      networkZones?.length === 0 ? nowhereFinding() : undefined,
      ...(networkZones ?? []).map((zone) => nameFinding('networkZone', zone)),
    ]);

    const policy = new AppSignonPolicy(this, 'Resource', {
      name,
      description: name,
      // By default Okta's catch-all rule lets in who meets no other rule.
      catchAll: false,
    });
    const rule = new AppSignonPolicyRule(this, 'Rule', {
      policyId: policy.id,
      name: 'Sign-in',
      access: 'ALLOW',
      factorMode: requireMfa ? '2FA' : '1FA',
      // Stated, because the provider's default is gone from version 6 on.
      inactivityPeriod: 'PT1H',
      ...(networkZones && { networkConnection: 'ZONE', networkIncludes: this.zoneIds(networkZones) }),
    });
    this.policyId = policy.id;
    this.dependables = [rule];
  }

  /** A policy that exists in Okta, by its id. */
  static fromId(policyId: string): IAuthenticationPolicy {
    return { policyId, dependables: [] };
  }

  private zoneIds(names: readonly string[]): string[] {
    const zones = new Construct(this, 'NetworkZone');
    // An invalid name cannot be an id either; the validation above reports it.
    const validNames = names.filter((name) => nameFinding('networkZone', name) === undefined);
    // The provider keeps the order, so a reorder would be an update.
    return [...new Set(validNames)]
      .sort()
      .map((name) => new DataOktaNetworkZone(zones, constructId('networkZone', name), { name }).id);
  }
}

function nowhereFinding(): Finding {
  return {
    message: 'Without a network zone nobody could sign in from anywhere.',
    given: 'no zones',
    allowed: 'at least one zone',
    fix: 'Leave networkZones out to allow any network.',
  };
}
