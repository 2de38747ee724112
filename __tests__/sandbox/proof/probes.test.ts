import type { Access } from '../../../model';
import { clusterPolicy } from '../../../model/derived/cluster-policy';
import { authorizer, requestText } from '../../../rbac';
import { clusterProbes } from '../../../sandbox/proof/probes';
import { accessWith, clusterOf } from '../../access-files';

const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };

/** An access file with these grants in addition to that of the administrators. */
function accessGranting(grants: readonly Record<string, unknown>[], roles = {}): Access {
  return accessWith({
    groups: { 'eks-admins': {}, 'eks-a': {} },
    roles,
    grants: [ADMINS, ...grants.map((grant) => ({ group: 'eks-a', clusters: '*', ...grant }))],
  });
}

function texts(access: Access): readonly string[] {
  return clusterProbes(clusterOf(access, 'prod'), access).probes.map(({ request }) => requestText(request));
}

describe('the probes of a cluster', () => {
  test('cover the whole cluster and a namespace without grants', () => {
    const { probes, namespacesLeftOut } = clusterProbes(clusterOf(accessWith(), 'prod'), accessWith());

    expect(probes.flatMap(({ words, namespace }) => (words ? [`${words} ${namespace}`] : []))).toEqual([
      ...GENERAL.map((words) => `${words} null`),
      ...GENERAL.map((words) => `${words} kube-system`),
      'see nodes null',
      'make namespaces null',
      'grant cluster roles null',
      'impersonate null',
      'read metrics null',
    ]);
    expect(namespacesLeftOut).toBe(0);
  });

  test('cover every namespace with a grant, and another neighbour if the first has one', () => {
    const asked = texts(accessGranting([{ role: 'edit', namespaces: ['kube-system', 'shop'] }]));

    expect(asked.filter((text) => text.startsWith('create pods/exec'))).toEqual([
      'create pods/exec on the whole cluster',
      'create pods/exec in namespace kube-system',
      'create pods/exec in namespace shop',
      'create pods/exec in namespace default',
    ]);
  });

  test('cover, for each rule of a role, a request that it allows and requests close to it', () => {
    const rules = [{ apiGroups: ['example.com'], resources: ['things/scale'], verbs: ['patch'], resourceNames: ['a'] }];
    const asked = texts(
      accessGranting([{ role: 'own', namespaces: ['shop'] }], { own: { scope: 'namespace', rules } }),
    );

    expect(asked.filter((text) => text.includes('things'))).toEqual([
      'patch things/scale in example.com named "a" in namespace shop',
      'deletecollection things/scale in example.com named "a" in namespace shop',
      'patch things/ephemeralcontainers in example.com named "a" in namespace shop',
      'patch things/scale in example.com named "a" in namespace kube-system',
    ]);
  });

  test('replace wildcards with examples', () => {
    const rules = [
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
      { nonResourceURLs: ['/logs/*'], verbs: ['get'] },
    ];
    const asked = texts(accessGranting([{ role: 'own' }], { own: { rules } }));

    expect(asked).toContain('patch jobs in batch on the whole cluster');
    expect(asked).toContain('get /logs/x');
  });

  test('contain no request twice', () => {
    const asked = texts(accessGranting([{ role: 'view' }, { role: 'edit', namespaces: ['shop'] }]));

    expect(new Set(asked).size).toBe(asked.length);
  });

  test.each(['view', 'edit', 'developer-restricted', 'restricted-user', 'secret-reader', 'pod-exec'])(
    'contain an allowed and a denied request for the role %s',
    (role) => {
      const access = accessGranting([{ role, namespaces: ['shop'] }]);
      const decide = authorizer(clusterPolicy(access, clusterOf(access, 'prod')));

      const { probes } = clusterProbes(clusterOf(access, 'prod'), access);

      const answers = probes
        .filter(({ words, namespace }) => words !== undefined && namespace === 'shop')
        .map(({ request }) => decide({ user: '', groups: ['okta:eks-a'] }, request).allowed);
      expect(new Set(answers)).toEqual(new Set([true, false]));
    },
  );

  test('leave out namespaces after the sixth, and count them', () => {
    const namespaces = Array.from({ length: 8 }, (_, index) => `team-${index}`);
    const access = accessGranting([{ role: 'edit', namespaces }]);

    const { probes, namespacesLeftOut } = clusterProbes(clusterOf(access, 'prod'), access);

    expect(namespacesLeftOut).toBe(2);
    expect([...new Set(probes.map(({ namespace }) => namespace))]).toEqual([
      null,
      'team-0',
      'team-1',
      'team-2',
      'team-3',
      'team-4',
      'team-5',
      'kube-system',
    ]);
  });
});

const GENERAL = [
  'see pods',
  'read logs',
  'exec',
  'delete pods',
  'deploy',
  'write config',
  'read secrets',
  'delete secrets',
  'grant roles',
];
