import { parseGroupCondition } from '../../../sandbox/okta/group-rule-expression';
import type { Group, User } from '../../../sandbox/okta/objects';

const ANA: User = {
  id: '00u1',
  login: 'ana@example.com',
  email: 'ana@example.com',
  active: true,
  profile: {
    login: 'ana@example.com',
    department: 'Shop',
    employeeType: 'FTE',
    title: 'Lead "Shop"',
    level: 3,
    remote: true,
    tags: ['a', 'b'],
  },
};

const GROUPS: readonly Group[] = [
  { id: '00g1', name: 'Everyone', type: 'BUILT_IN' },
  { id: '00g2', name: 'shop-leads', type: 'OKTA_GROUP' },
];

describe('parseGroupCondition', () => {
  test.each([
    'user.department == "Shop"',
    "user.department == 'Shop'",
    ' user.department=="Shop" ',
    'user.department != "shop"',
    'user.department == "Shop" AND user.employeeType == "FTE"',
    'user.department == "Shop" and user.employeeType == "FTE"',
    'user.department == "Shop" && user.employeeType == "FTE"',
    'user.department == "Bank" OR user.employeeType == "FTE"',
    'user.department == "Bank" or user.employeeType == "FTE"',
    'user.department == "Bank" || user.employeeType == "FTE"',
    // And has a higher precedence than or.
    'user.employeeType == "FTE" OR user.department == "Bank" AND user.department == "Bank"',
    'user.department == "Bank" AND user.department == "Bank" OR user.employeeType == "FTE"',
    '!(user.department == "Bank")',
    'NOT user.department == "Bank"',
    'not (user.department == "Bank") and user.remote',
    'user.title == "Lead \\"Shop\\""',
    'user.level == 3',
    'String.substringAfter(user.login, "@") == "example.com"',
    'String.substringBefore(user.login, "@") == "ana"',
    'String.substringAfter(user.login, "#") == ""',
    'String.replace(user.department, "Sho", "Sto") == "Stop"',
    'String.removeSpaces("a b c") == "abc"',
    'String.len(user.department) == 4',
    'Arrays.size(user.tags) == 2',
    'user.level > 2.5',
    'user.level >= 3',
    'user.level < 4',
    'user.level <= 3',
    'user.remote',
    'user.remote == true',
    'user.manager == null',
    'user.department != null',
    'true',
    'String.stringContains(user.title, "Lead")',
    'String.startsWith(user.login, "ana@")',
    'String.toLowerCase(user.department) == "shop"',
    'String.toUpperCase(user.department) == "SHOP"',
    'Arrays.contains(user.tags, "b")',
    'Arrays.contains({"Shop", "Bank"}, user.department)',
    'Arrays.isEmpty({})',
    'Arrays.isEmpty(user.manager)',
    'isMemberOfGroup("00g2")',
    'isMemberOfAnyGroup("00g9", "00g2")',
    'isMemberOfGroupName("shop-leads")',
    'isMemberOfGroupNameStartsWith("shop-")',
    'isMemberOfGroupNameContains("lead")',
    'isMemberOfGroupNameRegex("shop-.*")',
  ])('applies %s', (expression) => {
    expect(parseGroupCondition(expression)(ANA, GROUPS)).toBe(true);
  });

  test.each([
    'user.department == "shop"',
    'user.department == "Shop" AND user.employeeType == "Contractor"',
    'user.department == "Bank" OR user.employeeType == "Contractor"',
    '(user.employeeType == "FTE" OR user.department == "Bank") AND user.department == "Bank"',
    '!user.remote',
    'user.level < 3',
    'user.level > 3',
    'user.level >= 4',
    'user.level <= 2',
    // A string and a number are neither equal nor ordered.
    'user.level == "3"',
    'user.department > 2',
    'user.manager == "eve"',
    // A string is not a condition.
    'user.department',
    'false',
    'String.stringContains(user.title, "lead")',
    'String.startsWith(user.login, "na@")',
    'String.startsWith(user.manager, "a")',
    'Arrays.contains(user.tags, "c")',
    'Arrays.contains(user.manager, "c")',
    'Arrays.isEmpty(user.tags)',
    'isMemberOfGroup("00g9")',
    'isMemberOfAnyGroup("00g8", "00g9")',
    'isMemberOfGroupName("shop")',
    'isMemberOfGroupNameStartsWith("leads")',
    'isMemberOfGroupNameContains("Lead")',
    'isMemberOfGroupNameRegex("shop")',
  ])('does not apply %s', (expression) => {
    expect(parseGroupCondition(expression)(ANA, GROUPS)).toBe(false);
  });

  test.each([
    ['user.department = "Shop"', 'unexpected = "Shop"'],
    ['user.a == "b" ? true : false', 'unexpected ? true : false'],
    ['String.stringSwitch(user.login, "a") == "a"', 'unknown function String.stringSwitch'],
    ['toString(user.level)', 'unknown function toString'],
    ['person.department == "Shop"', 'unknown name person.department'],
    ['user.a.b == "Shop"', 'unknown name user.a.b'],
    ['user == "Shop"', 'unknown name user'],
    ['user.department == "Shop" user.remote', 'unexpected user.remote'],
    ['(user.remote', 'expected ), found the end'],
    ['isMemberOfGroup("a" "b")', 'expected ), found "b"'],
    ['user.department ==', 'unexpected end'],
    ['', 'unexpected end'],
  ])('fails for %s', (expression, reason) => {
    expect(() => parseGroupCondition(expression)).toThrow(
      new Error(`The local Okta does not support the group rule ${expression}: ${reason}.`),
    );
  });
});
