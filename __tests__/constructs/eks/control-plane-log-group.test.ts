import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { ControlPlaneLogGroup } from '../../../constructs/eks/control-plane-log-group';
import { synthesizedConstructs, theAddress, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const TYPE = 'aws_cloudwatch_log_group';
const made = (stack: TerraformStack, props: object = {}) =>
  new ControlPlaneLogGroup(stack, 'Logs', { clusterName: 'prod', ...props });

describe('ControlPlaneLogGroup', () => {
  test('has the name that EKS writes to, keeps its lines for 90 days, and makes nothing else', () => {
    const stack = synthesizedConstructs((scope) => made(scope));

    expect(theResource(stack, TYPE)).toEqual({ name: '/aws/eks/prod/cluster', retention_in_days: 90 });
    expect(Object.keys(stack.resource ?? {})).toEqual([TYPE]);
    expect(stack.data).toBeUndefined();
  });

  test('keeps its lines for the given retention period', () => {
    const stack = synthesizedConstructs((scope) => made(scope, { retentionDays: 365 }));

    expect(theResource(stack, TYPE).retention_in_days).toBe(365);
  });

  test('exposes its name as plain text, and itself, to wait for it', () => {
    const stack = synthesizedConstructs((scope) => {
      const { logGroupName, dependables } = made(scope);
      new TerraformOutput(scope, 'logs', { value: [logGroupName, ...dependables.map(({ fqn }) => fqn)] });
    });

    expect(stack.output?.logs?.value).toEqual(['/aws/eks/prod/cluster', `\${${theAddress(stack, TYPE)}}`]);
  });

  test('fails on a retention period that CloudWatch does not accept', () => {
    expect(() => synthesizedConstructs((scope) => made(scope, { retentionDays: 100 }))).toThrow(
      constructError(
        'test/Logs',
        'CloudWatch does not accept this retention period.',
        'Given: 100.',
        'Allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653.',
        'Fix: Use 120.',
      ),
    );
  });

  test('accepts a retention period that only Terraform knows', () => {
    const stack = synthesizedConstructs((scope) =>
      made(scope, { retentionDays: new TerraformVariable(scope, 'days', {}).numberValue }),
    );

    expect(theResource(stack, TYPE).retention_in_days).toBe('${var.days}');
  });

  test('fails on a name that no cluster can have', () => {
    expect(() => synthesizedConstructs((scope) => made(scope, { clusterName: 'prod/eu' }))).toThrow(
      constructError(
        'test/Logs',
        'This is not a valid name for an EKS cluster.',
        "Given: 'prod/eu', 7 characters.",
        'Allowed: 1 to 100 characters, letters, digits, - and _, starting with a letter or digit.',
        'Fix: Use only the allowed characters.',
      ),
    );
  });
});

test('ControlPlaneLogGroup.fromClusterName is the name alone: Terraform cannot look up or wait for what EKS made', () => {
  expect(ControlPlaneLogGroup.fromClusterName('legacy')).toEqual({
    logGroupName: '/aws/eks/legacy/cluster',
    dependables: [],
  });
});
