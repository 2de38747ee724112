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
  readonly active: boolean;
}

/** A group. Only Everyone is `BUILT_IN`; a directory or another app owns an `APP_GROUP`. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly type: 'OKTA_GROUP' | 'APP_GROUP' | 'BUILT_IN';
}

/** A rule that adds users to groups. */
export interface GroupRule {
  readonly id: string;
  readonly name: string;
  /** @see https://developer.okta.com/docs/reference/okta-expression-language/ */
  readonly expression: string;
  readonly groupIds: readonly string[];
  readonly active: boolean;
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
}

/** An authorization server. */
export interface AuthorizationServer {
  readonly id: string;
  readonly name: string;
  readonly audiences: readonly string[];
  readonly scopes: readonly string[];
  readonly claims: readonly Claim[];
  /** Sorted by priority. */
  readonly policies: readonly AccessPolicy[];
}

/** A claim: the user's groups that fit a filter, or the value of an expression. */
export interface Claim {
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
}

/** An access policy: the apps that may get tokens, and the rules for them. */
export interface AccessPolicy {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  /** Client ids, or `ALL_CLIENTS`. */
  readonly clients: readonly string[];
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
  /** Scope names, or `*`. */
  readonly scopes: readonly string[];
  readonly accessTokenMinutes: number;
  /** 0 for unlimited. */
  readonly refreshLifetimeMinutes: number;
  /** A refresh token expires if it is not used for this long. */
  readonly refreshIdleMinutes: number;
}
