import { warningsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const CYRILLIC = 'eks-\u0430dmins';

const warning = (path: string, thing: string, given: string, earlier: string) => ({
  path,
  check: 'look-alike-names',
  message: `This ${thing} looks like another one, ${earlier}.`,
  given,
  allowed: 'names that a reader can tell apart',
  fix: `Rename one of the two, or write the same name if you mean one ${thing}.`,
  source: 'https://www.unicode.org/reports/tr39/#Confusable_Detection',
});
const warnings = (changes: Record<string, unknown>) => warningsWith('look-alike-names', changes);

describe('look-alike-names', () => {
  test('warns about two groups, and spells both', () => {
    const found = warnings({ groups: { 'eks-admins': {}, [CYRILLIC]: {} } });

    expect(found).toEqual([
      warning(`groups["${CYRILLIC}"]`, 'group', '"eks-\\u0430dmins"', '"eks-admins" at groups.eks-admins'),
    ]);
  });

  test('warns about two logins in different groups', () => {
    const found = warnings({
      groups: {
        'eks-admins': { logins: ['ana@example.com'] },
        'eks-ops': { logins: ['Ana@example.com', '\u0430na@example.com'] },
      },
    });

    expect(found).toEqual([
      warning(
        'groups.eks-ops.logins[1]',
        'login',
        '"\\u0430na@example.com"',
        '"ana@example.com" at groups.eks-admins.logins[0]',
      ),
    ]);
  });

  test('warns about two clusters, but not about the apps that are named after them twice', () => {
    const found = warnings({ clusters: { 'prod-1': { ...EKS, app: 'a' }, 'prod-l': { ...EKS, app: 'b' } } });

    expect(found).toEqual([warning('clusters.prod-l', 'cluster', '"prod-l"', '"prod-1" at clusters.prod-1')]);
  });

  test('warns about two apps', () => {
    const found = warnings({ clusters: { prod: { ...EKS, app: 'EKS' }, stage: { ...EKS, app: '\u0415KS' } } });

    expect(found).toEqual([warning('clusters.stage.app', 'app', '"\\u0415KS"', '"EKS" at clusters.prod.app')]);
  });

  test("warns about a namespace that looks like one of Kubernetes' own", () => {
    const found = warnings({
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        { group: 'eks-admins', role: 'view', clusters: '*', namespaces: ['team-a', 'kube-systern'] },
      ],
    });

    expect(found).toEqual([warning('grants[1].namespaces[1]', 'namespace', '"kube-systern"', '"kube-system"')]);
  });

  test('warns about namespaces of a cluster and of the file', () => {
    const found = warnings({
      namespaces: { 'team-1': {} },
      clusters: { prod: { ...EKS, namespaces: ['team-1', 'team-l'] } },
    });

    expect(found).toEqual([
      warning('clusters.prod.namespaces[1]', 'namespace', '"team-l"', '"team-1" at namespaces.team-1'),
    ]);
  });

  test("warns about a role that looks like one of Kubernetes' own", () => {
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];

    expect(warnings({ roles: { 'cluster-adrnin': { rules } } })).toEqual([
      warning('roles.cluster-adrnin', 'role', '"cluster-adrnin"', '"cluster-admin"'),
    ]);
  });

  test('is silent on one name in many places, and on names of different kinds', () => {
    const found = warnings({
      groups: { 'eks-admins': { logins: ['ana@example.com'] }, 'eks-ops': { logins: ['ANA@example.com'] } },
      namespaces: { 'eks-admins': {} },
      clusters: { prod: { ...EKS, namespaces: ['eks-admins'] }, stage: { ...EKS, namespaces: ['eks-admins'] } },
    });

    expect(found).toEqual([]);
  });
});
