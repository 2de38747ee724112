import { roleArnFinding } from '../../../constraints/eks/role-arn';

describe('roleArnFinding', () => {
  test.each([
    'arn:aws:iam::111122223333:user/ana',
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
    ['arn:aws:sts::111122223333:assumed-role/deployer/session', 'arn:aws:iam::111122223333:role/deployer'],
    [
      'arn:aws-cn:sts::111122223333:assumed-role/AWSReservedSSO_A_0/ana@example.com',
      'role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_0',
    ],
    ['arn:aws:iam::111122223333:role/AWSReservedSSO_A_0', 'role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_0'],
    ['arn:aws:iam::111122223333:role/x/AWSReservedSSO_A_0', 'path of IAM Identity Center'],
    ['arn:aws:iam::111122223333:role//deployer', 'text between its slashes'],
    ['arn:aws:iam::111122223333:role/a//deployer', 'text between its slashes'],
    ['arn:aws:iam::111122223333:role/a/', 'the name after the last one'],
    [`arn:aws:iam::111122223333:role/${'a'.repeat(65)}`, 'at most 64 characters'],
  ])('says what to write instead of %s', (arn, allowed) => {
    expect(roleArnFinding(arn)?.allowed).toContain(allowed);
  });

  test.each([
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_0',
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_A_0',
    'arn:aws:iam::111122223333:role/deployer',
    'arn:aws-us-gov:iam::111122223333:role/deployer',
    'arn:aws-cn:iam::111122223333:role/path/to/deployer',
    'arn:aws:iam::111122223333:role/aZ9_+=,.@-',
  ])('allows %s', (arn) => {
    expect(roleArnFinding(arn)).toBeUndefined();
  });
});
