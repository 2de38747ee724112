import { claimFilterFinding } from '../../../../constraints/okta/claim-filter';
import { problemsWith } from '../../../access-files';

const SOURCE = 'https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/';

/** Changes of the smallest file, with this group in the only grant. */
function fileFor(group: string, startsWith = 'eks-') {
  return {
    groupsClaim: { startsWith },
    groups: { [group]: {} },
    grants: [{ group, role: 'cluster-admin', clusters: '*' }],
  };
}

describe('claim-filter', () => {
  test('fails for a granted group that the filter excludes', () => {
    const problems = problemsWith(fileFor('platform'));

    expect(problems).toEqual([
      {
        path: 'grants[0].group',
        check: 'claim-filter',
        message: "The group 'platform' is never in the token, because the claim filter excludes it.",
        given: "'platform'",
        allowed: "a group name that starts with 'eks-', in the same case",
        fix: 'Rename the group, or set groupsClaim.startsWith to a start that all granted groups share.',
        source: SOURCE,
      },
    ]);
  });

  test.each([
    ['EKS-Admins', 'eks-'],
    ['eks-admins', 'EKS-'],
  ])('fails for %s with the filter %s: Okta ignores case, Kubernetes does not', (group, startsWith) => {
    const problems = problemsWith(fileFor(group, startsWith));

    expect(problems).toEqual([
      {
        path: 'grants[0].group',
        check: 'claim-filter',
        message: `The group '${group}' matches the claim filter only because Okta ignores case, which Kubernetes does not.`,
        given: `'${group}'`,
        allowed: `a group name that starts with '${startsWith}', in the same case`,
        fix: `Start the name of the group with '${startsWith}', in Okta too, or set groupsClaim.startsWith to its spelling.`,
        source: SOURCE,
      },
    ]);
  });

  test('fails once for each grant of such a group, at its place', () => {
    const problems = problemsWith({
      groups: { 'eks-admins': {}, ops: {} },
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        { group: 'ops', role: 'view', clusters: '*' },
        { group: 'ops', role: 'edit', clusters: '*' },
      ],
    });

    expect(problems.map(({ path, check }) => [path, check])).toEqual([
      ['grants[1].group', 'claim-filter'],
      ['grants[2].group', 'claim-filter'],
    ]);
  });

  test.each([
    ['eks-admins', 'eks-'],
    ['eks-', 'eks-'],
    ['Team A', 'Team '],
    ['EKS-Admins', 'EKS-'],
  ])('allows %j with the filter %j', (group, startsWith) => {
    expect(problemsWith(fileFor(group, startsWith))).toEqual([]);
  });

  test('is silent on a group without a grant', () => {
    expect(problemsWith({ groups: { 'eks-admins': {}, platform: {} } })).toEqual([]);
  });
});

describe('claimFilterFinding', () => {
  test.each(['eks', 'my-eks-admins', 'ops'])('excludes %s, which does not start with eks-', (group) => {
    expect(claimFilterFinding(group, 'eks-')?.message).toBe(
      `The group '${group}' is never in the token, because the claim filter excludes it.`,
    );
  });

  test('is silent on a group that starts with the filter', () => {
    expect(claimFilterFinding('eks-ops', 'eks-')).toBeUndefined();
  });
});
