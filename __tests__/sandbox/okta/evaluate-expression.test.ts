import { parseGroupCondition } from '../../../sandbox/okta/evaluate-expression';
import type { Group, User } from '../../../sandbox/okta/objects';

const ANA: User = {
  id: '00u1',
  login: 'ana@example.com',
  email: 'ana@example.com',
  status: 'ACTIVE',
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
  { id: '00g1', name: 'Everyone', type: 'BUILT_IN', description: '' },
  { id: '00g2', name: 'shop-leads', type: 'OKTA_GROUP', description: '' },
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
    'isMemberOfGroupNameRegex("shop-\\w+")',
    'user.department eq "Shop"',
    'user["department"] == "Shop"',
    '"a ""b""" == "a \\"b\\""',
    'user.remote == TRUE ? true : false',
    'user.department == "Bank" ? false : user.level + 1 == 4',
    'user.level * 2 - 1 == 5 AND user.level / 2 == 1.5 AND 7 % 4 == 3 AND -1 < 0',
    'user.department + "-" + user.level == "Shop-3"',
    'String.append("This is", " a test") == "This is a test"',
    'String.join(",", "This", "is", "a", "test") == "This,is,a,test"',
    'String.replaceFirst("This is a test", "is", "at") == "That is a test"',
    'String.replace("a.b.c", ".", "") == "abc"',
    'String.substring(user.department, 0, 3) == "Sho"',
    'String.substring("This is a test", 2, 9) == "is is a"',
    'String.stringSwitch("This is a test", "default", "key1", "value1") == "default"',
    'String.stringSwitch("First match wins", "default", "absent", "value1", "wins", "value2", "match", "value3") == "value2"',
    'Arrays.contains(Arrays.add({10, 20}, 40), 40)',
    'Arrays.toCsvString(Arrays.remove({10, 20, 30}, 20)) == "10,30"',
    'Arrays.isEmpty(Arrays.clear({10, 20, 30}))',
    'Arrays.get({0, 1, 2}, 1) == 1',
    'Arrays.get({0}, 5) == null',
    'Arrays.size(Arrays.flatten(10, {20, 30}, 40)) == 4',
    'Arrays.size(NULL) == 0',
    'Convert.toInt("1234") == 1234 AND Convert.toInt(123.6) == 124',
    'Convert.toNum("3.141") == 3.141',
    'Convert.toInt("no number") == null',
    'Time.fromUnixToIso8601("0") == "1970-01-01T00:00:00.000Z"',
    'Time.fromIso8601ToUnix("1970-01-01T00:01:00Z") == "60"',
    'Time.fromIso8601ToWindows(Time.fromWindowsToIso8601("116444736000000000")) == "116444736000000000"',
    'String.len(Time.now()) == 24',
    'Arrays.contains(Groups.startsWith("OKTA", "shop", 10), "shop-leads")',
    'Arrays.contains(Groups.endsWith("OKTA", "leads", 10), "shop-leads")',
    'Arrays.isEmpty(Groups.contains("active_directory", "shop", 10))',
    'Arrays.contains(getFilteredGroups({"00g2", "00g9"}, "group.name", 40), "shop-leads")',
    'user.getInternalProperty("status") == "ACTIVE"',
    '!hasDirectoryUser()',
    'getManagerUser("active_directory").firstName == null',
    'user.getLinkedObject("manager").lastName == null',
    'toUpperCase(substring(substringBefore(user.login, "@"), 0, 2)) == "AN"',
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

  test('does not apply a rule that fails because there are more groups than its limit', () => {
    expect(parseGroupCondition('Arrays.size(Groups.contains("OKTA", "", 1)) > 0')(ANA, GROUPS)).toBe(false);
  });

  test('does not apply an expression that only Java can read', () => {
    expect(parseGroupCondition('isMemberOfGroupNameRegex("(?<=")')(ANA, GROUPS)).toBe(false);
  });

  test.each([
    ['user.department = "Shop"', '= assigns a value, == compares (line 1, column 17)'],
    ['user.department == "Shop" user.remote', 'unexpected user.remote (line 1, column 27)'],
    ['(user.remote', 'expected ), found the end (line 1, column 13)'],
    ['user.title matches "x"', 'unexpected matches (line 1, column 12)'],
    ['user.department.contains("Sh")', 'it does not evaluate .contains (line 1, column 1)'],
    ['user.isMemberOf({"group.id"})', 'it does not evaluate user.isMemberOf (line 1, column 1)'],
    ['Iso3166Convert.toName("IN") == "x"', 'it does not evaluate Iso3166Convert.toName (line 1, column 1)'],
    ['', 'the expression is empty (line 1, column 1)'],
  ])('fails for %s', (expression, reason) => {
    expect(() => parseGroupCondition(expression)).toThrow(
      new Error(`The local Okta does not support the group rule ${expression}: ${reason}.`),
    );
  });
});
