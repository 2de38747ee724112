import { type Finding, shown } from '../finding';

/** What is wrong with a second identity provider on a cluster. */
export function secondIdentityProviderFinding(cluster: string, first: string): Finding {
  return {
    message: `EKS takes one OIDC identity provider per cluster, and ${first} has this one already.`,
    given: shown(cluster),
    allowed: 'each EKS cluster once',
    fix: 'Keep one of the two. A second Okta organization cannot stand by; access when Okta is down goes through IAM.',
  };
}
