import { shown } from '../../../constraints/finding';
import { eksClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The role of an account has to be of that account. */
export const accountMismatch: Check = {
  name: 'account-mismatch',
  severity: 'error',
  reason: 'Terraform would take on a role of one account and refuse to work, because only the other is allowed.',
  fix: 'Make account.id and the account in account.roleArn the same.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  restsOn: [],
  find: (access) =>
    eksClusters(access).flatMap(({ key, settings: { account } }) => {
      const roleAccount = account?.roleArn?.split(':')[4];
      if (account === undefined || roleAccount === undefined || roleAccount === account.id) return [];
      return [
        {
          path: pathText(['clusters', key, 'account', 'roleArn']),
          message: `The role is of account ${roleAccount}, the cluster of account ${account.id}.`,
          given: shown(account.roleArn),
          allowed: `a role of account ${account.id}`,
          fix: 'Correct account.id or account.roleArn.',
        },
      ];
    }),
};
