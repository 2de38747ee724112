import { isRemovable, membershipsFor } from '../../../operate/revoke/memberships';
import { accessWith } from '../../access-files';
import { ANA, group, livePerson, rule } from './live';

const DEV = 'user.department == "Dev"';
const OPS = 'user.department == "Ops"';
const ODD = 'Iso3166Convert.toName(user.countryCode) == "x"';

const access = accessWith({
  groups: {
    'eks-admins': { logins: ['bob@example.com', 'ana@example.com'] },
    'eks-devs': { rule: DEV },
    'eks-auditors': {},
    'eks-others': { logins: ['bob@example.com'] },
  },
});
const LOGIN = 'ana@example.com';
const FILE = { kind: 'file', path: 'groups.eks-admins.logins[1]' };
const ruleOwner = (changes: object = {}) => ({
  ...{ kind: 'rule', name: 'eks-devs', expression: DEV, path: 'groups.eks-devs.rule', selects: true, excludes: false },
  ...changes,
});

test('of the file alone are those of its lists, and others that nobody checked', () => {
  expect(membershipsFor(access, LOGIN, undefined)).toEqual([
    { group: 'eks-admins', groupId: null, isMember: null, isInFile: true, owners: [FILE] },
    { group: 'eks-devs', groupId: null, isMember: null, isInFile: true, owners: [ruleOwner({ selects: null })] },
    { group: 'eks-auditors', groupId: null, isMember: null, isInFile: true, owners: [{ kind: 'unknown' }] },
  ]);
});

/** The memberships of somebody in some groups. */
function memberships(live: Parameters<typeof livePerson>[0]) {
  return membershipsFor(access, LOGIN, livePerson(live));
}

test('that no line and no rule owns were added by hand, and are removed', () => {
  const [file, added] = memberships({ groups: [group('eks-admins'), group('eks-others')] });

  expect(file).toMatchObject({ group: 'eks-admins', isMember: true, owners: [FILE] });
  expect(added).toEqual({
    ...{ group: 'eks-others', groupId: '00g-eks-others', isMember: true, isInFile: true },
    owners: [],
  });
  expect([file, added].map((membership) => membership && isRemovable(membership))).toEqual([false, true]);
});

test('of a line come back, even if the person is not in the group now', () => {
  expect(memberships({})).toEqual([
    { group: 'eks-admins', groupId: null, isMember: false, isInFile: true, owners: [FILE] },
  ]);
});

test.each([
  ['of the file', rule('eks-devs', DEV), [ruleOwner()]],
  ['that the file does not have', rule('eks-devs', `${DEV} `), [ruleOwner({ expression: `${DEV} `, path: null })]],
  ['that only Okta can evaluate', rule('eks-devs', ODD), [ruleOwner({ expression: ODD, path: null, selects: null })]],
  ['that does not select them', rule('eks-devs', OPS), []],
  ['that leaves them out', rule('eks-devs', DEV, { exclude: [ANA.id] }), []],
  ['that is inactive', rule('eks-devs', DEV, { status: 'INACTIVE' }), []],
  ['of another group', rule('eks-auditors', DEV), []],
])('are owned by a rule: one %s', (_, given, owners) => {
  const found = memberships({ groups: [group('eks-devs')], rules: [given] });

  expect(found.find((membership) => membership.group === 'eks-devs')?.owners).toEqual(owners);
});

test('come back if the rule of the file leaves the person out, because Terraform ends that', () => {
  const found = memberships({ rules: [rule('eks-devs', DEV, { exclude: [ANA.id] })] });

  expect(found.filter((membership) => membership.group === 'eks-devs')).toEqual([
    { group: 'eks-devs', groupId: null, isMember: false, isInFile: true, owners: [ruleOwner({ excludes: true })] },
  ]);
});

test('in an existing group with an ID are found by it, and by no name', () => {
  const id = '00gaaaaaaaaaaaaaaaaa';
  const existing = accessWith({ groups: { 'eks-admins': { existing: { id } } } });
  const membershipsOf = (groups: Parameters<typeof livePerson>[0]) =>
    membershipsFor(existing, LOGIN, livePerson(groups)).filter(({ isInFile }) => isInFile);

  expect(membershipsOf({ groups: [{ ...group('renamed'), id }] })).toMatchObject([
    { group: 'eks-admins', groupId: id },
  ]);
  expect(membershipsOf({ groups: [group('eks-admins')] })).toEqual([]);
});

test('in a group of a directory are not those in the made group of the same name', () => {
  const [devs] = memberships({ groups: [group('eks-devs', 'APP_GROUP')] }).filter(
    ({ group: name }) => name === 'eks-devs',
  );

  expect(devs).toBeUndefined();
});

test('are not removed if the rules could not be read', () => {
  const [, devs] = memberships({ groups: [group('eks-devs')], rules: undefined });

  expect(devs).toMatchObject({ group: 'eks-devs', owners: [{ kind: 'unknown' }] });
});

test('in a group of a directory are owned by the directory', () => {
  const existing = accessWith({
    groups: { 'eks-admins': { existing: { type: 'APP_GROUP' } } },
    groupsClaim: { expression: 'Groups.startsWith("active_directory", "eks-", 100)' },
  });
  const both = [group('eks-admins'), group('eks-admins', 'APP_GROUP')];

  expect(membershipsFor(existing, LOGIN, livePerson({ groups: both }))).toMatchObject([
    { owners: [{ kind: 'directory' }] },
  ]);
});

test('in groups that the file does not have count if tokens carry them, and are not removed', () => {
  const groups = [group('eks-legacy'), group('Marketing'), group('Everyone', 'BUILT_IN')];
  const found = memberships({ groups }).filter(({ isMember }) => isMember);

  expect(found).toEqual([
    { group: 'eks-legacy', groupId: '00g-eks-legacy', isMember: true, isInFile: false, owners: [] },
  ]);
  expect(found.map(isRemovable)).toEqual([false]);
});

test('in Everyone end only with the person, if the file grants it something', () => {
  const open = accessWith({ groups: { Everyone: { existing: true }, 'eks-admins': {} } });

  expect(membershipsFor(open, LOGIN, livePerson({ groups: [group('Everyone', 'BUILT_IN')] }))).toMatchObject([
    { group: 'Everyone', owners: [{ kind: 'okta' }] },
  ]);
});
