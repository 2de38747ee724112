import { BREAK_GLASS_GROUP } from '../eks/break-glass';

/** Users of the control plane, whom every guard lets pass. */
export const EXEMPT_USERS: readonly string[] = [
  'system:apiserver',
  'system:cloud-controller-manager',
  'system:kube-controller-manager',
  'system:kube-scheduler',
];

/**
 * The user names of EKS, which every guard lets pass: EKS adds users over time and documents no complete list, but each is
 * `eks:` and a plain name. An email address or an Okta user id is not, so a user name prefix `eks:` exempts nobody.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/default-roles-users.html
 */
export const EXEMPT_USER_PATTERN = '^eks:[a-z][a-z0-9-]*$';

/** Groups that every guard lets pass. Not every user with which EKS operates a cluster has a name that starts with `eks:`. */
export const EXEMPT_GROUPS: readonly string[] = [
  BREAK_GLASS_GROUP,
  'eks:service-operations',
  'system:nodes',
  'system:serviceaccounts:kube-system',
];

/** Whether every guard lets a user pass because of the name. */
export function isExemptUser(name: string): boolean {
  return EXEMPT_USERS.includes(name) || new RegExp(EXEMPT_USER_PATTERN).test(name);
}
