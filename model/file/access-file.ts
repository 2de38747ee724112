import type { ControlPlaneLog } from '../../constraints/eks/control-plane-logs';
import type { LogRetentionDays } from '../../constraints/eks/log-retention';
import type { Boundary } from '../../rbac/boundary';
import type { AggregatedRole, BuiltInRole } from '../../rbac/built-in-roles';
import type { PresetRole } from '../../rbac/presets';
import type { SensitivePermission } from '../../rbac/sensitive-permissions';

/**
 * The access file as the user writes it: groups, clusters, and who gets which role on them.
 * Only `okta`, `groups`, `clusters`, and `grants` are required.
 * The type parameters are the names of the groups, clusters, and roles that the file defines.
 */
export interface AccessFile<
  Group extends string = string,
  Cluster extends string = string,
  Role extends string = string,
> {
  /** The Okta organization. The provider reads the credentials from the environment. */
  readonly okta: OktaOrganization;
  /** @default - creates a server `EKS` */
  readonly authorizationServer?: AuthorizationServerSettings;
  /** @default - claim `groups`, with the groups whose names start with `eks-` */
  readonly groupsClaim?: GroupsClaimSettings;
  /**
   * Further claims of the ID token by name, for `identityProvider`: an Okta expression, such as `user.department`, makes
   * the claim; `{ existing: true }` says that others make it.
   * @default - none
   */
  readonly claims?: { readonly [name: string]: string | { readonly existing: true } };
  /** @default - provider `Okta`, user name from `email`, prefix `okta:` */
  readonly identityProvider?: IdentityProviderSettings;
  /** @default - only groups with a grant may sign in, on ports 8000 and 18000 */
  readonly signIn?: SignInSettings;
  /**
   * Attributes of the Okta profile that users may edit themselves, such as `firstName`; rules that read them are told.
   * @default - Okta's own: email, firstName, lastName, mobilePhone, secondEmail
   */
  readonly selfServiceAttributes?: readonly string[];
  /** Okta groups by name, 1 to 255 characters each. */
  readonly groups: { readonly [name in Group]: GroupSettings };
  /**
   * Kubernetes roles by name, in addition to the built-in roles and the presets.
   * @default - none
   */
  readonly roles?: { readonly [name in Role]: RoleSettings };
  /** Clusters by key. The key names the stacks `cluster-<key>`, `rbac-<key>`, and `guards-<key>`. */
  readonly clusters: { readonly [key in Cluster]: ClusterSettings };
  /**
   * Settings of namespaces by name. They apply on clusters that list the namespace or have a grant in it.
   * @default - none
   */
  readonly namespaces?: { readonly [name: string]: NamespaceSettings };
  /**
   * Guards of every cluster. `{}` removes the guards that were deployed: the step before this key is deleted.
   * @default - none
   */
  readonly guards?: GuardSettings;
  /**
   * Defaults for each cluster: objects are merged key by key, lists are replaced. A cluster gets only the keys of its kind.
   * @default - none
   */
  readonly clusterDefaults?: ClusterDefaults;
  /** Who gets which role where. */
  readonly grants: readonly GrantSettings<NoInfer<Group>, NoInfer<Cluster>, NoInfer<Role>>[];
  /** @default 'local' */
  readonly backend?: BackendSettings;
  /**
   * Tags on every AWS resource.
   * @default - none
   */
  readonly tags?: Tags;
}

/** AWS tags by key. */
export interface Tags {
  readonly [key: string]: string;
}

/** The Okta organization. The provider reads the credentials from the environment. */
export interface OktaOrganization {
  /** First label of the organization's host name, such as `dev-123456`. */
  readonly orgName: string;
  /**
   * The rest of the host name.
   * @default 'okta.com'
   */
  readonly baseUrl?: string;
}

/** The custom authorization server that issues the tokens that the clusters trust. */
export interface AuthorizationServerSettings {
  /** @default 'EKS' */
  readonly name?: string;
  /** @default - none */
  readonly description?: string;
  /**
   * The audience of its access tokens. The `aud` of an ID token is the client ID instead.
   * @default 'http://localhost:8000'
   */
  readonly audience?: string;
  /**
   * Host name in the issuer: `ORG_URL` is the organization's own, `CUSTOM_URL` its custom domain.
   * @default 'ORG_URL'
   */
  readonly issuerMode?: 'ORG_URL' | 'CUSTOM_URL';
  /**
   * Whether the server is looked up by name instead of created. It keeps its audience and issuer; the groups claim and
   * the access policies are added to it.
   * @default false
   */
  readonly existing?: boolean;
  /**
   * Whether Terraform forgets the server that it created, instead of deleting it. Only with `existing: true`, for one
   * deployment.
   * @default false
   */
  readonly handOver?: boolean;
  /**
   * Whether Terraform may destroy or replace the server and the apps. Sign-in is unavailable until every cluster trusts
   * the new ones.
   * @default false
   */
  readonly replaceable?: boolean;
}

/** The claim of the ID token that lists the user's groups. */
export interface GroupsClaimSettings {
  /** @default 'groups' */
  readonly name?: string;
  /**
   * Only groups whose names start with this text are in the token. Okta ignores case here; Kubernetes does not.
   * @default 'eks-'
   */
  readonly startsWith?: string;
}

/** The OIDC identity provider of clusters. Changing any field except `replaceable` replaces it. */
export interface IdentityProviderSettings {
  /** @default 'Okta' */
  readonly name?: string;
  /** @default 'email' */
  readonly usernameClaim?: string;
  /**
   * Prefix of each user name and group name in Kubernetes; `''` for no prefix.
   * @default 'okta:'
   */
  readonly prefix?: string | { readonly username: string; readonly groups: string };
  /**
   * Claims that a token must carry with exactly this text.
   * @default - none
   */
  readonly requiredClaims?: { readonly [claim: string]: string };
  /**
   * Whether Terraform may destroy or replace the association. Sign-in is then unavailable for 20 minutes or more.
   * @default false
   */
  readonly replaceable?: boolean;
}

/** How users sign in. */
export interface SignInSettings {
  /**
   * Who is assigned to the apps: groups with a grant on their clusters, or everyone in the organization.
   * @default 'granted'
   */
  readonly assignment?: 'granted' | 'everyone';
  /**
   * Ports of the redirect URIs `http://localhost:<port>`.
   * @default [8000, 18000]
   */
  readonly redirectPorts?: readonly number[];
  /** @default - none: a user signs in again every hour */
  readonly refresh?: {
    /**
     * How long a refresh token lasts, in minutes, hours, or days: `90m`, `12h`, `7d`.
     * @default '12h'
     */
    readonly lifetime?: string;
    /**
     * How long an unused refresh token lasts, at least `10m`.
     * @default - the lifetime
     */
    readonly idle?: string;
    /**
     * Whether each use returns a new refresh token.
     * @default true
     */
    readonly rotation?: boolean;
    /**
     * How long a rotated token still works, in seconds from 0 to 60.
     * @default 30
     */
    readonly leeway?: number;
  };
  /**
   * Whether users of a machine without a browser can sign in on another device.
   * @default false
   */
  readonly deviceCode?: boolean;
  /**
   * Lifetime of an access token in minutes, 5 to 1440.
   * @default - Okta's 60
   */
  readonly accessTokenMinutes?: number;
  /**
   * An existing policy by its ID; or a new policy that requires a second factor, a named network zone, or both.
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
   * The complete list of members, by Okta login. Cannot be combined with `rule`.
   * @default - members come from elsewhere
   */
  readonly logins?: readonly string[];
  /**
   * Okta expression that selects the members. Cannot be combined with `logins`.
   * @default - members come from elsewhere
   */
  readonly rule?: string;
  /**
   * Whether the group is looked up by name instead of created.
   * @default false
   */
  readonly existing?: boolean;
  /**
   * Name of the group before a rename. Okta renames the group in place: its ID, members, and assignments stay.
   * @default - it is not renamed
   */
  readonly was?: string;
  /**
   * Whether Terraform forgets the group that it created, instead of deleting it. Only with `existing: true`, for one
   * deployment.
   * @default false
   */
  readonly handOver?: boolean;
}

/** A Kubernetes role that the file defines, or one that somebody else makes. */
export type RoleSettings = DefinedRoleSettings | ExistingRoleSettings;

/** A ClusterRole that somebody else makes, such as an add-on: it is bound, and its rules are unknown. */
export interface ExistingRoleSettings {
  /** The name of the role in the file is that of the ClusterRole. Every cluster where it is granted must have it. */
  readonly existing: true;
  /** @default - none */
  readonly description?: string;
  /**
   * Accepts these for every grant of the role, such as `unknown-rules`; a grant can give another reason.
   * @default - none
   */
  readonly accept?: Acceptances;
}

/** A Kubernetes role that the file defines. */
export interface DefinedRoleSettings {
  /** @default false */
  readonly existing?: false;
  /**
   * `cluster`: a ClusterRole, for whole clusters and namespaces. `namespace`: a Role in each namespace where it is granted.
   * @default 'cluster'
   */
  readonly scope?: 'cluster' | 'namespace';
  /** @default - none */
  readonly description?: string;
  /** What the role allows. */
  readonly rules: readonly {
    /** API groups without a version: `''` for pods and other resources of the core group, `apps` for deployments. */
    readonly apiGroups?: readonly string[];
    /** Resources in the plural, such as `pods`, or with a subresource, such as `pods/log`. */
    readonly resources?: readonly string[];
    /** What the rule allows to do, such as `get`, `list`, and `watch`. */
    readonly verbs: readonly string[];
    /** Only objects with these exact names. */
    readonly resourceNames?: readonly string[];
    /** Paths instead of resources, such as `/metrics`. Only in a role of scope `cluster`. */
    readonly nonResourceURLs?: readonly string[];
  }[];
  /**
   * Kubernetes' own roles that get these rules too, on every cluster, for everyone who has them there. `view` widens
   * `edit` and `admin` with it, and `edit` widens `admin`. Such a role needs no grant. Only with scope `cluster`.
   * @default - none
   */
  readonly aggregateTo?: readonly AggregatedRole[];
  /**
   * Accepts these for every grant of the role; a grant can give another reason.
   * @default - none
   */
  readonly accept?: Acceptances;
}

/**
 * Sensitive permissions and boundaries that you grant on purpose, by name. `wildcards` covers all other sensitive
 * permissions, and no boundary.
 */
export type Acceptances = { readonly [name in SensitivePermission | Boundary]?: Acceptance };

/** The reason; or the reason and the last day, `YYYY-MM-DD` in UTC, on which it accepts. */
export type Acceptance =
  | string
  | {
      /** Why it is accepted. */
      readonly reason: string;
      /** The last day on which it is accepted, `YYYY-MM-DD` in UTC. */
      readonly expires: string;
    };

export type { ControlPlaneLog };

/** A cluster: created in EKS, looked up in EKS, or outside EKS. */
export type ClusterSettings = EksClusterSettings | ExistingEksClusterSettings | SelfManagedClusterSettings;

interface AnyClusterSettings {
  /**
   * Name of the Okta app that the cluster trusts. Clusters with the same app accept each other's tokens.
   * @default - the cluster's key
   */
  readonly app?: string;
  /**
   * Namespaces of the cluster, in addition to those that its grants name.
   * @default - none
   */
  readonly namespaces?: readonly string[];
  /**
   * Override the guards of the file, one by one. `{}` removes the cluster's own guards: the step before this key is
   * deleted.
   * @default - those of the file
   */
  readonly guards?: GuardSettings;
  /**
   * How the cluster knows people from Okta, key by key over that of the file; `requiredClaims` as a whole.
   * @default - that of the file
   */
  readonly identityProvider?: IdentityProviderSettings;
  /**
   * Tags of the cluster's AWS resources, which override those of the file.
   * @default - none
   */
  readonly tags?: Tags;
  /**
   * Whether the cluster is to leave: its stacks are empty, so the next deployment removes what they made, and nobody has
   * access to it. The step before the cluster is deleted from the file.
   * @default false
   */
  readonly absent?: boolean;
  /**
   * Whether Terraform may destroy or replace the cluster, its role, and its association; and its app, if every cluster
   * with this app is replaceable.
   * @default false
   */
  readonly replaceable?: boolean;
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
     * IAM role that Terraform assumes.
     * @default - none
     */
    readonly roleArn?: string;
  };
  /**
   * ARNs of the IAM roles that administer the cluster without Okta, such as the pipeline's role.
   * @default - none
   */
  readonly deployers?: readonly string[];
  /**
   * An IAM role that administers the cluster when Okta does not work. `expires` is its last day, `YYYY-MM-DD`.
   * @default - none
   */
  readonly breakGlass?: {
    /** ARN of the role. */
    readonly roleArn: string;
    /** The last day of the access, `YYYY-MM-DD` in UTC. */
    readonly expires: string;
    /** What the access is for. */
    readonly reason: string;
  };
  /**
   * CloudWatch alarms on failed, refused, forbidden, anonymous, and break-glass access, and the SNS topic to notify.
   * @default - none
   */
  readonly alarms?: {
    /**
     * ARN of the SNS topic.
     * @default - the alarms notify nobody
     */
    readonly topicArn?: string;
  };
}

/** An EKS cluster that this project creates. */
export interface EksClusterSettings extends AnyEksClusterSettings {
  /** `eks`: a cluster that is created. */
  readonly kind: 'eks';
  /**
   * Kubernetes version, such as `'1.35'`.
   * @default - the EKS default when the cluster is created
   */
  readonly version?: string;
  /**
   * Name of the cluster's IAM role, unique in its account, at most 64 characters.
   * @default - `EKSCluster-<name>`
   */
  readonly roleName?: string;
  /**
   * The default subnets of the region's default VPC, or subnets of your own.
   * @default 'default-vpc'
   */
  readonly network?:
    | 'default-vpc'
    | {
        /** Two subnets or more, in different zones. */
        readonly subnetIds: readonly string[];
        /**
         * Up to five security groups.
         * @default - that of EKS only
         */
        readonly securityGroupIds?: readonly string[];
      };
  /**
   * Whether the API server has a private endpoint, and which addresses reach its public endpoint. With `private` alone,
   * there is no public endpoint.
   * @default - public, open to every address
   */
  readonly endpoint?: {
    /**
     * Whether the API server has an endpoint inside the VPC.
     * @default false
     */
    readonly private?: boolean;
    /**
     * Address blocks that reach the public endpoint, such as `203.0.113.0/24`.
     * @default - every address without `private`, none with it
     */
    readonly publicCidrs?: readonly string[];
  };
  /**
   * Control-plane logs that go to CloudWatch.
   * @default ['api', 'audit', 'authenticator']
   */
  readonly logs?: readonly ControlPlaneLog[];
  /**
   * How many days the logs are kept; one of the values that CloudWatch allows.
   * @default 90
   */
  readonly logRetentionDays?: LogRetentionDays;
  /**
   * ARN of the KMS key that encrypts Secrets. It cannot be changed or removed later.
   * @default - a key of EKS
   */
  readonly secretsKeyArn?: string;
  /**
   * How IAM users and roles enter the cluster. `API`: by access entries only. `API_AND_CONFIG_MAP`: also by the
   * ConfigMap `aws-auth` in `kube-system`. EKS cannot change `API` back.
   * @default 'API_AND_CONFIG_MAP'
   */
  readonly authenticationMode?: 'API' | 'API_AND_CONFIG_MAP';
  /**
   * What happens at the end of standard support. `STANDARD`: EKS upgrades the cluster. `EXTENDED`: extended support, at
   * extra cost.
   * @default - the EKS default, EXTENDED
   */
  readonly supportType?: 'STANDARD' | 'EXTENDED';
  /**
   * Whether EKS refuses to delete the cluster.
   * @default false
   */
  readonly deletionProtection?: boolean;
}

/** An existing EKS cluster, which is looked up and never recreated. */
export interface ExistingEksClusterSettings extends AnyEksClusterSettings {
  /** `existing-eks`: a cluster that is looked up. */
  readonly kind: 'existing-eks';
  /**
   * Whether Terraform forgets the cluster that it created as kind `eks`, its role, and its log group, instead of
   * destroying them. For one deployment.
   * @default false
   */
  readonly handOver?: boolean;
}

/** A cluster outside EKS. */
export interface SelfManagedClusterSettings extends AnyClusterSettings {
  /** `self-managed`: a cluster outside EKS. */
  readonly kind: 'self-managed';
  /**
   * Context of `~/.kube/config` that Terraform uses.
   * @default - that of `clusterDefaults`; one of the two is required
   */
  readonly kubeconfigContext?: string;
  /**
   * Kubernetes version, such as `'1.35'`.
   * @default - the newest known version, for commands such as `can-i`
   */
  readonly version?: string;
}

/** Settings that clusters share: the defaults of each cluster. */
export type ClusterDefaults = Partial<
  Omit<EksClusterSettings, 'kind' | 'name' | 'roleName' | 'absent'> &
    Pick<SelfManagedClusterSettings, 'kubeconfigContext'>
>;

/** Settings of a namespace, on every cluster that has it. */
export interface NamespaceSettings {
  /**
   * Whether the namespace is created. If not, it must exist.
   * @default false
   */
  readonly create?: boolean;
  /**
   * Whether Terraform forgets the namespace that it created, instead of deleting it with everything in it. Only without
   * `create`, for one deployment.
   * @default false
   */
  readonly handOver?: boolean;
  /**
   * What service accounts of the namespace may become, because of what runs there: users who can run as them become
   * it, too. An empty list declares that they may do nothing outside the namespace.
   * @default - unknown
   */
  readonly holds?: readonly (
    | 'cluster-admin'
    | 'node'
    | {
        /** ARN of an IAM role that pods of the namespace can assume. */
        readonly awsRole: string;
        /** What the role is for. */
        readonly reason: string;
      }
  )[];
  /**
   * Pod Security Standard that is enforced.
   * @default - that of the cluster
   */
  readonly podSecurity?: 'privileged' | 'baseline' | 'restricted';
  /**
   * Whether only the traffic in `allowIngressFrom` reaches the pods.
   * @default false
   */
  readonly denyIngress?: boolean;
  /**
   * Pods that may reach the pods of this namespace: pods of `namespace` with these labels, on this TCP port.
   * @default - none
   */
  readonly allowIngressFrom?: readonly {
    /** The namespace of the pods. */
    readonly namespace: string;
    /** @default - all pods of the namespace */
    readonly podLabels?: { readonly [label: string]: string };
    /** @default - every port */
    readonly port?: number;
  }[];
  /**
   * The maximum of each resource, such as `{ 'requests.cpu': '4', pods: 20 }`.
   * @default - none
   */
  readonly quota?: { readonly [resource: string]: string | number };
}

/**
 * What only the named groups may do, whatever the roles of other users say. A list can also name groups of service
 * accounts, such as `system:serviceaccounts:cert-manager`.
 */
export interface GuardSettings {
  /**
   * Who may delete Secrets, one by one, with their namespace, or by a change after which a controller deletes them.
   * @default - everyone whose role allows it
   */
  readonly secretDeletion?: readonly string[];
  /**
   * Who may run containers as root, in pods and in everything that creates pods.
   * @default - everyone whose role allows it
   */
  readonly runAsRoot?: readonly string[];
  /**
   * Whether containers of users whom `runAsRoot` does not name may allow privilege escalation, with which a program with
   * the setuid bit of root makes them root. `false` demands `allowPrivilegeEscalation: false` from every container.
   * @default true
   */
  readonly allowPrivilegeEscalation?: boolean;
  /**
   * Who may change anything in the namespaces of Kubernetes itself: `kube-system`, `kube-public`, and `kube-node-lease`.
   * @default - everyone whose role allows it
   */
  readonly systemNamespaces?: readonly string[];
  /**
   * Who may change anything in a namespace, by the name of the namespace.
   * @default - everyone whose role allows it
   */
  readonly namespaces?: { readonly [namespace: string]: readonly string[] };
  /**
   * What the guards do about a request of others. With `warn` they refuse nothing: the user gets a warning, and the
   * audit log an annotation. Start with it on a cluster that is in use.
   * @default 'deny'
   */
  readonly mode?: 'warn' | 'deny';
  /**
   * Service accounts that the guards let pass instead of every service account of `kube-system`, as
   * `<namespace>/<name>`, such as `kube-system/karpenter`. Kubernetes' own controllers always pass. On a cluster with a
   * Kubernetes version that is newer than the known ones, every service account of `kube-system` passes all the same.
   * @default - every service account of kube-system
   */
  readonly exemptServiceAccounts?: readonly string[];
}

/** One line of access: a group gets a role on clusters. */
export interface GrantSettings<
  Group extends string = string,
  Cluster extends string = string,
  Role extends string = string,
> {
  /** A group of the file. */
  readonly group: Group;
  /** A Kubernetes role, a preset, or a role of the file. */
  readonly role: BuiltInRole | PresetRole | Role;
  /** Keys of clusters, or `'*'` for all clusters of the file. */
  readonly clusters: '*' | readonly Cluster[];
  /** @default - the whole cluster */
  readonly namespaces?: readonly string[];
  /**
   * Last day of the grant, `YYYY-MM-DD` in UTC. A synthesis after this day leaves the grant out.
   * @default - never
   */
  readonly expires?: string;
  /**
   * Why the group has the access, for reports.
   * @default - none
   */
  readonly reason?: string;
  /** @default - none, except what the role of the file accepts */
  readonly accept?: Acceptances;
}

/** Where Terraform keeps the state of every stack: next to the output folder, in S3, in HCP Terraform, or in any other backend. */
export type BackendSettings =
  | 'local'
  | {
      readonly s3: {
        /** Name of the bucket. */
        readonly bucket: string;
        /** AWS region of the bucket. */
        readonly region: string;
        /** @default 'okta-eks-access' */
        readonly keyPrefix?: string;
        /**
         * ARN or ID of the KMS key.
         * @default - the bucket's own encryption
         */
        readonly kmsKeyId?: string;
        /**
         * ARN of the IAM role with which Terraform reads and writes the state.
         * @default - the credentials of Terraform
         */
        readonly roleArn?: string;
      };
    }
  | {
      readonly cloud: {
        /** Name of the organization in HCP Terraform. */
        readonly organization: string;
        /**
         * Prefix of the workspace names. Each stack has one workspace.
         * @default 'okta-eks-access-'
         */
        readonly workspacePrefix?: string;
        /**
         * Host name of Terraform Enterprise.
         * @default 'app.terraform.io'
         */
        readonly hostname?: string;
      };
    }
  | {
      readonly custom: {
        /** Type of the backend, as Terraform names it, such as `azurerm`, `gcs`, `http`, or `pg`. */
        readonly type: string;
        /**
         * Its arguments, as Terraform names them, without secrets: Terraform reads those from the environment. `{stack}` in
         * a text is replaced by the name of the stack, and at least one text has it.
         */
        readonly config: { readonly [argument: string]: unknown };
      };
    };
