import { type Finding, shown } from '../finding';

/** An IAM role's ARN of any partition, with its path. */
export const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;

/** The ARN in words. */
export const ROLE_ARN_WORDS = 'the ARN of an IAM role, such as arn:aws:iam::111122223333:role/deployer';

/** What is wrong with the ARN of an IAM role. */
export function roleArnFinding(arn: string): Finding | undefined {
  if (ROLE_ARN.test(arn)) return undefined;
  return {
    message: 'Access entries are for IAM roles.',
    given: shown(arn),
    allowed: ROLE_ARN_WORDS,
    fix: 'Write the whole ARN of the role itself, not of a session of it.',
  };
}
