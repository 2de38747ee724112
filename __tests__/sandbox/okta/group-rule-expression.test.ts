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
    // And binds tighter than or.
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
  ])('takes in whom %s is about', (expression) => {
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
    // A text and a number are in no order, and equal to nothing of the other kind.
    'user.level == "3"',
    'user.department > 2',
    'user.manager == "eve"',
    // A text is no condition.
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
  ])('leaves out whom %s is not about', (expression) => {
    expect(parseGroupCondition(expression)(ANA, GROUPS)).toBe(false);
  });

  test.each([
    ['user.department = "Shop"', 'nothing is known that starts as = "Shop"'],
    ['user.a == "b" ? true : false', 'nothing is known that starts as ? true : false'],
    ['String.stringSwitch(user.login, "a") == "a"', 'the function String.stringSwitch is not known'],
    ['toString(user.level)', 'the function toString is not known'],
    ['person.department == "Shop"', 'person.department is not known'],
    ['user.a.b == "Shop"', 'user.a.b is not known'],
    ['user == "Shop"', 'user is not known'],
    ['user.department == "Shop" user.remote', 'unexpected user.remote'],
    ['(user.remote', 'expected ), got its end'],
    ['isMemberOfGroup("a" "b")', 'expected ), got "b"'],
    ['user.department ==', 'it ends too early'],
    ['', 'it ends too early'],
  ])('fails for %s', (expression, reason) => {
    expect(() => parseGroupCondition(expression)).toThrow(
      new Error(`The local Okta does not understand the group rule ${expression}: ${reason}.`),
    );
  });
});
