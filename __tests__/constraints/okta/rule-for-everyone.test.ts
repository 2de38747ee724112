import { isTrueForEveryone } from '../../../constraints/okta/rule-for-everyone';

describe('isTrueForEveryone', () => {
  test.each([
    'true',
    '!false',
    '1 == 1',
    '2 > 1',
    '1 <= 1',
    '"a" == "a"',
    '"a" != "b"',
    'user.department == user.department',
    'String.toLowerCase(user.title) == String.toLowerCase(user.title)',
    'true OR user.department == "Platform"',
    'user.department == "Platform" || true',
    'NOT (false AND user.remote)',
    'user.remote OR !user.remote',
    'user.remote == true OR NOT user.remote',
    'user.department == "A" OR user.department != "A"',
    'user.department == "A" OR "A" != user.department',
    'user.department != "A" OR user.department != "B"',
    '!(user.department == "A" AND user.department == "B")',
    '(user.a == "x" AND user.b == "y") OR user.a != "x" OR user.b != "y"',
    'user.login != null',
    'user.email != ""',
    'String.stringContains(user.login, "")',
    'isMemberOfGroupName("Everyone")',
    'isMemberOfGroupNameStartsWith("Every")',
    'isMemberOfGroupNameContains("")',
    'isMemberOfGroupNameRegex(".*")',
    'isMemberOfGroupNameRegex("^.*$")',
    'TRUE',
    'String.len(user.login) > 0',
    'String.len(user.email) >= 1',
    'String.stringContains(user.login, "@")',
  ])('is true for %s', (rule) => {
    expect(isTrueForEveryone(rule)).toBe(true);
  });

  test.each([
    'false',
    '"true"',
    '1 < 1',
    '"2" > "1"',
    'user.department == "Platform"',
    'user.department != "Platform"',
    'user.department != null',
    'user.department == "A" OR user.department == "B"',
    'user.a != "x" OR user.b != "x"',
    'user.remote',
    'true AND user.remote',
    'user.level >= user.level',
    'user.department == user.division',
    'String.stringContains(user.title, "")',
    'String.startsWith(user.login, "ana")',
    'String.startsWith(user.login, "@")',
    'String.len(user.login) > 1',
    'String.len(user.login) <= 1',
    'String.len(user.title) > 0',
    'isMemberOfGroupName("everyone")',
    'isMemberOfGroupNameRegex("Every")',
    // What cannot be decided is not judged.
    'Time.now() == Time.now()',
    'user.a == "b" ? true : true',
    'user.level + 1 == 2 OR true',
    '',
    Array.from({ length: 11 }, (_, at) => `user.a${at} == "x"`).join(' OR '),
    `${'('.repeat(100_000)}true`,
  ])('is false for %.60s', (rule) => {
    expect(isTrueForEveryone(rule)).toBe(false);
  });
});
