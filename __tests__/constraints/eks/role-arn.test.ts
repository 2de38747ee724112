import { roleArnFinding } from '../../../constraints/eks/role-arn';

describe('roleArnFinding', () => {
  test.each([
    'arn:aws:iam::111122223333:user/ana',
    'arn:aws:sts::111122223333:assumed-role/deployer/session',
    'arn:aws:iam::11112222333:role/deployer',
    'arn:aws:iam::1111222233334:role/deployer',
    'arn:aws:iam::111122223333:role/',
    'arn:aws:iam::111122223333:role/a b',
    'arn:AWS:iam::111122223333:role/deployer',
    ' arn:aws:iam::111122223333:role/deployer',
    'deployer',
    '',
  ])('refuses %j', (arn) => {
    expect(roleArnFinding(arn)).toEqual({
      message: 'An access entry needs the ARN of an IAM role.',
      given: `'${arn}'`,
      allowed: 'the ARN of an IAM role, such as arn:aws:iam::111122223333:role/deployer',
      fix: 'Use the full ARN of the role, not the ARN of a session.',
    });
  });

  test.each([
    'arn:aws:iam::111122223333:role/deployer',
    'arn:aws-us-gov:iam::111122223333:role/deployer',
    'arn:aws-cn:iam::111122223333:role/path/to/deployer',
    'arn:aws:iam::111122223333:role/aZ9_+=,.@-',
  ])('allows %s', (arn) => {
    expect(roleArnFinding(arn)).toBeUndefined();
  });
});
