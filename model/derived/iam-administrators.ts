import { pathText } from '../file/path';
import { isCreated, isEks } from './cluster-kinds';
import type { Cluster } from './clusters';

/** An IAM principal that administers a cluster without Okta. */
export interface IamAdministrator {
  /**
   * `creator`: whoever created the cluster, because EKS makes them an administrator; `deployer` and `break-glass`: an
   * access entry of the file; `terraform`: the role with which Terraform changes the access of an existing cluster.
   */
  readonly kind: 'creator' | 'deployer' | 'break-glass' | 'terraform';
  /** ARN of its IAM role; null for a creator whom the file does not name: whoever runs Terraform first. */
  readonly roleArn: string | null;
  /** Path in the file that gives it the access. */
  readonly via: string;
  /** Last day of the access, `YYYY-MM-DD`; null if it does not end. */
  readonly expires: string | null;
  /** Why it has the access; null if the file does not say. */
  readonly reason: string | null;
}

/**
 * The IAM principals that administer a cluster by what the file says, each once: its creator, deployers, and break-glass
 * role, and on an existing cluster the role of `account`, which has to be able to grant every role of the file. Nobody on
 * a self-managed cluster. `iamAccessChangers` names who is not in the file.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export function iamAdministrators(cluster: Cluster): readonly IamAdministrator[] {
  if (!isEks(cluster)) return [];
  const { key, settings } = cluster;
  const { account, deployers, breakGlass } = settings;
  const via = (...segments: PropertyKey[]) => pathText(['clusters', key, ...segments]);
  const always = { expires: null, reason: null };
  const terraform = account?.roleArn;
  const ofAccount = terraform === undefined ? undefined : { roleArn: terraform, via: via('account', 'roleArn') };
  const creator = isCreated(cluster) ? (ofAccount ?? { roleArn: null, via: via() }) : undefined;
  return [
    ...(creator === undefined ? [] : [{ kind: 'creator' as const, ...creator, ...always }]),
    ...deployers.map((roleArn, index) => ({
      kind: 'deployer' as const,
      roleArn,
      via: via('deployers', index),
      ...always,
    })),
    ...(breakGlass === undefined ? [] : [{ kind: 'break-glass' as const, via: via('breakGlass'), ...breakGlass }]),
    ...(creator !== undefined || ofAccount === undefined || deployers.includes(ofAccount.roleArn)
      ? []
      : [{ kind: 'terraform' as const, ...ofAccount, ...always }]),
  ];
}

/**
 * Who else can become an administrator of a cluster in EKS, in words: whoever may change its access, which no file can
 * list. Undefined for a self-managed cluster.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/security-iam-id-based-policy-examples.html
 */
export function iamAccessChangers(cluster: Cluster): string | undefined {
  if (!isEks(cluster)) return undefined;
  const { account } = cluster.settings;
  return `whoever may change IAM or EKS access in ${account === undefined ? 'the AWS account of the cluster' : `account ${account.id}`}`;
}
