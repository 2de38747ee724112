import type { ControlPlane } from './control-plane';

/** How IAM principals get access: from the ConfigMap `aws-auth`, from access entries, or from both. */
export type AuthenticationMode = 'CONFIG_MAP' | 'API_AND_CONFIG_MAP' | 'API';

/** A cluster of the local EKS. */
export interface Cluster {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly roleArn: string;
  readonly createdAt: number;
  /** ARN of the principal that created it. */
  readonly creator: string;
  status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING' | 'FAILED';
  version: string;
  authenticationMode: AuthenticationMode;
  readonly creatorIsAdmin: boolean;
  deletionProtection: boolean;
  resourcesVpcConfig: VpcConfig;
  /** The types of control plane logs that are on. */
  logs: ReadonlySet<string>;
  /** Further settings as the client sent them, such as `upgradePolicy`. */
  settings: Record<string, unknown>;
  readonly tags: Record<string, string>;
  /** @default - EKS is still creating it */
  controlPlane?: ControlPlane;
  /** By id, the oldest first. */
  readonly updates: Map<string, Update>;
  /** By the ARN of the principal. */
  readonly accessEntries: Map<string, AccessEntry>;
  /** The one identity provider that EKS allows. */
  association?: Association;
}

export interface VpcConfig {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly endpointPublicAccess: boolean;
  readonly endpointPrivateAccess: boolean;
  readonly publicAccessCidrs: readonly string[];
  readonly controlPlaneEgressMode: string;
}

/** A change that takes time. */
export interface Update {
  readonly id: string;
  readonly type: string;
  readonly params: readonly { readonly type: string; readonly value: string }[];
  readonly createdAt: number;
  status: 'InProgress' | 'Successful' | 'Failed';
  errors: readonly { readonly errorCode: string; readonly errorMessage: string }[];
}

/** Access of an IAM principal. */
export interface AccessEntry {
  readonly principalArn: string;
  readonly arn: string;
  readonly type: string;
  readonly createdAt: number;
  modifiedAt: number;
  username: string;
  kubernetesGroups: readonly string[];
  readonly tags: Record<string, string>;
  /** By the ARN of the policy. */
  readonly policies: Map<string, AssociatedPolicy>;
}

export interface AssociatedPolicy {
  readonly policyArn: string;
  readonly accessScope: { readonly type: 'cluster' | 'namespace'; readonly namespaces: readonly string[] };
  readonly associatedAt: number;
  readonly modifiedAt: number;
}

/** An OIDC identity provider of a cluster, as the client sent it. */
export interface Association {
  readonly arn: string;
  readonly config: OidcConfig;
  readonly tags: Record<string, string>;
  status: 'CREATING' | 'ACTIVE' | 'DELETING';
}

export interface OidcConfig {
  readonly identityProviderConfigName: string;
  readonly issuerUrl: string;
  readonly clientId: string;
  readonly usernameClaim?: string;
  readonly usernamePrefix?: string;
  readonly groupsClaim?: string;
  readonly groupsPrefix?: string;
  readonly requiredClaims?: Readonly<Record<string, string>>;
}

/** The issuer of the cluster's service account tokens. */
export function serviceAccountIssuer({ id, region }: Pick<Cluster, 'id' | 'region'>): string {
  return `https://oidc.eks.${region}.amazonaws.com/id/${id}`;
}
