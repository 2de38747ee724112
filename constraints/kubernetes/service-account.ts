import { type Finding, shown } from '../finding';

const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';

/** A service account as `<namespace>/<name>`, such as `kube-system/karpenter`. */
export const SERVICE_ACCOUNT = new RegExp(`^${LABEL}/${LABEL}(?:\\.${LABEL})*$`);

/** The user name of a service account in Kubernetes. */
export function serviceAccountUser(account: string): string {
  return `system:serviceaccount:${account.replace('/', ':')}`;
}

/** A text that is no service account; undefined for one that is. */
export function serviceAccountFinding(account: string): Finding | undefined {
  if (SERVICE_ACCOUNT.test(account)) return undefined;
  return {
    message: 'This is not a service account.',
    given: shown(account),
    allowed: '<namespace>/<name>, such as kube-system/karpenter',
    fix: 'Write the namespace and the name of the service account, with a slash between them.',
  };
}
