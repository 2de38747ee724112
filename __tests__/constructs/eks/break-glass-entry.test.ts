import { TerraformOutput } from 'cdktf';
import { BreakGlassEntry } from '../../../constructs/eks/break-glass-entry';
import { EksCluster } from '../../../constructs/eks/cluster';
import { synthesizedConstructs, theAddress, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const ROLE = 'arn:aws:iam::111122223333:role/break-glass';
const entry = (props: object = {}) =>
  synthesizedConstructs((stack) => {
    new BreakGlassEntry(stack, 'BreakGlass', {
      cluster: EksCluster.fromName(stack, 'Cluster', 'prod'),
      roleArn: ROLE,
      reason: 'Okta outage',
      expires: '2027-01-31',
      ...props,
    });
  });

describe('BreakGlassEntry', () => {
  test('lets the role in with the group that identifies it in the audit log, and says why and until when', () => {
    const stack = entry();

    expect(theResource(stack, 'aws_eks_access_entry')).toEqual({
      cluster_name: 'prod',
      principal_arn: ROLE,
      kubernetes_groups: ['break-glass'],
      tags: { 'break-glass-reason': 'Okta outage', 'break-glass-expires': '2027-01-31' },
      depends_on: [theAddress(stack, 'data.aws_eks_cluster')],
    });
  });

  test('makes the role an admin of the whole cluster, and nothing else', () => {
    const stack = entry();

    expect(theResource(stack, 'aws_eks_access_policy_association')).toEqual({
      cluster_name: 'prod',
      principal_arn: `\${${theAddress(stack, 'aws_eks_access_entry')}.principal_arn}`,
      policy_arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
      access_scope: { type: 'cluster' },
    });
    expect(Object.keys(stack.resource ?? {})).toEqual(['aws_eks_access_entry', 'aws_eks_access_policy_association']);
  });

  test('writes the reason in the characters that a tag can contain', () => {
    const stack = entry({ reason: 'Okta is down (see INC-1)!' });

    expect(theResource(stack, 'aws_eks_access_entry').tags['break-glass-reason']).toBe('Okta is down  see INC-1  ');
  });

  test('exposes the association, to wait for it', () => {
    const stack = synthesizedConstructs((scope) => {
      const { dependable } = new BreakGlassEntry(scope, 'BreakGlass', {
        cluster: EksCluster.fromName(scope, 'Cluster', 'prod'),
        roleArn: ROLE,
        reason: 'Okta outage',
        expires: '2027-01-31',
      });
      new TerraformOutput(scope, 'after', { value: dependable.fqn });
    });

    expect(stack.output?.after?.value).toBe(`\${${theAddress(stack, 'aws_eks_access_policy_association')}}`);
  });

  test('fails on a text that is not the ARN of a role', () => {
    expect(() => entry({ roleArn: 'break-glass' })).toThrow(
      constructError(
        'test/BreakGlass/AdminEntry',
        'An access entry needs the ARN of an IAM role.',
        "Given: 'break-glass'.",
        'Allowed: the ARN of an IAM role, such as arn:aws:iam::111122223333:role/deployer.',
        'Fix: Use the full ARN of the role, not the ARN of a session.',
      ),
    );
  });
});
