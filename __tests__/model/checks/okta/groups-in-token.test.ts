import { problemsWith } from '../../../access-files';

/** Changes of the smallest file, with a number of groups with this prefix, all with the same members. */
function fileWith(count: number, logins: readonly string[], start = 'eks-', more: Record<string, unknown> = {}) {
  const names = Array.from({ length: count }, (_, index) => `${start}${index}`);
  return { groups: { 'eks-admins': {}, ...Object.fromEntries(names.map((name) => [name, { logins }])), ...more } };
}

const problem = (path: string, count: number) => ({
  path,
  check: 'groups-in-token',
  message: `The token of ana@example.com would carry ${count} groups, counting only the logins in this file.`,
  given: `${count} groups`,
  allowed: "at most 100 groups per user that start with 'eks-'",
  fix: 'Remove the user from some of them, or use fewer, larger groups.',
  source: 'https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/',
});

describe('groups-in-token', () => {
  test('fails for a user in 101 groups, at the 101st', () => {
    expect(problemsWith(fileWith(101, ['ben@example.com', 'ana@example.com']))).toEqual([
      { ...problem('groups.eks-100.logins[0]', 101), message: expect.stringContaining('ben@example.com') },
      problem('groups.eks-100.logins[1]', 101),
    ]);
  });

  test('fails once for a user, with any number of groups', () => {
    expect(problemsWith(fileWith(103, ['ana@example.com']))).toEqual([problem('groups.eks-100.logins[0]', 103)]);
  });

  test('ignores case in logins and in the filter', () => {
    const more = { 'EKS-more': { logins: ['Ana@Example.com'] } };

    expect(problemsWith(fileWith(100, ['ana@example.com'], 'eks-', more))).toEqual([
      problem('groups.EKS-more.logins[0]', 101),
    ]);
  });

  test('allows a user in 100 groups', () => {
    expect(problemsWith(fileWith(100, ['ana@example.com']))).toEqual([]);
  });

  test('does not count groups that the claim filter excludes', () => {
    const more = { other: { logins: ['ana@example.com'] } };

    expect(problemsWith(fileWith(100, ['ana@example.com'], 'eks-', more))).toEqual([]);
  });

  test('counts groups with equal rules together, in any spelling', () => {
    const rules = ['user.a == "x" AND user.b', "(user.a=='x') && user.b"];
    const names = Array.from({ length: 101 }, (_, index) => [`eks-${index}`, { rule: rules[index % 2] }] as const);

    expect(problemsWith({ groups: { 'eks-admins': {}, ...Object.fromEntries(names) } })).toEqual([
      {
        ...problem('groups.eks-100.rule', 101),
        message:
          'The token of each user whom this rule selects would carry 101 groups, counting only the rules in this file.',
      },
    ]);
  });

  test('counts groups with different rules apart', () => {
    const names = Array.from({ length: 101 }, (_, index) => [`eks-${index}`, { rule: `user.a == ${index}` }] as const);

    expect(problemsWith({ groups: { 'eks-admins': {}, ...Object.fromEntries(names) } })).toEqual([]);
  });

  test('counts groups of everyone together', () => {
    const rules = ['true', 'user.login != null'];
    const names = Array.from({ length: 101 }, (_, index) => [`eks-${index}`, { rule: rules[index % 2] }] as const);

    expect(
      problemsWith({ groups: { 'eks-admins': {}, ...Object.fromEntries(names) } }).map(({ message }) => message),
    ).toEqual([
      'The token of everyone in the organization would carry 101 groups, counting only the rules in this file.',
    ]);
  });
});
