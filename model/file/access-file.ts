import type { ControlPlaneLog } from '../../constraints/eks/control-plane-logs';
import type { LogRetentionDays } from '../../constraints/eks/log-retention';
import type { BuiltInRole } from '../../rbac/built-in-roles';
import type { PresetRole } from '../../rbac/presets';
import type { SensitivePermission } from '../../rbac/sensitive-permissions';

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
  /** Clusters by key; the key names the stacks `cluster-<key>`, `rbac-<key>` and `guards-<key>`. */
  readonly clusters: { readonly [key in Cluster]: ClusterSettings };
  /**
   * Settings of namespaces by name, on the clusters that have the namespace: by their own list, or by a grant in it.
   * @default - none
   */
  readonly namespaces?: { readonly [name: string]: NamespaceSettings };
  /** @default - none */
  readonly guards?: GuardSettings;
  /**
   * Settings merged under each cluster: objects key by key, lists as a whole, and only keys that its kind has.
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
   * Whether the server is looked up by name instead of made; it keeps its audience and issuer, and gets claim and policies.
   * @default false
   */
  readonly existing?: boolean;
  /**
   * Whether Terraform may destroy or replace the server and the apps, which takes sign-in away until every cluster
   * trusts the new ones.
   * @default false
   */
  readonly replaceable?: boolean;
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
    /**
     * Minutes, hours or days until a person signs in again, such as `90m`, `12h` or `7d`.
     * @default '12h'
     */
    readonly lifetime?: string;
    /**
     * The same without use, from `10m`.
     * @default - the lifetime
     */
    readonly idle?: string;
    /**
     * Whether each use gives a new refresh token.
     * @default true
     */
    readonly rotation?: boolean;
    /**
     * Seconds, 0 to 60, in which a token that was rotated still works.
     * @default 30
     */
    readonly leeway?: number;
  };
  /**
   * Whether people can sign in on another device, from a machine without a browser.
   * @default false
   */
  readonly deviceCode?: boolean;
  /**
   * Lifetime of an access token in minutes, 5 to 1440.
   * @default - Okta's 60
   */
  readonly accessTokenMinutes?: number;
  /**
   * An existing policy by its id, or one that is made: with a second factor, from named network zones only, or both.
   * @default - the organization's default policy
   */
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
  /**
   * A ClusterRole, for whole clusters and namespaces, or a Role in each namespace that it is granted in.
   * @default 'cluster'
   */
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

export type { ControlPlaneLog };

/** A cluster: made, looked up in EKS, or managed elsewhere. */
export type ClusterSettings = EksClusterSettings | ExistingEksClusterSettings | SelfManagedClusterSettings;

interface AnyClusterSettings {
  /**
   * Name of the Okta app that the cluster trusts; clusters with the same app accept each other's tokens.
   * @default - the cluster's key
   */
  readonly app?: string;
  /**
   * Namespaces that the cluster has, beside those that grants on it name.
   * @default - none
   */
  readonly namespaces?: readonly string[];
  /**
   * Guards over those of the file, one by one.
   * @default - those of the file
   */
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
  /**
   * AWS region, such as `us-west-1`.
   * @default - that of `clusterDefaults`; one of the two is required
   */
  readonly region?: string;
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
  /**
   * An IAM role that administers the cluster when Okta does not work, up to a day `YYYY-MM-DD`.
   * @default - none
   */
  readonly breakGlass?: { readonly roleArn: string; readonly expires: string; readonly reason: string };
  /**
   * CloudWatch alarms on failed, refused, anonymous and break-glass access, and the SNS topic that they notify.
   * @default - none
   */
  readonly alarms?: { readonly topicArn?: string };
  /**
   * Whether Terraform may destroy or replace the cluster, its role and its association.
   * @default false
   */
  readonly replaceable?: boolean;
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
  /**
   * Whether the API server has a private address, and who reaches its public one; private alone has no public one.
   * @default - public, open to every address
   */
  readonly endpoint?: { readonly private?: boolean; readonly publicCidrs?: readonly string[] };
  /**
   * Control-plane logs that go to CloudWatch.
   * @default ['api', 'audit', 'authenticator']
   */
  readonly logs?: readonly ControlPlaneLog[];
  /**
   * Days that the logs are kept, of those that CloudWatch knows.
   * @default 90
   */
  readonly logRetentionDays?: LogRetentionDays;
  /**
   * ARN of the KMS key that encrypts Secrets; it cannot be taken away again.
   * @default - EKS' own key
   */
  readonly secretsKeyArn?: string;
  /**
   * What happens at the end of standard support: an upgrade by EKS, or extended support at a price.
   * @default - EKS' default, EXTENDED
   */
  readonly supportType?: 'STANDARD' | 'EXTENDED';
  /**
   * Whether EKS refuses to delete the cluster.
   * @default false
   */
  readonly deletionProtection?: boolean;
}

/** An EKS cluster that exists; it is looked up and never recreated. */
export interface ExistingEksClusterSettings extends AnyEksClusterSettings {
  readonly kind: 'existing-eks';
}

/** A cluster outside EKS. */
export interface SelfManagedClusterSettings extends AnyClusterSettings {
  readonly kind: 'self-managed';
  /**
   * Context of `~/.kube/config` that Terraform works with.
   * @default - that of `clusterDefaults`; one of the two is required
   */
  readonly kubeconfigContext?: string;
  /**
   * Kubernetes version, such as `'1.35'`.
   * @default - unknown; questions are answered for the newest
   */
  readonly version?: string;
}

/** Settings that clusters share, merged under each of them. */
export type ClusterDefaults = Partial<
  Omit<EksClusterSettings, 'kind' | 'name' | 'roleName'> & Pick<SelfManagedClusterSettings, 'kubeconfigContext'>
>;

/** A namespace, on every cluster that has it. */
export interface NamespaceSettings {
  /**
   * Whether the namespace is made; otherwise it has to be there.
   * @default false
   */
  readonly create?: boolean;
  /**
   * Pod Security Standard that is enforced.
   * @default - that of the cluster
   */
  readonly podSecurity?: 'privileged' | 'baseline' | 'restricted';
  /**
   * Whether pods are reached only from where `allowIngressFrom` says.
   * @default false
   */
  readonly denyIngress?: boolean;
  /**
   * Pods that may reach the namespace's pods: those of a namespace, with these labels, on this TCP port.
   * @default - none
   */
  readonly allowIngressFrom?: readonly {
    readonly namespace: string;
    /** @default - all pods of the namespace */
    readonly podLabels?: { readonly [label: string]: string };
    /** @default - every port */
    readonly port?: number;
  }[];
  /**
   * The most that the namespace may have, by resource, such as `{ 'requests.cpu': '4', pods: 20 }`.
   * @default - none
   */
  readonly quota?: { readonly [resource: string]: string | number };
}

/**
 * What only the named groups may do, whatever the roles of others say. Beside groups of the file, groups of service
 * accounts can be named, such as `system:serviceaccounts:cert-manager`.
 */
export interface GuardSettings {
  /**
   * Who may delete Secrets.
   * @default - everyone whose role allows it
   */
  readonly secretDeletion?: readonly string[];
  /**
   * Who may run containers as root, in pods and in what makes pods.
   * @default - everyone whose role allows it
   */
  readonly runAsRoot?: readonly string[];
  /**
   * Who may change anything in a namespace.
   * @default - everyone whose role allows it
   */
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
   * Last day of the grant, `YYYY-MM-DD` in UTC; a synthesis after it leaves the grant out.
   * @default - never
   */
  readonly expires?: string;
  /**
   * Sensitive permissions that are meant, by name, each with its reason; `wildcards` takes in all others.
   * @default - none
   */
  readonly accept?: { readonly [permission in SensitivePermission]?: string };
}

/** Where Terraform keeps the state of every stack: beside the output folder, in S3, or in HCP Terraform. */
export type BackendSettings =
  | 'local'
  | {
      readonly s3: {
        readonly bucket: string;
        readonly region: string;
        /** @default 'okta-eks-access' */
        readonly keyPrefix?: string;
        /**
         * ARN or id of the KMS key.
         * @default - the bucket's own encryption
         */
        readonly kmsKeyId?: string;
      };
    }
  | {
      readonly cloud: {
        readonly organization: string;
        /**
         * Start of the names of the workspaces, one for each stack.
         * @default 'okta-eks-access-'
         */
        readonly workspacePrefix?: string;
      };
    };
