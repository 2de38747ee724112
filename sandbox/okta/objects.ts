/** What an organization of Okta holds, in the words of Okta's API. */

/** A person. */
export interface User {
  readonly id: string;
  readonly login: string;
  readonly email: string;
  /**
   * What ID tokens say about the address. Okta's of the code flow say nothing; a test may.
   * @default - no such claim
   */
  readonly emailVerified?: boolean;
  /** Attributes that rules look at, `login` and `email` among them. */
  readonly profile: Readonly<Record<string, unknown>>;
  readonly active: boolean;
}

/** A group; `BUILT_IN` is only Everyone. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly type: 'OKTA_GROUP' | 'BUILT_IN';
}

/** A rule that puts people into groups. */
export interface GroupRule {
  readonly id: string;
  readonly name: string;
  /** @see https://developer.okta.com/docs/reference/okta-expression-language/ */
  readonly expression: string;
  readonly groupIds: readonly string[];
  readonly active: boolean;
}

/** An app that people sign in to. */
export interface App {
  readonly id: string;
  readonly label: string;
  readonly clientId: string;
  /** OAuth's names. */
  readonly grantTypes: readonly string[];
  /** OAuth's names. */
  readonly responseTypes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly tokenEndpointAuthMethod: string;
  readonly pkceRequired: boolean;
  readonly refreshTokenRotation: 'ROTATE' | 'STATIC';
  /** Seconds in which a refresh token that rotation has ended is still taken. */
  readonly refreshTokenLeeway: number;
}

/** An authorization server, which issues tokens. */
export interface AuthorizationServer {
  readonly id: string;
  readonly name: string;
  readonly audiences: readonly string[];
  readonly scopes: readonly string[];
  readonly claims: readonly Claim[];
  /** By their priority. */
  readonly policies: readonly AccessPolicy[];
}

/** A claim about the groups of a person. */
export interface Claim {
  readonly name: string;
  /** `IDENTITY` is the ID token, `RESOURCE` the access token. */
  readonly claimType: 'IDENTITY' | 'RESOURCE';
  readonly filter: 'STARTS_WITH' | 'EQUALS' | 'CONTAINS' | 'REGEX';
  readonly value: string;
  /** Otherwise only `/v1/userinfo` tells it where the flow gives an access token too. */
  readonly alwaysIncludeInToken: boolean;
  /** Scopes of which one has to be asked for; none for always. */
  readonly scopes: readonly string[];
}

/** Which apps may get tokens; its rules say how. */
export interface AccessPolicy {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  /** Client ids, or `ALL_CLIENTS`. */
  readonly clients: readonly string[];
  /** By their priority. */
  readonly rules: readonly AccessRule[];
}

/** Under which conditions an app gets tokens, and how long they live. */
export interface AccessRule {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  readonly grantTypes: readonly string[];
  /** Ids of groups, or `EVERYONE`: whoever is assigned to the app. */
  readonly groups: readonly string[];
  /** Names of scopes, or `*`. */
  readonly scopes: readonly string[];
  readonly accessTokenMinutes: number;
  /** 0 for no end. */
  readonly refreshLifetimeMinutes: number;
  /** A refresh token that is not used for so long is refused. */
  readonly refreshIdleMinutes: number;
}
