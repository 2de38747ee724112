import { controllerAccounts } from '../../rbac';
import { BREAK_GLASS_GROUP } from '../eks/break-glass';
import { newerVersionFinding } from './known-version';
import { serviceAccountUser } from './service-account';

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

/** Which service accounts guards let pass. */
export interface ExemptAccounts {
  /** Service accounts as `<namespace>/<name>`, beside Kubernetes' controllers. @default - every one of kube-system */
  readonly exemptServiceAccounts?: readonly string[];
  /** Kubernetes version of the cluster. The controllers of a version that is newer than the known ones are not known. @default - a known version */
  readonly kubernetesVersion?: string;
}

/** Groups that a guard lets pass. Not every user with which EKS operates a cluster has a name that starts with `eks:`. */
export function exemptGroups({ exemptServiceAccounts, kubernetesVersion }: ExemptAccounts): readonly string[] {
  const isNewer = kubernetesVersion !== undefined && newerVersionFinding(kubernetesVersion) !== undefined;
  const areAllExempt = exemptServiceAccounts === undefined || isNewer;
  return [
    BREAK_GLASS_GROUP,
    'eks:service-operations',
    'system:nodes',
    ...(areAllExempt ? ['system:serviceaccounts:kube-system'] : []),
  ];
}

/** User names of the service accounts that a guard lets pass one by one, sorted. */
export function exemptAccountUsers({ exemptServiceAccounts }: ExemptAccounts): readonly string[] {
  if (exemptServiceAccounts === undefined) return [];
  const controllers = controllerAccounts().map((name) => `kube-system/${name}`);
  return [...new Set([...controllers, ...exemptServiceAccounts])].sort().map(serviceAccountUser);
}

/** Whether every guard lets a user pass because of the name. */
export function isExemptUser(name: string, accounts: ExemptAccounts): boolean {
  return (
    EXEMPT_USERS.includes(name) ||
    new RegExp(EXEMPT_USER_PATTERN).test(name) ||
    exemptAccountUsers(accounts).includes(name)
  );
}
