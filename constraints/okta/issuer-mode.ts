import { type Finding, shown } from '../finding';

/** Okta's issuer modes that EKS can use: those that give one issuer, whatever host name is asked. */
const ISSUER_MODES = ['ORG_URL', 'CUSTOM_URL'] as const;
export type IssuerMode = (typeof ISSUER_MODES)[number];

/** What is wrong with an authorization server's issuer mode. */
export function issuerModeFinding(mode: string): Finding | undefined {
  if ((ISSUER_MODES as readonly string[]).includes(mode)) return undefined;
  return {
    message:
      'EKS compares the issuer letter by letter, and this mode makes it depend on the host name that a person signs in at.',
    given: shown(mode),
    allowed: ISSUER_MODES.join(' or '),
    fix: 'Use ORG_URL, or CUSTOM_URL where the organization has a custom domain.',
  };
}
