import {
  claimFilterFinding,
  filterPattern,
  filterPatternFinding,
  filterStarts,
} from '../../../../constraints/okta/claim-filter';
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
        allowed: "a group name that starts with 'eks-'",
        fix: 'Rename the group, or change groupsClaim so that it includes all granted groups.',
        source: SOURCE,
      },
    ]);
  });

  test.each([
    ['EKS-Admins', 'eks-'],
    ['eks-admins', 'EKS-'],
  ])(
    'allows %s with the filter %s: Okta ignores case, and the subject is spelled like the group',
    (group, startsWith) => {
      expect(problemsWith(fileFor(group, startsWith))).toEqual([]);
    },
  );

  test('compares several starts with case', () => {
    const groups = { 'eks-a': {}, 'OPS-b': {}, x: {} };
    const grants = Object.keys(groups).map((group) => ({ group, role: 'cluster-admin', clusters: '*' }));

    const problems = problemsWith({ groupsClaim: { startsWith: ['eks-', 'ops-'] }, groups, grants });

    expect(problems.map(({ path, message, allowed }) => [path, message, allowed])).toEqual([
      [
        'grants[1].group',
        "The group 'OPS-b' is never in the token: with several starts, Okta compares them with case.",
        "a group name that starts with 'eks-' or 'ops-'",
      ],
      [
        'grants[2].group',
        "The group 'x' is never in the token, because the claim filter excludes it.",
        "a group name that starts with 'eks-' or 'ops-'",
      ],
    ]);
  });

  test('fails for a granted group that does not match', () => {
    const problems = problemsWith({ ...fileFor('dev'), groupsClaim: { matches: '^(eks|ops)-.*$' } });

    expect(problems).toMatchObject([
      { path: 'grants[0].group', allowed: "a group name that matches '^(eks|ops)-.*$'" },
    ]);
  });

  test.each([
    ['(?i)eks-.*', 'This is not a regular expression that Java and JavaScript read in the same way.'],
    ['eks-', "This matches a part of 'eks-a', and not the whole name. No page of Okta says which of the two counts."],
  ])('refuses %s, for which Okta and the checks can differ', (matches, message) => {
    expect(problemsWith({ ...fileFor('eks-a'), groupsClaim: { matches } })).toMatchObject([
      { path: 'groupsClaim.matches', check: 'claim-filter', message },
    ]);
  });

  test('refuses an expression that Okta cannot read', () => {
    const groupsClaim = { expression: 'Groups.startsWith("active_directory", "EKS", 100' };

    expect(problemsWith({ ...fileFor('EKS-a'), groupsClaim })).toMatchObject([
      { path: 'groupsClaim.expression', message: expect.stringContaining('expected ), found the end') },
    ]);
  });

  test.each([
    { startsWith: ['eks-', 'EKS-'] },
    { matches: '^(eks|EKS)-.*$' },
    { expression: 'Groups.startsWith("active_directory", "EKS", 100)' },
  ])('allows %j', (groupsClaim) => {
    expect(problemsWith({ ...fileFor('EKS-a'), groupsClaim })).toEqual([]);
  });

  test('takes one of the three', () => {
    expect(
      problemsWith({ ...fileFor('eks-a'), groupsClaim: { startsWith: 'eks-', matches: '^eks-.*$' } }),
    ).toMatchObject([
      {
        path: 'groupsClaim.matches',
        allowed: 'no matches beside startsWith: one of the two says which groups are in the claim',
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
    expect(claimFilterFinding(group, { startsWith: 'eks-' })?.message).toBe(
      `The group '${group}' is never in the token, because the claim filter excludes it.`,
    );
  });

  test('is silent on a group that starts with the filter', () => {
    expect(claimFilterFinding('eks-ops', { startsWith: 'eks-' })).toBeUndefined();
  });
});

test.each([
  [{ startsWith: ['eks-', 'a.b$'] }, '^(eks-|a\\.b\\$).*$'],
  [{ matches: '^x$' }, '^x$'],
  [{ startsWith: 'eks-' }, undefined],
  [{ expression: '{"a"}' }, undefined],
])('filterPattern of %j is %s', (filter, pattern) => {
  expect(filterPattern(filter)).toBe(pattern);
});

test.each([
  [{ startsWith: 'eks-' }, ['eks-']],
  [{ startsWith: ['a', 'b'] }, ['a', 'b']],
  [{ matches: '^eks-.*$' }, ['eks-']],
  [{ matches: '^eks?-.*$' }, ['ek']],
  [{ matches: '^(eks|ops)-.*$' }, ['']],
  [{ matches: '^eks-.*|x.*$' }, ['']],
  [{ matches: '.*eks' }, ['']],
  [{ expression: '{"a"}' }, ['']],
])('filterStarts of %j are %j', (filter, starts) => {
  expect(filterStarts(filter)).toEqual(starts);
});

describe('filterPatternFinding', () => {
  test.each([['^eks-.*$'], ['^(?:eks|ops)-[a-z0-9]+$'], ['^eks-\\d{2,3}-\\w+.*'], ['.*eks.*'], ['^a\\.b[^-]?$']])(
    'allows %s',
    (pattern) => {
      expect(filterPatternFinding(pattern, ['eks-a', 'ops-b', 'x'])).toBeUndefined();
    },
  );

  test.each([
    ['(?=eks).*'],
    ['(?<name>x)'],
    ['(?i)x'],
    ['a++'],
    ['a*+'],
    ['a{2}+'],
    ['\\p{L}'],
    ['\\bx'],
    ['\\Aeks'],
    ['\\Qx\\E'],
    ['(a)\\1'],
    ['[a-z&&[^b]]'],
    ['[[a]b]'],
    ['(a'],
    ['[z-a]'],
    ['*a'],
  ])('refuses %s', (pattern) => {
    expect(filterPatternFinding(pattern, [])?.message).toBe(
      'This is not a regular expression that Java and JavaScript read in the same way.',
    );
  });
});
