import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { EksClusterRole } from '../../../constructs/eks/cluster-role';
import { synthesizedConstructs, theAddress, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

describe('EksClusterRole', () => {
  test('is trusted by EKS alone', () => {
    const role = theResource(
      synthesizedConstructs((stack) => new EksClusterRole(stack, 'Role', { roleName: 'EKSCluster' })),
      'aws_iam_role',
    );

    expect({ ...role, assume_role_policy: JSON.parse(role.assume_role_policy) }).toEqual({
      name: 'EKSCluster',
      lifecycle: expect.anything(),
      assume_role_policy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'eks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
    });
  });

  test.each([
    [undefined, true],
    [false, true],
    [true, false],
  ])(
    'with replaceable %p has prevent_destroy %p: EKS takes a new role only with a new cluster',
    (replaceable, prevent) => {
      const role = theResource(
        synthesizedConstructs((stack) => new EksClusterRole(stack, 'Role', { roleName: 'EKSCluster', replaceable })),
        'aws_iam_role',
      );

      expect(role.lifecycle).toEqual({ prevent_destroy: prevent });
    },
  );

  test('has the policy of EKS clusters and no other', () => {
    const stack = synthesizedConstructs((scope) => new EksClusterRole(scope, 'Role', { roleName: 'EKSCluster' }));

    expect(theResource(stack, 'aws_iam_role_policy_attachment')).toEqual({
      role: `\${${theAddress(stack, 'aws_iam_role')}.name}`,
      policy_arn: 'arn:aws:iam::aws:policy/AmazonEKSClusterPolicy',
    });
    expect(Object.keys(stack.resource ?? {})).toEqual(['aws_iam_role', 'aws_iam_role_policy_attachment']);
    expect(stack.data).toBeUndefined();
  });

  test.each(['aws-cn', 'aws-us-gov'])('has the policy of the partition %s', (partition) => {
    const attachment = theResource(
      synthesizedConstructs((stack) => new EksClusterRole(stack, 'Role', { roleName: 'EKSCluster', partition })),
      'aws_iam_role_policy_attachment',
    );

    expect(attachment.policy_arn).toBe(`arn:${partition}:iam::aws:policy/AmazonEKSClusterPolicy`);
  });

  test('gives its ARN as a reference', () => {
    const stack = synthesizedConstructs((scope) => {
      const { roleArn } = new EksClusterRole(scope, 'Role', { roleName: 'EKSCluster' });
      new TerraformOutput(scope, 'role', { value: roleArn });
    });

    expect(stack.output?.role?.value).toBe(`\${${theAddress(stack, 'aws_iam_role')}.arn}`);
  });

  test.each([
    ['is empty', '', "'', 0 characters", 'Use only the allowed characters.'],
    ['has 65 characters', 'r'.repeat(65), `'${'r'.repeat(65)}', 65 characters`, 'Shorten it by 1.'],
    ['has a slash', 'eks/cluster', "'eks/cluster', 11 characters", 'Use only the allowed characters.'],
  ])('fails where the name %s', (_case, roleName, given, fix) => {
    const build = (stack: TerraformStack) => new EksClusterRole(stack, 'Role', { roleName });

    expect(() => synthesizedConstructs(build)).toThrow(
      constructError(
        'test/Role',
        'This is not a valid name for an IAM role.',
        `Given: ${given}.`,
        'Allowed: 1 to 64 characters, letters, digits and +=,.@_-.',
        `Fix: ${fix}`,
      ),
    );
  });

  test('takes a name of 64 characters', () => {
    const roleName = 'r'.repeat(64);

    const stack = synthesizedConstructs((scope) => new EksClusterRole(scope, 'Role', { roleName }));

    expect(theResource(stack, 'aws_iam_role').name).toBe(roleName);
  });

  test('takes a name that only Terraform knows', () => {
    const stack = synthesizedConstructs(
      (scope) => new EksClusterRole(scope, 'Role', { roleName: new TerraformVariable(scope, 'name', {}).stringValue }),
    );

    expect(theResource(stack, 'aws_iam_role').name).toBe('${var.name}');
  });
});
