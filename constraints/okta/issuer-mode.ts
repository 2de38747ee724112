import { type Finding, shown } from '../finding';

/** The issuer modes of Okta that work with EKS: their issuer does not depend on the host name of a request. */
const ISSUER_MODES = ['ORG_URL', 'CUSTOM_URL'] as const;
/** An issuer mode that works with EKS. */
export type IssuerMode = (typeof ISSUER_MODES)[number];

/** Checks the issuer mode of an authorization server. */
export function issuerModeFinding(mode: string): Finding | undefined {
  if ((ISSUER_MODES as readonly string[]).includes(mode)) return undefined;
  return {
    message:
      'EKS compares the issuer character by character, and in this mode it depends on the host name at which a user signs in.',
    given: shown(mode),
    allowed: ISSUER_MODES.join(' or '),
    fix: 'Use ORG_URL, or CUSTOM_URL if the organization has a custom domain.',
  };
}
