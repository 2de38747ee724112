import { type ITerraformDependable, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { EksIdentityProviderConfig } from '#aws/eks-identity-provider-config';
import { secondIdentityProviderFinding } from '../../constraints/eks/one-identity-provider';
import { arrivingGroupFinding, arrivingUserFinding, prefixFinding } from '../../constraints/kubernetes/reserved-names';
import { nameFinding } from '../../constraints/name-limits';
import { replacedWith } from '../replacement';
import { sameStackFinding } from '../same-stack';
import { unlessToken, validateFindings } from '../validate-findings';
import type { IEksCluster } from './cluster';

export interface OidcIdentityProviderProps {
  readonly cluster: IEksCluster;
  /** Issuer of the tokens, letter by letter the `iss` that they carry. */
  readonly issuerUrl: string;
  /** Client id of the app, the `aud` of its ID tokens. */
  readonly clientId: string;
  /** @default 'Okta' */
  readonly name?: string;
  /** @default 'email' */
  readonly usernameClaim?: string;
  /**
   * What Kubernetes sees before each user name; `''` for nothing.
   * @default 'okta:'
   */
  readonly usernamePrefix?: string;
  /** @default 'groups' */
  readonly groupsClaim?: string;
  /**
   * What Kubernetes sees before each group name; `''` for nothing.
   * @default 'okta:'
   */
  readonly groupsPrefix?: string;
  /**
   * Claims that a token must carry with just this text.
   * @default - none
   */
  readonly requiredClaims?: Readonly<Record<string, string>>;
  /**
   * Whether Terraform may destroy or replace the association, which takes sign-in away for 20 minutes and more.
   * @default false
   */
  readonly replaceable?: boolean;
  /**
   * Everything else that updates the cluster.
   * @default - none
   */
  readonly after?: readonly ITerraformDependable[];
}

/** The association of an EKS cluster with the OIDC issuer that its people sign in at; one per cluster. */
export class OidcIdentityProvider extends Construct {
  private readonly cluster: IEksCluster;

  constructor(scope: Construct, id: string, props: OidcIdentityProviderProps) {
    super(scope, id);
    const { cluster, usernamePrefix = 'okta:', groupsPrefix = 'okta:', usernameClaim = 'email' } = props;
    this.cluster = cluster;
    providersOf(cluster).push(this);
    validateFindings(this, () => [
      unlessToken(usernamePrefix, prefixFinding),
      groupsPrefix === usernamePrefix ? undefined : unlessToken(groupsPrefix, prefixFinding),
      // Which groups the claim lets through is for the authorization server to know.
      unlessToken(groupsPrefix, (prefix) => arrivingGroupFinding(prefix, undefined)),
      unlessToken(usernamePrefix, (prefix) => arrivingUserFinding(prefix, usernameClaim)),
      ...Object.keys(props.requiredClaims ?? {}).map((claim) => nameFinding('requiredClaim', claim)),
      sameStackFinding(this, cluster, 'cluster', 'Look the cluster up here with EksCluster.fromName.'),
      this.secondOnCluster(),
    ]);

    new EksIdentityProviderConfig(this, 'Resource', {
      clusterName: cluster.clusterName,
      oidc: {
        identityProviderConfigName: props.name ?? 'Okta',
        issuerUrl: props.issuerUrl,
        clientId: props.clientId,
        usernameClaim,
        // Without a prefix, EKS puts the issuer before any claim but email; '-' is its word for nothing.
        usernamePrefix: usernamePrefix || (usernameClaim === 'email' ? undefined : '-'),
        groupsClaim: props.groupsClaim ?? 'groups',
        groupsPrefix: groupsPrefix || undefined,
        requiredClaims: props.requiredClaims,
      },
      // The control plane is rotated: 20 minutes are usual, and the default is 40.
      timeouts: { create: '60m', delete: '60m' },
      // EKS answers 409 while another update of the cluster runs.
      dependsOn: [cluster.dependable, ...(props.after ?? [])],
      // Every argument forces replacement, and one provider per cluster leaves no way to make the new one first. A
      // cluster that is replaced comes without it, under the name that it had.
      lifecycle: { preventDestroy: props.replaceable !== true, ...replacedWith(cluster.idAddress) },
    });
  }

  /** A finding where the cluster has another identity provider in this app already. */
  private secondOnCluster() {
    const [first] = providersOf(this.cluster);
    return first === undefined || first === this
      ? undefined
      : secondIdentityProviderFinding(this.cluster.clusterName, first.node.path);
  }
}

/** The identity providers of each cluster of an app; a search of the whole tree would cost the square of its size. */
const providersByApp = new WeakMap<IConstruct, Map<string, OidcIdentityProvider[]>>();

function providersOf(cluster: IEksCluster): OidcIdentityProvider[] {
  const byCluster = providersByApp.get(cluster.node.root) ?? new Map<string, OidcIdentityProvider[]>();
  providersByApp.set(cluster.node.root, byCluster);
  // One AWS provider per stack, so a name in a stack is one cluster, even where it is looked up twice.
  const identity = `${TerraformStack.of(cluster).node.path} ${cluster.clusterName}`;
  const providers = byCluster.get(identity) ?? [];
  byCluster.set(identity, providers);
  return providers;
}
