import { problemsWith, warningsWith } from '../../../access-files';

const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };
const GROUPS = { 'eks-admins': {}, 'eks ops': {} };

const WARNING = {
  path: 'groups["eks ops"]',
  check: 'group-without-grant',
  message: "The group 'eks ops' has no grant in force.",
  given: 'no grant',
  allowed: 'at least one grant',
  fix: 'Add a grant, or remove the group.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects',
};

describe('group-without-grant', () => {
  test('warns about a group without a grant', () => {
    expect(warningsWith('group-without-grant', { groups: GROUPS })).toEqual([WARNING]);
  });

  test('warns about a group whose only grant has expired', () => {
    const grants = [ADMINS, { ...ADMINS, group: 'eks ops', role: 'view', expires: '2026-06-14' }];

    expect(warningsWith('group-without-grant', { groups: GROUPS, groupsClaim: { startsWith: 'eks' }, grants })).toEqual(
      [WARNING],
    );
  });

  test('is silent on groups with a grant', () => {
    const grants = [ADMINS, { ...ADMINS, group: 'eks ops', role: 'view', expires: '2026-06-15' }];

    expect(warningsWith('group-without-grant', { groups: GROUPS, groupsClaim: { startsWith: 'eks' }, grants })).toEqual(
      [],
    );
  });

  test('does not stop synthesis', () => {
    expect(problemsWith({ groups: GROUPS })).toEqual([]);
  });
});
