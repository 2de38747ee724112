import type { AccessRequest } from '../../../../rbac';
import { accessPolicyArn, policyAuthorizer } from '../../../../sandbox/aws/eks/access-policies';

const PODS = { apiGroup: '', resource: 'pods' };
const read: AccessRequest = { verb: 'list', ...PODS, namespace: 'team-a' };
const write: AccessRequest = { verb: 'delete', ...PODS, namespace: 'team-a' };
const secrets: AccessRequest = { verb: 'get', apiGroup: '', resource: 'secrets', namespace: 'team-a' };
const bind: AccessRequest = {
  ...{ verb: 'create', apiGroup: 'rbac.authorization.k8s.io', resource: 'rolebindings', namespace: 'team-a' },
};
const nodes: AccessRequest = { verb: 'delete', apiGroup: '', resource: 'nodes' };
const url: AccessRequest = { verb: 'get', path: '/metrics' };

describe('an access policy of EKS', () => {
  const decide = policyAuthorizer('1.34');
  const allowed = (policy: string, namespaces: readonly string[] | undefined, request: AccessRequest) =>
    decide(
      [
        {
          policyArn: accessPolicyArn(policy, 'aws'),
          accessScope: { type: namespaces === undefined ? 'cluster' : 'namespace', namespaces: namespaces ?? [] },
          ...{ associatedAt: 0, modifiedAt: 0 },
        },
      ],
      request,
    );

  test.each([
    ['AmazonEKSClusterAdminPolicy', [true, true, true, true, true, true]],
    ['AmazonEKSAdminPolicy', [true, true, true, true, false, false]],
    ['AmazonEKSEditPolicy', [true, true, true, false, false, false]],
    ['AmazonEKSViewPolicy', [true, false, false, false, false, false]],
    ['AmazonEKSAdminViewPolicy', [true, false, true, false, false, true]],
  ])('%s allows what its role allows', (policy, answers) => {
    expect([read, write, secrets, bind, nodes, url].map((request) => allowed(policy, undefined, request))).toEqual(
      answers,
    );
  });

  test.each([
    [['team-a'], true],
    [['team-b'], false],
    [['team-*'], true],
    [['*'], true],
    [['team'], false],
    [['team.a'], false],
    [['other', '*-a'], true],
  ])('with the namespaces %j, says %p about team-a', (namespaces, answer) => {
    expect(allowed('AmazonEKSClusterAdminPolicy', namespaces, read)).toBe(answer);
  });

  test('of namespaces allows nothing in the whole cluster', () => {
    expect([nodes, url].map((request) => allowed('AmazonEKSClusterAdminPolicy', ['*'], request))).toEqual([
      false,
      false,
    ]);
  });

  test('is needed', () => {
    expect(decide([], read)).toBe(false);
  });
});
