import { subjectName } from '../../../model';

describe('subjectName', () => {
  test.each([
    ['okta:', 'eks-admins', 'okta:eks-admins'],
    ['', 'eks-admins', 'eks-admins'],
    ['okta:', 'Team A', 'okta:Team A'],
  ])('of the prefix %j and the group %s is %s', (prefix, group, subject) => {
    expect(subjectName(prefix, group)).toBe(subject);
  });
});
