import type { AuthenticationConfig } from '../../authentication/authentication-config';

/** What the parts of the header of a token are. */
const HEADER: Readonly<Record<string, string>> = {
  alg: 'how it is signed',
  kid: 'which key of the issuer has signed it',
  typ: 'its type',
};

/** What the claims of an ID token are that do not depend on a cluster. */
const CLAIMS: Readonly<Record<string, string>> = {
  iss: 'issuer: the authorization server',
  aud: 'audience: the client ID of the app',
  sub: 'the person’s ID in Okta',
  exp: 'when it expires',
  iat: 'when it was issued',
  nbf: 'not valid before',
  auth_time: 'when the person signed in',
  amr: 'how the person signed in',
  idp: 'identity provider of Okta that signed the person in',
  jti: 'ID of the token',
  ver: 'version of the token',
  nonce: 'ties it to one sign-in',
  at_hash: 'hash of the access token',
  email: 'e-mail address',
  email_verified: 'whether the address is verified; false is refused if the address is the user name',
  name: 'full name',
  preferred_username: 'login in Okta',
};

/** The claims that are seconds since 1970. */
export const TIME_CLAIMS: readonly string[] = ['exp', 'iat', 'nbf', 'auth_time'];

/** What a parameter of the header of a token means. */
export function headerMeaning(name: string): string {
  return Object.hasOwn(HEADER, name) ? (HEADER[name] as string) : '';
}

/** What a claim of an ID token means, in general and for clusters with these settings. */
export function claimMeaning(
  name: string,
  configs: readonly Pick<AuthenticationConfig, 'usernameClaim' | 'groupsClaim' | 'requiredClaims'>[],
): string {
  const meanings = [
    ...(Object.hasOwn(CLAIMS, name) ? [CLAIMS[name]] : []),
    ...(configs.some(({ usernameClaim }) => usernameClaim === name) ? ['user name in Kubernetes'] : []),
    ...(configs.some(({ groupsClaim }) => groupsClaim === name) ? ['groups in Kubernetes'] : []),
    ...(configs.some(({ requiredClaims }) => Object.hasOwn(requiredClaims, name)) ? ['required by clusters'] : []),
  ];
  return meanings.join('; ');
}
