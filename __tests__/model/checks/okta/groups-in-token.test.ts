import { problemsWith } from '../../../access-files';

/** A file with so many groups that start so, all with the same people. */
function fileWith(count: number, logins: readonly string[], start = 'eks-', more: Record<string, unknown> = {}) {
  const names = Array.from({ length: count }, (_, index) => `${start}${index}`);
  return { groups: { 'eks-admins': {}, ...Object.fromEntries(names.map((name) => [name, { logins }])), ...more } };
}

const problem = (path: string, count: number) => ({
  path,
  check: 'groups-in-token',
  message: `The token of ana@example.com would carry ${count} groups, as far as this file can tell.`,
  given: `${count} groups`,
  allowed: "at most 100 groups of a person that start with 'eks-'",
  fix: 'Take the person out of some of them, or grant fewer, larger groups.',
  source: 'https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/',
});

describe('groups-in-token', () => {
  test('fails for a person in 101 groups, at the place that is one too many', () => {
    expect(problemsWith(fileWith(101, ['ben@example.com', 'ana@example.com']))).toEqual([
      { ...problem('groups.eks-100.logins[0]', 101), message: expect.stringContaining('ben@example.com') },
      problem('groups.eks-100.logins[1]', 101),
    ]);
  });

  test('fails once for a person, however many are too many', () => {
    expect(problemsWith(fileWith(103, ['ana@example.com']))).toEqual([problem('groups.eks-100.logins[0]', 103)]);
  });

  test('counts a login in any case of letters, and groups that match the filter in any case', () => {
    const more = { 'EKS-more': { logins: ['Ana@Example.com'] } };

    expect(problemsWith(fileWith(100, ['ana@example.com'], 'eks-', more))).toEqual([
      problem('groups.EKS-more.logins[0]', 101),
    ]);
  });

  test('allows a person in 100 groups', () => {
    expect(problemsWith(fileWith(100, ['ana@example.com']))).toEqual([]);
  });

  test('does not count groups that the claim filter drops', () => {
    const more = { other: { logins: ['ana@example.com'] } };

    expect(problemsWith(fileWith(100, ['ana@example.com'], 'eks-', more))).toEqual([]);
  });
});
