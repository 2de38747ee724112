import { type Finding, shown } from '../finding';

/** The ARN of an IAM role in any partition, with its path. */
export const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;

/** What `ROLE_ARN` allows, in words. */
export const ROLE_ARN_WORDS = 'the ARN of an IAM role, such as arn:aws:iam::111122223333:role/deployer';

/** Checks the ARN of an IAM role. */
export function roleArnFinding(arn: string): Finding | undefined {
  if (ROLE_ARN.test(arn)) return undefined;
  return {
    message: 'An access entry needs the ARN of an IAM role.',
    given: shown(arn),
    allowed: ROLE_ARN_WORDS,
    fix: 'Use the full ARN of the role, not the ARN of a session.',
  };
}
