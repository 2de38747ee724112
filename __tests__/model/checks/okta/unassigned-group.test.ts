import { nobodyAssignedFinding } from '../../../../constraints/okta/assigned-groups';
import { problemsWith } from '../../../access-files';

const GROUPS = { 'eks-admins': {}, 'eks-ops': {} };
const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };

const problem = (path: string) => ({
  path,
  check: 'unassigned-group',
  message: "No grant of the group 'eks-ops' names a cluster, so the group has no access.",
  given: 'an empty list',
  allowed: "'*', or at least one cluster of the file",
  fix: 'Name a cluster, or remove the grant.',
  source: 'https://developer.okta.com/docs/reference/error-codes/',
});

describe('unassigned-group', () => {
  test('fails for a group with a single grant, which names no cluster', () => {
    const problems = problemsWith({
      groups: GROUPS,
      grants: [ADMINS, { group: 'eks-ops', role: 'view', clusters: [] }],
    });

    expect(problems).toEqual([problem('grants[1].clusters')]);
  });

  test('fails for each grant of such a group', () => {
    const problems = problemsWith({
      groups: GROUPS,
      grants: [
        { group: 'eks-ops', role: 'view', clusters: [] },
        ADMINS,
        { group: 'eks-ops', role: 'edit', clusters: [] },
      ],
    });

    expect(problems).toEqual([problem('grants[0].clusters'), problem('grants[2].clusters')]);
  });

  test('is silent on a group that another grant assigns', () => {
    const problems = problemsWith({
      groups: GROUPS,
      grants: [
        ADMINS,
        { group: 'eks-ops', role: 'view', clusters: [] },
        { group: 'eks-ops', role: 'edit', clusters: ['prod'] },
      ],
    });

    expect(problems).toEqual([]);
  });

  test('is silent on a group without any grant', () => {
    expect(problemsWith({ groups: GROUPS })).toEqual([]);
  });

  test('is silent if the cluster of the grant is invalid, which is reported on its own', () => {
    const problems = problemsWith({
      groups: GROUPS,
      clusters: { prod: { kind: 'eks', region: 'eu-west-1' }, test: { kind: 'eks', region: 5 } },
      grants: [ADMINS, { group: 'eks-ops', role: 'view', clusters: ['test'] }],
    });

    expect(problems.map(({ path }) => path)).toEqual(['clusters.test.region']);
  });
});

describe('nobodyAssignedFinding', () => {
  test('says that Okta refuses every sign-in', () => {
    expect(nobodyAssignedFinding()).toEqual({
      message: 'Nobody is assigned to the app, so Okta refuses every sign-in.',
      given: 'no groups',
      allowed: 'at least one group',
      fix: 'Assign the groups that have a grant, or everyone.',
    });
  });
});
