import type { BuiltInRole, PresetRole } from './roles';

/**
 * The one file a user edits, as it is written: groups, clusters and who gets what on them.
 * Only `okta`, `groups`, `clusters` and `grants` are required.
 * The type parameters are the names of the file's own groups, clusters and roles.
 */
export interface AccessFile<
  Group extends string = string,
  Cluster extends string = string,
  Role extends string = string,
> {
  readonly okta: OktaOrganization;
  /** @default - a server `EKS` is made */
  readonly authorizationServer?: AuthorizationServerSettings;
  /** @default - claim `groups` with the groups whose name starts with `eks-` */
  readonly groupsClaim?: GroupsClaimSettings;
  /** @default - provider `Okta`, user name from `email`, prefix `okta:` */
  readonly identityProvider?: IdentityProviderSettings;
  /** @default - only groups with a grant may sign in, on ports 8000 and 18000 */
  readonly signIn?: SignInSettings;
  /** Okta groups by name, 1 to 255 characters each. */
  readonly groups: { readonly [name in Group]: GroupSettings };
  /**
   * Kubernetes roles by name, beside the built-in ones and the presets.
   * @default - none
   */
  readonly roles?: { readonly [name in Role]: RoleSettings };
  /** Clusters by key; the key names the stacks `cluster-<key>` and `rbac-<key>`. */
  readonly clusters: { readonly [key in Cluster]: ClusterSettings };
  /**
   * Namespaces by name.
   * @default - none
   */
  readonly namespaces?: { readonly [name: string]: NamespaceSettings };
  /** @default - none */
  readonly guards?: GuardSettings;
  /**
   * Settings merged under each cluster.
   * @default - none
   */
  readonly clusterDefaults?: ClusterDefaults;
  /** Who gets which role where. */
  readonly grants: readonly GrantSettings<NoInfer<Group>, NoInfer<Cluster>, NoInfer<Role>>[];
  /** @default 'local' */
  readonly backend?: BackendSettings;
  /**
   * Tags of every AWS resource.
   * @default - none
   */
  readonly tags?: Tags;
}

/** AWS tags by key. */
export interface Tags {
  readonly [key: string]: string;
}

/** The Okta organization; its credentials are read from the environment by the provider. */
export interface OktaOrganization {
  /** First label of the organization's host name, such as `dev-123456`. */
  readonly orgName: string;
  /**
   * The rest of the host name.
   * @default 'okta.com'
   */
  readonly baseUrl?: string;
}

/** The custom authorization server whose tokens the clusters trust. */
export interface AuthorizationServerSettings {
  /** @default 'EKS' */
  readonly name?: string;
  /** @default - none */
  readonly description?: string;
  /**
   * The one audience of its access tokens; an ID token's `aud` is the client id instead.
   * @default 'http://localhost:8000'
   */
  readonly audience?: string;
  /**
   * Host name in the issuer: the organization's own or its custom domain.
   * @default 'ORG_URL'
   */
  readonly issuerMode?: 'ORG_URL' | 'CUSTOM_URL';
  /**
   * Whether the server is looked up by name instead of made.
   * @default false
   */
  readonly existing?: boolean;
}

/** The claim of the ID token that carries the groups of a person. */
export interface GroupsClaimSettings {
  /** @default 'groups' */
  readonly name?: string;
  /**
   * Only groups whose name starts so are in the token; Okta ignores case here, Kubernetes does not.
   * @default 'eks-'
   */
  readonly startsWith?: string;
}

/** The OIDC identity provider of each cluster; a change of any field but `replaceable` replaces it. */
export interface IdentityProviderSettings {
  /** @default 'Okta' */
  readonly name?: string;
  /** @default 'email' */
  readonly usernameClaim?: string;
  /**
   * What Kubernetes sees before each user name and group name; `''` for nothing.
   * @default 'okta:'
   */
  readonly prefix?: string | { readonly username: string; readonly groups: string };
  /**
   * Claims that a token must carry with just this text.
   * @default - none
   */
  readonly requiredClaims?: { readonly [claim: string]: string };
  /**
   * Whether Terraform may destroy or replace the association, which takes sign-in away for 20 minutes and more.
   * @default false
   */
  readonly replaceable?: boolean;
}

/** How people sign in. */
export interface SignInSettings {
  /**
   * Who is assigned to the apps: groups with a grant on their clusters, or everyone in the organization.
   * @default 'granted'
   */
  readonly assignment?: 'granted' | 'everyone';
  /**
   * Ports of `http://localhost` that the sign-in may return to.
   * @default [8000, 18000]
   */
  readonly redirectPorts?: readonly number[];
  /** @default - none: a person signs in again every hour */
  readonly refresh?: {
    /** Days, hours or minutes until a person signs in again, such as `12h`. */
    readonly lifetime?: string;
    /** The same without use. */
    readonly idle?: string;
    /** @default true */
    readonly rotation?: boolean;
    /** Seconds, 0 to 60, in which a rotated token still works. */
    readonly leeway?: number;
  };
  /** @default false */
  readonly deviceCode?: boolean;
  /**
   * Lifetime of an access token in minutes, 5 to 1440.
   * @default - Okta's 60
   */
  readonly accessTokenMinutes?: number;
  /** @default - the organization's default policy */
  readonly authenticationPolicy?:
    | { readonly id: string }
    | { readonly requireMfa?: boolean; readonly networkZones?: readonly string[] };
}

/** An Okta group. */
export interface GroupSettings {
  /** @default - none */
  readonly description?: string;
  /**
   * Okta logins of its people, the whole list; not together with `rule`.
   * @default - people are put in from elsewhere
   */
  readonly logins?: readonly string[];
  /**
   * Okta expression that puts people in; not together with `logins`.
   * @default - people are put in from elsewhere
   */
  readonly rule?: string;
  /**
   * Whether the group is looked up by its name instead of made.
   * @default false
   */
  readonly existing?: boolean;
}

/** A Kubernetes role of the file's own. */
export interface RoleSettings {
  /** @default 'cluster' */
  readonly scope?: 'cluster' | 'namespace';
  /** @default - none */
  readonly description?: string;
  readonly rules: readonly {
    readonly apiGroups?: readonly string[];
    readonly resources?: readonly string[];
    readonly verbs: readonly string[];
    readonly resourceNames?: readonly string[];
    readonly nonResourceURLs?: readonly string[];
  }[];
}

/** A cluster: made, looked up in EKS, or managed elsewhere. */
export type ClusterSettings = EksClusterSettings | ExistingEksClusterSettings | SelfManagedClusterSettings;

interface AnyClusterSettings {
  /**
   * Name of the Okta app that the cluster trusts; clusters with the same app accept each other's tokens.
   * @default - the cluster's key
   */
  readonly app?: string;
  /** @default - none */
  readonly namespaces?: readonly string[];
  /** @default - those of the file */
  readonly guards?: GuardSettings;
  /**
   * Tags of the cluster's AWS resources, over those of the file.
   * @default - none
   */
  readonly tags?: Tags;
}

interface AnyEksClusterSettings extends AnyClusterSettings {
  /**
   * Name in EKS.
   * @default - the cluster's key
   */
  readonly name?: string;
  /** AWS region, such as `us-west-1`. */
  readonly region: string;
  /** @default - the account of the provider's credentials */
  readonly account?: {
    /** Twelve digits. */
    readonly id: string;
    /**
     * IAM role that Terraform takes on.
     * @default - none
     */
    readonly roleArn?: string;
  };
  /**
   * ARNs of the IAM roles that administer the cluster without Okta, such as the pipeline's.
   * @default - none
   */
  readonly deployers?: readonly string[];
  /** @default - none */
  readonly breakGlass?: { readonly roleArn: string; readonly expires: string; readonly reason: string };
  /** @default - none */
  readonly alarms?: { readonly topicArn?: string };
}

/** An EKS cluster that is made. */
export interface EksClusterSettings extends AnyEksClusterSettings {
  readonly kind: 'eks';
  /**
   * Kubernetes version, such as `'1.35'`.
   * @default - EKS' default on the day it is made
   */
  readonly version?: string;
  /**
   * Name of the cluster's IAM role, unique in its account, at most 64 characters.
   * @default - `EKSCluster-<name>`
   */
  readonly roleName?: string;
  /** @default 'default-vpc' */
  readonly network?:
    | 'default-vpc'
    | { readonly subnetIds: readonly string[]; readonly securityGroupIds?: readonly string[] };
  /** @default - public, open to every address */
  readonly endpoint?: { readonly private?: boolean; readonly publicCidrs?: readonly string[] };
  /**
   * Control-plane logs that go to CloudWatch.
   * @default ['api', 'audit', 'authenticator']
   */
  readonly logs?: readonly ControlPlaneLog[];
  /** @default - kept for ever */
  readonly logRetentionDays?: number;
  /** @default - EKS' own key */
  readonly secretsKeyArn?: string;
  /** @default - EKS' default */
  readonly supportType?: 'STANDARD' | 'EXTENDED';
  /** @default false */
  readonly deletionProtection?: boolean;
}

/** An EKS cluster that exists; it is looked up and never recreated. */
export interface ExistingEksClusterSettings extends AnyEksClusterSettings {
  readonly kind: 'existing-eks';
}

/** A cluster outside EKS. */
export interface SelfManagedClusterSettings extends AnyClusterSettings {
  readonly kind: 'self-managed';
  readonly kubeconfigContext: string;
  readonly version?: string;
}

/** A log of the EKS control plane. */
export type ControlPlaneLog = 'api' | 'audit' | 'authenticator' | 'controllerManager' | 'scheduler';

/** Settings that clusters share, merged under each of them. */
export type ClusterDefaults = Partial<
  Omit<EksClusterSettings, 'kind' | 'name' | 'roleName'> & Pick<SelfManagedClusterSettings, 'kubeconfigContext'>
>;

/** A namespace of a cluster. */
export interface NamespaceSettings {
  /** @default false */
  readonly create?: boolean;
  /** @default - none */
  readonly podSecurity?: 'privileged' | 'baseline' | 'restricted';
  /** @default false */
  readonly denyIngress?: boolean;
  /** @default - none */
  readonly allowIngressFrom?: readonly {
    readonly namespace: string;
    readonly podLabels?: { readonly [label: string]: string };
    readonly port?: number;
  }[];
  /** @default - none */
  readonly quota?: { readonly [resource: string]: string };
}

/** What only the named groups may do, whatever their roles say. */
export interface GuardSettings {
  /** @default - everyone whose role allows it */
  readonly secretDeletion?: readonly string[];
  /** @default - everyone whose role allows it */
  readonly runAsRoot?: readonly string[];
  /** @default - everyone whose role allows it */
  readonly namespaces?: { readonly [namespace: string]: readonly string[] };
}

/** One line of access: a group gets a role on clusters. */
export interface GrantSettings<
  Group extends string = string,
  Cluster extends string = string,
  Role extends string = string,
> {
  readonly group: Group;
  /** A role of Kubernetes' own, a preset, or one of the file's. */
  readonly role: BuiltInRole | PresetRole | Role;
  /** Keys of clusters, or `'*'` for all of the file. */
  readonly clusters: '*' | readonly Cluster[];
  /** @default - the whole cluster */
  readonly namespaces?: readonly string[];
  /**
   * Day after which the grant is gone, `YYYY-MM-DD`.
   * @default - never
   */
  readonly expires?: string;
  /**
   * Sensitive permissions that are meant, each with its reason.
   * @default - none
   */
  readonly accept?: { readonly [permission: string]: string };
}

/** Where Terraform keeps the state of every stack. */
export type BackendSettings =
  | 'local'
  | {
      readonly s3: {
        readonly bucket: string;
        readonly region: string;
        readonly keyPrefix?: string;
        readonly kmsKeyId?: string;
      };
    }
  | { readonly cloud: { readonly organization: string; readonly workspacePrefix?: string } };
