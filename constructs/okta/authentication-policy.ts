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

/** An authentication policy of Okta Identity Engine, created here or existing. */
export interface IAuthenticationPolicy {
  /** Okta's id of the policy. */
  readonly policyId: string;
  /** What must exist before an app uses the policy. */
  readonly dependables: readonly TerraformResource[];
}

export interface AuthenticationPolicyProps {
  /** Name of the policy, 1 to 50 characters. */
  readonly name: string;
  /**
   * Whether users must sign in with two factors instead of one.
   * @default true
   */
  readonly requireMfa?: boolean;
  /**
   * Names of the network zones from which users may sign in, at least one; each has 1 to 128 characters.
   * @default - any network
   */
  readonly networkZones?: readonly string[];
}

/**
 * How users must sign in to the apps that use the policy. It has one rule and denies everyone who does not meet it. The
 * provider sets this denial only on creation: it does not notice when the catch-all rule is edited in Okta.
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
      // By default, Okta's catch-all rule allows users who meet no other rule.
      catchAll: false,
    });
    const rule = new AppSignonPolicyRule(this, 'Rule', {
      policyId: policy.id,
      name: 'Sign-in',
      access: 'ALLOW',
      factorMode: requireMfa ? '2FA' : '1FA',
      // Set explicitly, because version 6 of the provider removes the default.
      inactivityPeriod: 'PT1H',
      ...(networkZones && { networkConnection: 'ZONE', networkIncludes: this.zoneIds(networkZones) }),
    });
    this.policyId = policy.id;
    this.dependables = [rule];
  }

  /** An existing policy in Okta, by its id. */
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
    message: 'With an empty list of network zones, nobody could sign in.',
    given: 'no zones',
    allowed: 'at least one zone',
    fix: 'Omit networkZones to allow any network.',
  };
}
