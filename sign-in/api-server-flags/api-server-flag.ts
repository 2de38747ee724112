import type { AuthenticationConfig } from '../../authentication/authentication-config';
import { compare } from '../../constraints/compare';
import { shown } from '../../constraints/finding';
import { refuse } from './refuse';

/** A flag of kube-apiserver. A name can occur several times. */
export interface ApiServerFlag {
  /** The name without dashes, such as `oidc-issuer-url`. */
  readonly name: string;
  readonly value: string;
}

/**
 * The flags of kube-apiserver with which people from Okta can sign in.
 * @throws AccessError for a required claim that the flag cannot express.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-flags
 */
export function oidcFlags(config: AuthenticationConfig): readonly ApiServerFlag[] {
  const { issuerUrl, clientId, usernameClaim, usernamePrefix, groupsClaim, groupsPrefix, requiredClaims } = config;
  const required = Object.entries(requiredClaims).sort(([a], [b]) => compare(a, b));
  refuse(required.flatMap(([claim, value]) => requiredClaimFinding(claim, value)));
  return [
    { name: 'oidc-issuer-url', value: issuerUrl },
    { name: 'oidc-client-id', value: clientId },
    { name: 'oidc-username-claim', value: usernameClaim },
    // Without it, the API server would put the issuer before every name that is not an email address.
    { name: 'oidc-username-prefix', value: usernamePrefix || '-' },
    ...(groupsClaim === undefined ? [] : [{ name: 'oidc-groups-claim', value: groupsClaim }]),
    ...(groupsClaim === undefined || groupsPrefix === '' ? [] : [{ name: 'oidc-groups-prefix', value: groupsPrefix }]),
    ...required.map(([claim, value]) => ({ name: 'oidc-required-claim', value: `${claim}=${value}` })),
  ];
}

/** A flag as an argument without dashes, `name=value`. */
export function flagText({ name, value }: ApiServerFlag): string {
  return `${name}=${value}`;
}

/** The same flags for the container of a pod: the kubelet replaces `$(NAME)` in its arguments, and reads `$$` as `$`. */
export function flagsInPod(flags: readonly ApiServerFlag[]): readonly ApiServerFlag[] {
  return flags.map(({ name, value }) => ({ name, value: value.replaceAll('$', '$$$$') }));
}

const SPACE_AT_AN_END = /^\p{White_Space}|\p{White_Space}$/u;

/** The flag splits at the first `=`, and removes space around both parts. */
function requiredClaimFinding(claim: string, value: string) {
  if (!claim.includes('=') && !SPACE_AT_AN_END.test(claim) && !SPACE_AT_AN_END.test(value)) return [];
  return [
    {
      message: 'The flag --oidc-required-claim cannot express this required claim.',
      given: `${shown(claim)} with the text ${shown(value)}`,
      allowed: 'a claim without =, and no space at the start or end of the claim and of its text',
      fix: 'Use --target authentication-config.',
    },
  ];
}
