import { warningsWith } from '../../../access-files';

const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };
const READER = { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] };

const warning = (path: string, what: string, name: string, fix: string) => ({
  path,
  check: 'without-effect',
  message: `The ${what} '${name}' has no effect on any cluster.`,
  given: 'not used',
  allowed: `a ${what} that is used`,
  fix,
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
});
const ROLE = warning('roles.reader', 'role', 'reader', 'Grant the role, or remove it.');
const NAMESPACE = warning(
  'namespaces.team-a',
  'namespace',
  'team-a',
  'Add it to the namespaces of a cluster or a grant, or remove it.',
);

const warningsOf = (changes: Record<string, unknown>) =>
  warningsWith('without-effect', { roles: { reader: READER }, namespaces: { 'team-a': {} }, ...changes });

describe('without-effect', () => {
  test('warns about a role that no group is granted and a namespace that no cluster has', () => {
    expect(warningsOf({})).toEqual([ROLE, NAMESPACE]);
  });

  test('warns about those that only an expired grant names', () => {
    const grant = { group: 'eks-admins', role: 'reader', clusters: '*', namespaces: ['team-a'] };

    expect(warningsOf({ grants: [ADMINS, { ...grant, expires: '2026-06-14' }] })).toEqual([ROLE, NAMESPACE]);
  });

  test('is silent on a namespace that is handed over, which has an effect although no cluster lists it', () => {
    expect(warningsOf({ namespaces: { 'team-a': { handOver: true } } })).toEqual([ROLE]);
  });

  test('is silent on a role that is granted, and a namespace that the grant names', () => {
    const grant = { group: 'eks-admins', role: 'reader', clusters: '*', namespaces: ['team-a'] };

    expect(warningsOf({ grants: [ADMINS, grant] })).toEqual([]);
  });

  test('is silent on a namespace that a cluster lists', () => {
    const clusters = { prod: { kind: 'eks', region: 'eu-west-1', namespaces: ['team-a'] } };

    expect(warningsOf({ clusters })).toEqual([ROLE]);
  });
});
