import { accessWith } from '../../../access-files';

const SOURCE = 'https://help.okta.com/oie/en-us/content/topics/users-groups-profiles/usgp-user-edit-attributes.htm';
const FIX = 'Compare an attribute that only administrators change, or list logins.';

/** The warnings about a group with this rule and role. */
function warnings(rule: string, role = 'secret-reader', more: Record<string, unknown> = {}) {
  const access = accessWith({
    groups: { 'eks-admins': {}, 'eks-ops': { rule } },
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: 'eks-ops', role, clusters: '*', accept: { 'read-secrets': 'they rotate them' } },
    ],
    ...more,
  });
  return access.warnings.filter(({ check }) => check === 'self-promotion');
}

describe('self-promotion', () => {
  test('warns about a rule over an attribute that users may edit themselves, accepted permissions included', () => {
    const rule = 'user.department == "Platform" AND user.secondEmail == "ops" AND user.firstName != null';

    expect(warnings(rule)).toEqual([
      {
        path: 'groups.eks-ops.rule',
        check: 'self-promotion',
        message:
          "Users may edit user.firstName and user.secondEmail themselves, and so fulfil this part of the rule for the group 'eks-ops', which has sensitive permissions: read-secrets.",
        given: `'${rule.slice(0, 77)}...'`,
        allowed: 'attributes that users may not edit, or no sensitive permissions',
        fix: `${FIX} If users may not edit it in your organization, set selfServiceAttributes to those that they may edit.`,
        source: SOURCE,
      },
    ]);
  });

  test('warns about a rule that is true for everyone', () => {
    expect(warnings('user.title == user.title')).toEqual([
      {
        path: 'groups.eks-ops.rule',
        check: 'self-promotion',
        message:
          "This rule is true for everyone, so Okta puts every user of the organization into the group 'eks-ops', which has sensitive permissions: read-secrets.",
        given: "'user.title == user.title'",
        allowed: 'a rule that selects users, or no sensitive permissions',
        fix: FIX,
        source: SOURCE,
      },
    ]);
  });

  test('is silent on attributes that users may not edit', () => {
    expect(warnings('user.department == "Platform" AND user.title == "user.firstName"')).toEqual([]);
  });

  test.each(['true', 'user.firstName == "Ana"'])('is silent on the rule %s without sensitive permissions', (rule) => {
    expect(warnings(rule, 'view')).toEqual([]);
  });

  test('warns without sensitive permissions about a boundary that the group crosses', () => {
    const found = warnings('user.firstName == "Ana"', 'view', {
      groups: { 'eks-admins': {}, 'eks-ops': { rule: 'user.firstName == "Ana"' } },
      namespaces: { shop: { podSecurity: 'restricted', holds: ['cluster-admin'] } },
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        { group: 'eks-ops', role: 'developer-restricted', clusters: '*', namespaces: ['shop'] },
      ],
    });

    expect(found.map(({ message }) => message)).toEqual([
      "Users may edit user.firstName themselves, and so fulfil this part of the rule for the group 'eks-ops', which crosses boundaries: becomes-cluster-admin.",
    ]);
  });

  test('warns without sensitive permissions about a guard that the group passes', () => {
    const found = warnings('true', 'view', { guards: { secretDeletion: ['eks-ops'] } });

    expect(found.map(({ message }) => message)).toEqual([
      "This rule is true for everyone, so Okta puts every user of the organization into the group 'eks-ops', which passes guards.",
    ]);
  });

  test('knows the attributes of the file instead of those of Okta', () => {
    const selfServiceAttributes = ['team'];

    expect(warnings('user.firstName == "Ana"', 'secret-reader', { selfServiceAttributes })).toEqual([]);
    expect(warnings('user.team == "ops"', 'secret-reader', { selfServiceAttributes })).toHaveLength(1);
  });

  test('reads attributes in an expression that it does not understand', () => {
    expect(warnings('user.email == "a" ? true : false')).toHaveLength(1);
  });
});
