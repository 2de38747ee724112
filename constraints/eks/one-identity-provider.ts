import { type Finding, shown } from '../finding';

/** The finding for a second identity provider on a cluster. */
export function secondIdentityProviderFinding(cluster: string, first: string): Finding {
  return {
    message: `EKS allows one OIDC identity provider per cluster, and ${first} already has it.`,
    given: shown(cluster),
    allowed: 'each EKS cluster once',
    fix: 'Keep one of the two. A second Okta organization cannot serve as a fallback; when Okta is down, use IAM.',
  };
}
