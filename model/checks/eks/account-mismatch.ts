import { shown } from '../../../constraints/finding';
import { eksClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The IAM role of an account is in that account. */
export const accountMismatch: Check = {
  name: 'account-mismatch',
  severity: 'error',
  reason:
    'Terraform would assume a role in one account, and then refuse to work there, because only the other is allowed.',
  fix: 'Use the same account in account.id and account.roleArn.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  requires: [],
  find: (access) =>
    eksClusters(access).flatMap(({ key, settings: { account } }) => {
      const roleAccount = account?.roleArn?.split(':')[4];
      if (account === undefined || roleAccount === undefined || roleAccount === account.id) return [];
      return [
        {
          path: pathText(['clusters', key, 'account', 'roleArn']),
          message: `The role is in account ${roleAccount}, the cluster in account ${account.id}.`,
          given: shown(account.roleArn),
          allowed: `a role in account ${account.id}`,
          fix: 'Correct account.id or account.roleArn.',
        },
      ];
    }),
};
