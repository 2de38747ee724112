/** The objects of an Okta organization, named as in Okta's API. */

/** A user. */
export interface User {
  readonly id: string;
  readonly login: string;
  readonly email: string;
  /**
   * Value of the claim `email_verified`. Okta leaves it out of ID tokens of the code flow; tests set it.
   * @default - no such claim
   */
  readonly emailVerified?: boolean;
  /** Attributes for group rules, including `login` and `email`. */
  readonly profile: Readonly<Record<string, unknown>>;
  /** Only `ACTIVE` users sign in. */
  readonly status: UserStatus;
  /**
   * SHA-256 of the user's own password.
   * @default - the password of all people
   */
  readonly passwordDigest?: string;
  /**
   * The standard role of an administrator of Okta.
   * @default - not an administrator
   */
  readonly adminRole?: AdminRole;
}

/** Status of a user: one without a password is `PROVISIONED`, and one who was deactivated is `DEPROVISIONED`. */
export type UserStatus = 'STAGED' | 'PROVISIONED' | 'ACTIVE' | 'SUSPENDED' | 'DEPROVISIONED';

/** Standard roles of administrators. The read-only one can change nothing. */
export type AdminRole = 'SUPER_ADMIN' | 'READ_ONLY_ADMIN';

/** Status of most objects. What is `INACTIVE` has no effect. */
export type Status = 'ACTIVE' | 'INACTIVE';

/** A group. Only Everyone is `BUILT_IN`; a directory or another app owns an `APP_GROUP`. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly type: 'OKTA_GROUP' | 'APP_GROUP' | 'BUILT_IN';
  readonly description: string;
}

/** A rule that adds users to groups. */
export interface GroupRule {
  readonly id: string;
  readonly name: string;
  /** @see https://developer.okta.com/docs/reference/okta-expression-language/ */
  readonly expression: string;
  readonly groupIds: readonly string[];
  /** A rule becomes `INVALID` when one of its groups is deleted. */
  readonly status: Status | 'INVALID';
  /** Users to whom the rule never applies. */
  readonly excludedUserIds: readonly string[];
  /** Users who stay in the groups since the rule was deactivated. */
  readonly keptUserIds: readonly string[];
}

/** An app that users sign in to. */
export interface App {
  readonly id: string;
  readonly label: string;
  readonly clientId: string;
  /** OAuth grant types. */
  readonly grantTypes: readonly string[];
  /** OAuth response types. */
  readonly responseTypes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly tokenEndpointAuthMethod: string;
  readonly pkceRequired: boolean;
  readonly refreshTokenRotation: 'ROTATE' | 'STATIC';
  /** Seconds for which a rotated refresh token is still accepted. */
  readonly refreshTokenLeeway: number;
  readonly status: Status;
  /** Whether all users can sign in without an assignment, as in Federation Broker Mode. */
  readonly implicitAssignment: boolean;
  /**
   * Id of the authentication policy.
   * @default - the policy of the organization
   */
  readonly policyId?: string;
  /** What the API returns of the app but no sign-in depends on, such as its visibility. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** An assignment of a group or user to an app. */
export interface Assignment {
  readonly priority: number;
  readonly profile: Readonly<Record<string, unknown>>;
}

/** An authorization server. */
export interface AuthorizationServer {
  readonly id: string;
  readonly name: string;
  readonly audiences: readonly string[];
  readonly description: string;
  readonly issuerMode: 'ORG_URL' | 'CUSTOM_URL' | 'DYNAMIC';
  /** Whether Okta rotates the signing key by itself. The local Okta never rotates it. */
  readonly rotationMode: 'AUTO' | 'MANUAL';
  readonly status: Status;
  readonly scopes: readonly Scope[];
  readonly claims: readonly Claim[];
  /** Sorted by priority. */
  readonly policies: readonly AccessPolicy[];
}

/** A scope that clients can request from an authorization server. */
export interface Scope {
  readonly id: string;
  readonly name: string;
  /** Whether Okta made it. */
  readonly system: boolean;
  /** What the API returns of the scope but no sign-in depends on, such as its description. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** A claim: the user's groups that fit a filter, or the value of an expression. */
export interface Claim {
  readonly id: string;
  readonly name: string;
  /** `IDENTITY` for ID tokens, `RESOURCE` for access tokens. */
  readonly claimType: 'IDENTITY' | 'RESOURCE';
  readonly filter: 'STARTS_WITH' | 'EQUALS' | 'CONTAINS' | 'REGEX' | 'EXPRESSION';
  /** What the filter compares, or the expression. */
  readonly value: string;
  /** If false and the flow also issues an access token, only `/v1/userinfo` returns the claim. */
  readonly alwaysIncludeInToken: boolean;
  /** The claim is included if one of these scopes is requested; always if the list is empty. */
  readonly scopes: readonly string[];
  readonly status: Status;
}

/** An access policy: the apps that may get tokens, and the rules for them. */
export interface AccessPolicy {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  /** Client ids, or `ALL_CLIENTS`. */
  readonly clients: readonly string[];
  readonly description: string;
  readonly status: Status;
  /** Sorted by priority. */
  readonly rules: readonly AccessRule[];
}

/** The conditions under which an app gets tokens, and the token lifetimes. */
export interface AccessRule {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  readonly grantTypes: readonly string[];
  /** Group ids, or `EVERYONE` for all users assigned to the app. */
  readonly groups: readonly string[];
  /** Ids of users for whom the rule holds beside those of the groups. */
  readonly users: readonly string[];
  /** Ids of groups whose members the rule leaves out. */
  readonly excludedGroups: readonly string[];
  /** Ids of users whom the rule leaves out. */
  readonly excludedUsers: readonly string[];
  readonly status: Status;
  /** Scope names, or `*`. */
  readonly scopes: readonly string[];
  readonly accessTokenMinutes: number;
  /** 0 for unlimited. */
  readonly refreshLifetimeMinutes: number;
  /** A refresh token expires if it is not used for this long. */
  readonly refreshIdleMinutes: number;
}

/** An authentication policy of apps. It has no effect: everybody signs in with a password. */
export interface AuthenticationPolicy {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly status: Status;
  /** Whether Okta made it. Apps without a policy of their own have the one of the system. */
  readonly system: boolean;
  readonly rules: readonly AuthenticationRule[];
}

/** A rule of an authentication policy. */
export interface AuthenticationRule {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  readonly status: Status;
  /** Whether it is the catch-all rule. */
  readonly system: boolean;
  readonly conditions: unknown;
  readonly actions: unknown;
}

/** A network zone. It has no effect: everybody signs in from this machine. */
export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  /** What the API returns of the zone, such as its addresses. */
  readonly details: Readonly<Record<string, unknown>>;
}
