import { type Finding, shown } from '../finding';

const ARN = /^arn:(?<partition>aws[a-z-]*):iam::(?<account>\d{12}):role\/(?<path>.*\/)?(?<name>[^/]*)$/;
const SESSION = /^arn:(?<partition>aws[a-z-]*):sts::(?<account>\d{12}):assumed-role\/(?<name>[^/]+)\/.+$/;
/** The ARN of an IAM role: what `insteadOfRoleArn` accepts, as a pattern. */
export const ROLE_ARN =
  /^arn:aws[a-z-]*:iam::\d{12}:role\/(?!(?!aws-reserved\/sso\.amazonaws\.com\/)(?:.*\/)?AWSReservedSSO_[^/]*$)(?:[\x21-\x2e\x30-\x7e]+\/)*[\w+=,.@-]{1,64}$/;
/** The path of the roles that IAM Identity Center makes, for its home region with the name of the region after it. */
const SSO_PATH = 'aws-reserved/sso.amazonaws.com/';
const SSO_NAME = 'AWSReservedSSO_';

const WORDS = 'the ARN of an IAM role, such as arn:aws:iam::111122223333:role/deployer';

/**
 * What is allowed instead of a text that is not the ARN of an IAM role; undefined for the ARN of a role, with its path.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 * @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export function insteadOfRoleArn(arn: string): string | undefined {
  const session = SESSION.exec(arn)?.groups;
  if (session !== undefined) {
    const { partition, account, name = '' } = session;
    const path = name.startsWith(SSO_NAME) ? SSO_PATH : '';
    return `the ARN of the role, not of its session: arn:${partition}:iam::${account}:role/${path}${name}`;
  }
  const { path = '', name = '' } = ARN.exec(arn)?.groups ?? {};
  if (name.startsWith(SSO_NAME) && !path.startsWith(SSO_PATH)) {
    return `the ARN with the path of IAM Identity Center, role/${SSO_PATH}${name}, in most regions with the name of the region before ${SSO_NAME}`;
  }
  if (/^\/|\/\//.test(path) || (path !== '' && name === '')) {
    return `${WORDS}: a path has text between its slashes, and the name after the last one`;
  }
  if (name.length > 64) return `${WORDS}: the name of a role has at most 64 characters`;
  return /^[\w+=,.@-]+$/.test(name) && /^[\x21-\x7e]*$/.test(path) ? undefined : WORDS;
}

/** Checks the ARN of an IAM role. */
export function roleArnFinding(arn: string): Finding | undefined {
  const allowed = insteadOfRoleArn(arn);
  return allowed === undefined
    ? undefined
    : {
        message: 'An access entry needs the ARN of an IAM role.',
        given: shown(arn),
        allowed,
        fix: 'Use the full ARN of the role, not the ARN of a session.',
      };
}
