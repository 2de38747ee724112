import { problemsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };
const clusters = { prod: EKS, old: { ...EKS, absent: true } };

describe('a grant on an absent cluster', () => {
  test('fails, with the place of the cluster in its list', () => {
    const grants = [ADMINS, { ...ADMINS, role: 'view', clusters: ['prod', 'old'] }];

    expect(problemsWith({ clusters, grants })).toEqual([
      {
        path: 'grants[1].clusters[1]',
        check: 'absent-cluster',
        message: "The cluster 'old' is absent, so nobody gets a role on it.",
        given: "'old', and absent: true at clusters.old",
        allowed: "'*', which leaves absent clusters out, or clusters that are not absent",
        fix: "Remove 'old' from the list.",
        source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding',
      },
    ]);
  });

  test('fails once if it names no other cluster, even if the group has no other grant', () => {
    const grants = [ADMINS, { group: 'eks-ops', role: 'view', clusters: ['old'] }];
    const problems = problemsWith({ groups: { 'eks-admins': {}, 'eks-ops': {} }, clusters, grants });

    expect(problems.map(({ path, check, fix }) => [path, check, fix])).toEqual([
      ['grants[1].clusters[0]', 'absent-cluster', 'Remove the grant, or put a cluster that stays into the list.'],
    ]);
  });

  test("does not fail for '*', with other clusters or without", () => {
    expect(problemsWith({ clusters, grants: [ADMINS] })).toEqual([]);
    expect(problemsWith({ clusters: { old: clusters.old }, grants: [ADMINS] })).toEqual([]);
    expect(problemsWith({ clusters: { old: clusters.old }, grants: [] })).toEqual([]);
  });
});
