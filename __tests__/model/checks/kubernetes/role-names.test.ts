import { BUILT_IN_ROLES, PRESET_ROLES } from '../../../../model';
import { problemsWith } from '../../../access-files';

const SOURCE = 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings';
const RULES = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];

const problemsOf = (name: string) => problemsWith({ roles: { [name]: { rules: RULES } } });

const taken = (name: string, owner: string) => ({
  path: `roles.${name}`,
  check: 'role-names',
  message: `The name '${name}' already belongs to ${owner}, so a grant of this role would be misleading.`,
  given: `'${name}'`,
  allowed:
    'any name except cluster-admin, admin, edit, view, developer-restricted, platform-engineer, namespace-admin, restricted-user, secret-reader, secret-writer, pod-exec',
  fix: 'Rename the role.',
  source: SOURCE,
});

const refused = (path: string, message: string, given: string) => ({
  path,
  check: 'role-names',
  message,
  given,
  allowed: "1 to 253 letters, digits, and .:_@+-, except . and .., and not starting with 'system:'",
  fix: 'Rename the role.',
  source: SOURCE,
});

describe('role-names', () => {
  test.each(BUILT_IN_ROLES)('fails for %s, which is a role of Kubernetes', (name) => {
    expect(problemsOf(name)).toEqual([taken(name, 'a Kubernetes role')]);
  });

  test.each(PRESET_ROLES)('fails for %s, which is a preset', (name) => {
    expect(problemsOf(name)).toEqual([taken(name, 'a preset')]);
  });

  test.each(['system:node', 'system:'])('fails for %s, which starts like roles of Kubernetes', (name) => {
    expect(problemsOf(name)).toEqual([
      refused(`roles["${name}"]`, "Kubernetes reserves names that start with 'system:'.", `'${name}'`),
    ]);
  });

  test.each([
    ['', 'roles[""]'],
    ['.', 'roles["."]'],
    ['..', 'roles[".."]'],
    ['a b', 'roles["a b"]'],
    ['a/b', 'roles["a/b"]'],
    ['a%b', 'roles["a%b"]'],
    ['a\n', 'roles["a\\n"]'],
  ])('fails for %j, which Kubernetes does not accept', (name, path) => {
    const given = `'${name.replace('\n', '\\n')}'`;

    expect(problemsOf(name)).toEqual([refused(path, 'Kubernetes does not accept this name.', given)]);
  });

  test('fails for a name of 254 characters, and not for one of 253', () => {
    expect(problemsOf('a'.repeat(254)).map(({ check }) => check)).toEqual(['role-names']);
    expect(problemsOf('a'.repeat(253))).toEqual([]);
  });

  test.each(['reader', 'Team:Reader_1', 'ana@example.com', '...', 'a+b', 'views'])('allows %s', (name) => {
    expect(problemsOf(name)).toEqual([]);
  });
});
