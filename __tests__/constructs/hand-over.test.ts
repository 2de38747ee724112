import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { OktaProvider } from '#okta/provider';
import {
  AuthorizationServer,
  ControlPlaneLogGroup,
  EksCluster,
  EksClusterRole,
  GroupMembers,
  GroupRule,
  Namespace,
  OktaGroup,
} from '../../constructs';
import { type StackJson, synthesized, synthesizedConstructs } from '../synthesized';

/** The blocks with which Terraform forgets, or moves, resources. */
type Blocks = StackJson & {
  readonly removed?: readonly { readonly from: string }[];
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
};
const forgotten = (stack: StackJson) => ((stack as Blocks).removed ?? []).map(({ from }) => from).sort();

/** The addresses of all resources of a stack. */
const addresses = ({ resource = {} }: StackJson) =>
  Object.entries(resource)
    .flatMap(([type, instances]) => Object.keys(instances).map((name) => `${type}.${name}`))
    .sort();

describe('what is handed over', () => {
  test('is the server alone, whose claim stays at its address', () => {
    const props = { name: 'EKS', groupsStartWith: 'eks-' };
    const made = synthesizedConstructs((scope) => new AuthorizationServer(scope, 'Server', props));
    const handedOver = synthesizedConstructs((scope) =>
      AuthorizationServer.fromName(scope, 'Server', { ...props, handOver: true }),
    );

    expect([...addresses(handedOver), ...forgotten(handedOver)].sort()).toEqual(addresses(made));
    expect(forgotten(handedOver)).toEqual([expect.stringMatching(/^okta_auth_server\./)]);
  });

  test.each<readonly [string, (scope: Construct) => void, (scope: Construct) => void]>([
    [
      'a group',
      (scope) => new OktaGroup(scope, 'Group', { name: 'eks-a' }),
      (scope) => OktaGroup.fromName(scope, 'Group', 'eks-a', { handOver: true }),
    ],
    [
      'the members of a group',
      (scope) => new GroupMembers(scope, 'Members', { group: { groupName: 'a', groupId: '1' }, logins: [] }),
      (scope) => GroupMembers.handOver(scope, 'Members'),
    ],
    [
      'a rule',
      (scope) => new GroupRule(scope, 'Rule', { group: { groupName: 'a', groupId: '1' }, expression: 'true' }),
      (scope) => GroupRule.handOver(scope, 'Rule'),
    ],
    [
      'a namespace',
      (scope) => new Namespace(scope, 'Namespace', { name: 'shop' }),
      (scope) => Namespace.fromName(scope, 'Namespace', 'shop', { handOver: true }),
    ],
    [
      'a role with its policy',
      (scope) => new EksClusterRole(scope, 'Role', { roleName: 'EKSCluster' }),
      (scope) => EksClusterRole.handOver(scope, 'Role'),
    ],
    [
      'a log group',
      (scope) => new ControlPlaneLogGroup(scope, 'LogGroup', { clusterName: 'prod' }),
      (scope) => ControlPlaneLogGroup.handOver(scope, 'LogGroup'),
    ],
  ])('is forgotten under its address, without a resource: %s', (_, made, handedOver) => {
    const [before, after] = [synthesizedConstructs(made), synthesizedConstructs(handedOver)];

    expect(addresses(before).length).toBeGreaterThan(0);
    expect(forgotten(after)).toEqual(addresses(before));
    expect((after as Blocks).removed).toEqual(
      addresses(before).map((from) => ({ from, lifecycle: { destroy: false } })),
    );
    expect(addresses(after)).toEqual([]);
  });

  test.each<readonly [string, (scope: Construct) => void]>([
    ['looked up', (scope) => EksCluster.fromName(scope, 'Cluster', 'prod', { handOver: true })],
    ['gone', (scope) => EksCluster.handOver(scope, 'Cluster')],
  ])('is forgotten under its address: a cluster that is %s', (_, handedOver) => {
    const made = synthesizedConstructs((scope) => {
      const role = new EksClusterRole(scope, 'Role', { roleName: 'EKSCluster' });
      new EksCluster(scope, 'Cluster', { name: 'prod', role, subnetIds: ['subnet-1', 'subnet-2'] });
    });

    expect(forgotten(synthesizedConstructs(handedOver))).toEqual(
      addresses(made).filter((address) => address.startsWith('aws_eks_cluster.')),
    );
  });

  test('is not what is only looked up', () => {
    const stack = synthesizedConstructs((scope) => {
      OktaGroup.fromName(scope, 'Group', 'eks-a');
      EksCluster.fromName(scope, 'Cluster', 'prod');
      Namespace.fromName(scope, 'Namespace', 'shop');
    });

    expect((stack as Blocks).removed).toBeUndefined();
  });

  test('fails in HCL, where cdktf leaves the block out', () => {
    const inHcl = () =>
      synthesized((app) => {
        const stack = new TerraformStack(app, 'test');
        GroupRule.handOver(stack, 'Rule');
        stack.toHclTerraform();
      });

    expect(inHcl).toThrow(
      'cdktf writes no removed block in HCL, so Terraform would destroy what is handed over. Synthesize JSON, without --hcl, until handOver is removed.',
    );
  });
});

describe('what was named differently', () => {
  const group = () => ({ groupName: 'a', groupId: '1' });

  test.each<readonly [string, (scope: Construct, id: string, was?: string) => void]>([
    ['a group', (scope, id, was) => new OktaGroup(scope, id, { name: id, was })],
    ['the members of a group', (scope, id, was) => new GroupMembers(scope, id, { group: group(), logins: [], was })],
    ['a rule', (scope, id, was) => new GroupRule(scope, id, { group: group(), expression: 'true', was })],
  ])('is moved from its old address: %s', (_, define) => {
    const before = synthesizedConstructs((stack) => define(new Construct(stack, 'Scope'), 'eks-a'));
    const after = synthesizedConstructs((stack) => define(new Construct(stack, 'Scope'), 'eks-b', 'eks-a'));

    expect((after as Blocks).moved).toEqual([{ from: addresses(before)[0], to: addresses(after)[0] }]);
    expect(addresses(after)).toHaveLength(1);
    expect((before as Blocks).moved).toBeUndefined();
  });

  test('is moved in HCL, too', () => {
    synthesized((app) => {
      const stack = new TerraformStack(app, 'test');
      new OktaProvider(stack, 'okta', {});
      new OktaGroup(stack, 'eks-b', { name: 'eks-b', was: 'eks-a' });

      expect(JSON.stringify(stack.toHclTerraform())).toMatch(
        /moved \{\\nto = okta_group\.eks-b_\w+\\nfrom = okta_group\.eks-a_/,
      );
    });
  });
});
