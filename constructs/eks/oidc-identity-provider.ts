import { type ITerraformDependable, TerraformStack, Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { EksIdentityProviderConfig } from '#aws/eks-identity-provider-config';
import { breakGlassGroupFinding } from '../../constraints/eks/break-glass';
import { secondIdentityProviderFinding } from '../../constraints/eks/one-identity-provider';
import type { Finding } from '../../constraints/finding';
import {
  arrivingGroupFinding,
  arrivingUserFinding,
  groupsPrefixFinding,
  usernamePrefixFinding,
} from '../../constraints/kubernetes/reserved-names';
import { nameFinding } from '../../constraints/name-limits';
import { requiredClaimFinding } from '../../constraints/okta/claim-names';
import { replacedWith } from '../replacement';
import { sameStackFinding } from '../same-stack';
import { unlessToken, validateFindings } from '../validate-findings';
import type { IEksCluster } from './cluster';

export interface OidcIdentityProviderProps {
  /** The cluster, in this stack. EKS allows one identity provider per cluster. */
  readonly cluster: IEksCluster;
  /** Issuer of the tokens, exactly as in their `iss`. */
  readonly issuerUrl: string;
  /** Client id of the app, the `aud` of its ID tokens. */
  readonly clientId: string;
  /**
   * Name of the association.
   * @default 'Okta'
   */
  readonly name?: string;
  /**
   * Claim with the user name.
   * @default 'email'
   */
  readonly usernameClaim?: string;
  /**
   * Prefix of user names in Kubernetes; `''` for none. It must not contain `system:`, be `-`, or start like the names of
   * EKS, IAM, or AWS: `eks:`, `arn:aws`, `aws:`, `amazon:`, `iam:`.
   * @default 'okta:'
   */
  readonly usernamePrefix?: string;
  /**
   * Claim with the user's groups.
   * @default 'groups'
   */
  readonly groupsClaim?: string;
  /**
   * Prefix of groups in Kubernetes; `''` for none. It must not contain `system:`, be `-`, or start with `eks:`.
   * @default 'okta:'
   */
  readonly groupsPrefix?: string;
  /**
   * Start of the names of the groups in the claim, as the authorization server filters them. With it, a prefix such as
   * `''` is allowed if no group can become one of Kubernetes or EKS, such as `system:masters`.
   * @default - every group is in the claim
   */
  readonly groupsStartWith?: string;
  /**
   * Claims that a token must carry, with their exact values; each name has 1 to 63 characters.
   * @default - none
   */
  readonly requiredClaims?: Readonly<Record<string, string>>;
  /**
   * Whether Terraform may destroy or replace the association; sign-in is then unavailable for 20 minutes or more.
   * @default false
   */
  readonly replaceable?: boolean;
  /**
   * Everything else that updates the cluster, to be done first: EKS accepts one update at a time.
   * @default - none
   */
  readonly after?: readonly ITerraformDependable[];
}

/** The association of an EKS cluster with an OIDC issuer; one per cluster. */
export class OidcIdentityProvider extends Construct {
  private readonly cluster: IEksCluster;

  constructor(scope: Construct, id: string, props: OidcIdentityProviderProps) {
    super(scope, id);
    const { cluster, usernamePrefix = 'okta:', groupsPrefix = 'okta:', usernameClaim = 'email' } = props;
    this.cluster = cluster;
    providersOf(cluster).push(this);
    const { groupsStartWith } = props;
    const ofUsers = unlessToken(usernamePrefix, usernamePrefixFinding);
    const ofGroups = unlessToken(groupsPrefix, groupsPrefixFinding);
    validateFindings(this, () => [
      ...(groupsPrefix === usernamePrefix ? [ofUsers ?? ofGroups] : [ofUsers, ofGroups]),
      Token.isUnresolved(groupsStartWith)
        ? undefined
        : unlessToken(groupsPrefix, (prefix) => arrivingFinding(prefix, groupsStartWith)),
      unlessToken(usernamePrefix, (prefix) => arrivingUserFinding(prefix, usernameClaim)),
      ...Object.keys(props.requiredClaims ?? {}).flatMap((claim) => [
        nameFinding('requiredClaim', claim),
        requiredClaimFinding(claim),
      ]),
      sameStackFinding(this, cluster, 'cluster', 'Look up the cluster in this stack with EksCluster.fromName.'),
      this.secondOnCluster(),
    ]);

    new EksIdentityProviderConfig(this, 'Resource', {
      clusterName: cluster.clusterName,
      oidc: {
        identityProviderConfigName: props.name ?? 'Okta',
        issuerUrl: props.issuerUrl,
        clientId: props.clientId,
        usernameClaim,
        // If unset, EKS prefixes every claim except email with the issuer; '-' means no prefix.
        usernamePrefix: usernamePrefix || (usernameClaim === 'email' ? undefined : '-'),
        groupsClaim: props.groupsClaim ?? 'groups',
        groupsPrefix: groupsPrefix || undefined,
        requiredClaims: props.requiredClaims,
      },
      // EKS rotates the control plane, which usually takes 20 minutes; the default timeout is 40.
      timeouts: { create: '60m', delete: '60m' },
      // EKS returns 409 while another update of the cluster runs.
      dependsOn: [cluster.dependable, ...(props.after ?? [])],
      // Every change replaces the association, and with one per cluster, the new one cannot be created first. A cluster
      // that is replaced keeps its name, but not its association.
      lifecycle: { preventDestroy: props.replaceable !== true, ...replacedWith(cluster.idAddress) },
    });
  }

  /** The finding if the cluster already has an identity provider in this app. */
  private secondOnCluster() {
    const [first] = providersOf(this.cluster);
    return first === undefined || first === this
      ? undefined
      : secondIdentityProviderFinding(this.cluster.clusterName, first.node.path);
  }
}

/** The finding if a group in the claim can become one of the cluster, or the group of break-glass access. */
function arrivingFinding(prefix: string, groupsStartWith: string | undefined): Finding | undefined {
  return arrivingGroupFinding(prefix, groupsStartWith) ?? breakGlassGroupFinding(prefix, groupsStartWith ?? '');
}

/** The identity providers of each cluster of an app; a search of the whole tree for each would take quadratic time. */
const providersByApp = new WeakMap<IConstruct, Map<string, OidcIdentityProvider[]>>();

function providersOf(cluster: IEksCluster): OidcIdentityProvider[] {
  const byCluster = providersByApp.get(cluster.node.root) ?? new Map<string, OidcIdentityProvider[]>();
  providersByApp.set(cluster.node.root, byCluster);
  // A stack has one AWS provider, so a name in a stack is one cluster, even if it is looked up twice.
  const identity = `${TerraformStack.of(cluster).node.path} ${cluster.clusterName}`;
  const providers = byCluster.get(identity) ?? [];
  byCluster.set(identity, providers);
  return providers;
}
