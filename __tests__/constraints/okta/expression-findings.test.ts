import { parseExpression } from '../../../constraints/okta/expression';
import { expressionFindings, typeOf } from '../../../constraints/okta/expression-findings';

/** The severity and message of each finding. */
function found(text: string, place: 'group rule' | 'claim' = 'group rule'): readonly string[] {
  return expressionFindings(text, place).map(({ severity, finding }) => `${severity}: ${finding.message}`);
}

describe('expressionFindings in a group rule', () => {
  test('names what was given, what is allowed, and how to fix it', () => {
    expect(expressionFindings('user.department = "Eng"', 'group rule')).toEqual([
      {
        severity: 'error',
        finding: {
          message: 'Okta cannot read this group rule: = assigns a value, == compares (line 1, column 17).',
          given: `'user.department = "Eng"'`,
          allowed: 'an expression of the Okta Expression Language, such as user.department == "Platform"',
          fix: 'Write == to compare.',
        },
      },
    ]);
  });

  test.each([
    [
      'user.department == "Eng" AND',
      'Okta cannot read this group rule: the expression ends after AND (line 1, column 29).',
    ],
    ['user.a == 1\n  AND (user.b', 'Okta cannot read this group rule: expected ), found the end (line 2, column 14).'],
    [
      'profile.department == "Eng"',
      'A group rule does not know profile.department: attributes begin with user (line 1, column 1).',
    ],
    ['department == "Eng"', 'A group rule does not know department: attributes begin with user (line 1, column 1).'],
    ['user.department == Eng', 'A group rule does not know Eng: attributes begin with user (line 1, column 20).'],
    ['appuser.role == "x"', 'A group rule does not read appuser.role, only attributes of the user (line 1, column 1).'],
    ['user.a.b == "x"', 'user.a.b is not an attribute: attributes have one name after user (line 1, column 1).'],
    ['user == "x"', 'user is not an attribute: attributes have one name after user (line 1, column 1).'],
    [
      'startsWith(user.login, "a")',
      'Okta has no function startsWith. Did you mean String.startsWith? (line 1, column 1).',
    ],
    [
      'String.contains(user.title, "a")',
      'Okta has no function String.contains. Did you mean String.stringContains? (line 1, column 1).',
    ],
    [
      'string.startsWith(user.login, "a")',
      'Okta has no function string.startsWith. Did you mean String.startsWith? (line 1, column 1).',
    ],
    ['frobnicate()', 'Okta has no function frobnicate (line 1, column 1).'],
    [
      'user.department == "Eng" OR "Ops"',
      'A group rule needs a condition here, which is true or false, and this is a text (line 1, column 29).',
    ],
    ['"true"', 'A group rule needs a condition here, which is true or false, and this is a text (line 1, column 1).'],
    [
      'String.len(user.title)',
      'A group rule needs a condition here, which is true or false, and this is a number (line 1, column 1).',
    ],
    [
      'user.a == 1 ? "x" : "y"',
      'A group rule needs a condition here, which is true or false, and this is a text (line 1, column 1).',
    ],
  ])('refuses %s', (rule, message) => {
    expect(found(rule)).toEqual([`error: ${message}`]);
  });

  test.each([
    ['Convert.toInt(user.floor) > 3', 'No page of Okta says that a group rule takes Convert.toInt (line 1, column 1).'],
    ['Time.now() > user.end', 'No page of Okta says that a group rule takes Time.now (line 1, column 1).'],
    ['hasDirectoryUser()', 'No page of Okta says that a group rule takes hasDirectoryUser (line 1, column 1).'],
    [
      'user.getInternalProperty("status") == "ACTIVE"',
      'No page of Okta says that a group rule takes user.getInternalProperty (line 1, column 1).',
    ],
    [
      'user.profile.department == "x"',
      'user.profile.department is of the language of Identity Engine policies, which is another one (line 1, column 1).',
    ],
    [
      'user.isMemberOf({"a"})',
      'Okta documents user.isMemberOf(…) for policies of Identity Engine, not for a group rule; the proof leaves it out (line 1, column 1).',
    ],
    [
      'user.title.contains("x")',
      'Okta documents .contains(…) for policies of Identity Engine, not for a group rule; the proof leaves it out (line 1, column 1).',
    ],
    [
      'user.title matches "x"',
      'No page of Okta documents this for a group rule: unexpected matches (line 1, column 12). The proof leaves it out.',
    ],
    ['user.a eq 1', 'No page of Okta has the operator eq (line 1, column 1).'],
    [
      'user.Department == "x"',
      "Okta's own attribute is user.department, and it compares names with case (line 1, column 1).",
    ],
    [
      'String.substring(user.title, 1) == "x"',
      'String.substring has 2 arguments, and Okta documents 3 (line 1, column 1).',
    ],
    ['isMemberOfAnyGroup()', 'isMemberOfAnyGroup has 0 arguments, and Okta documents at least 1 (line 1, column 1).'],
    [
      'isMemberOfGroup("eks-admins")',
      "isMemberOfGroup takes IDs of groups, and 'eks-admins' looks like a name (line 1, column 17).",
    ],
    ['String.len(user.title) == "3"', 'This compares a number with a text, which are never equal (line 1, column 1).'],
    ['!user.department == "x"', 'Okta may read ! as part of the value before the comparison (line 1, column 1).'],
  ])('warns about %s', (rule, message) => {
    expect(found(rule)).toEqual([`warning: ${message}`]);
  });

  test.each([
    'user.department == "Engineering" AND user.employeeType == "FTE"',
    'String.substring(user.department,0,3) == "Eng"',
    'user.isAdmin == TRUE ? true : false',
    'user.isAdmin',
    '!user.isContractor',
    'NOT (user.department == "x")',
    'true',
    'user.salary > 1000000 && !user.isContractor',
    "user.manager == null || user[\"costCenter\"] != 'it''s'",
    'String.stringContains(user.firstName, "dummy")',
    'Arrays.contains(user.teams, "x") or Arrays.size(user.teams) >= 2',
    'isMemberOfGroup("00g1emaKYZTWRYYRRTSK") AND isMemberOfGroupName("x")',
    'isMemberOfGroupNameRegex("eks-.*")',
    'String.len(user.title) == null',
    'Arrays.get(user.teams, 0) == "x"',
  ])('is silent on %s', (rule) => {
    expect(found(rule)).toEqual([]);
  });
});

describe('expressionFindings in a claim', () => {
  test.each([
    'user.department',
    'appuser.userName',
    '(appuser != null) ? appuser.userName : app.clientId',
    'org.domain',
    '"tenant-a"',
    'user.firstName + " " + user.lastName',
    'Groups.startsWith("active_directory", "EKS", 100)',
    'getFilteredGroups({"00gml2xHE3RYRx7cM0g3"}, "group.name", 40)',
    'Convert.toInt(user.floor)',
  ])('is silent on %s', (expression) => {
    expect(found(expression, 'claim')).toEqual([]);
  });

  test.each([
    ['user.department =', 'error: Okta cannot read this claim: = assigns a value, == compares (line 1, column 17).'],
    ['department', 'error: A claim does not know department: attributes begin with user (line 1, column 1).'],
    [
      'profile.department',
      'error: A claim does not know profile.department: attributes begin with user (line 1, column 1).',
    ],
    ['getGroups()', 'error: Okta has no function getGroups (line 1, column 1).'],
    [
      'zendesk.role',
      'warning: zendesk is not user, appuser, app, org, or session, and a claim knows apps only by these names (line 1, column 1).',
    ],
  ])('finds in %s', (expression, message) => {
    expect(found(expression, 'claim')).toEqual([message]);
  });
});

test.each([
  ['"x"', 'text'],
  ['1', 'number'],
  ['true', 'boolean'],
  ['null', 'any'],
  ['{1}', 'list'],
  ['user.a', 'any'],
  ['user.a == 1', 'boolean'],
  ['String.len("x")', 'number'],
  ['user.a ? 1 : 2', 'number'],
  ['user.a ? 1 : "x"', 'any'],
])('typeOf %s is %s', (text, type) => {
  expect(typeOf(parseExpression(text))).toBe(type);
});
