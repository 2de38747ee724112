import { problemsWith } from '../../../access-files';

const problemsOf = (groups: Record<string, unknown>) => problemsWith({ groups: { 'eks-admins': {}, ...groups } });

describe('the old name of a renamed group', () => {
  test('fails if the file still has the group', () => {
    expect(problemsOf({ 'eks-b': { was: 'eks-a' }, 'eks-a': {} })).toEqual([
      {
        path: 'groups.eks-b.was',
        check: 'renamed-group',
        message: "The file still has the group 'eks-a', so it cannot be renamed to 'eks-b'.",
        given: "'eks-a'",
        allowed: 'a name that no group of the file has, and no other was',
        fix: "Remove was, or the group 'eks-a'.",
        source: 'https://developer.hashicorp.com/terraform/language/modules/develop/refactoring',
      },
    ]);
  });

  test('fails if it is the name of the group itself', () => {
    expect(problemsOf({ 'eks-b': { was: 'eks-b' } }).map(({ path }) => path)).toEqual(['groups.eks-b.was']);
  });

  test('fails at the second group that has it', () => {
    const problems = problemsOf({ 'eks-b': { was: 'eks-a' }, 'eks-c': { was: 'eks-a' } });

    expect(problems.map(({ path, message, fix }) => [path, message, fix])).toEqual([
      ['groups.eks-c.was', "The group 'eks-a' is already renamed to 'eks-b'.", 'Keep one of the two.'],
    ]);
  });

  test('does not fail for different names', () => {
    expect(problemsOf({ 'eks-b': { was: 'eks-a' }, 'eks-d': { was: 'eks-c' } })).toEqual([]);
  });
});
