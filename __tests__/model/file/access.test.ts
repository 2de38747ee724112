import {
  appName,
  type Cluster,
  clusterName,
  eksClusters,
  type Grant,
  grantedClusters,
  isEks,
  namespacesByCluster,
  roleName,
} from '../../../model';
import { accessWith } from '../../access-files';

type EksCluster = Extract<Cluster, { kind: 'eks' }>;

/** A cluster of the file under the key `prod`. */
function cluster(settings: Record<string, unknown> = {}): EksCluster {
  const access = accessWith({ clusters: { prod: { kind: 'eks', region: 'eu-west-1', ...settings } } });
  return access.clusters.prod as EksCluster;
}

const CLUSTERS = {
  c: { kind: 'existing-eks', region: 'eu-west-1' },
  a: { kind: 'existing-eks', region: 'eu-west-1' },
  b: { kind: 'existing-eks', region: 'eu-west-1' },
};

function grant(clusters: Grant['clusters']): Grant {
  return { path: 'grants[0]', group: 'eks-admins', role: 'view', clusters, accept: {} };
}

describe('the names of a cluster', () => {
  test('are its key by default', () => {
    expect(clusterName('prod', cluster())).toBe('prod');
    expect(appName('prod', cluster())).toBe('prod');
    expect(roleName('prod', cluster())).toBe('EKSCluster-prod');
  });

  test('are those that were given', () => {
    const named = cluster({ name: 'eks-prod', app: 'EKS', roleName: 'EKSCluster' });

    expect(clusterName('prod', named)).toBe('eks-prod');
    expect(appName('prod', named)).toBe('EKS');
    expect(roleName('prod', named)).toBe('EKSCluster');
  });

  test('the role is named after the cluster, the app after the key', () => {
    const named = cluster({ name: 'eks-prod' });

    expect(roleName('prod', named)).toBe('EKSCluster-eks-prod');
    expect(appName('prod', named)).toBe('prod');
  });
});

describe('grantedClusters', () => {
  test("are all of the file for '*', sorted", () => {
    expect(grantedClusters(grant('*'), accessWith({ clusters: CLUSTERS }))).toEqual(['a', 'b', 'c']);
  });

  test('are those of the list, sorted, each once', () => {
    expect(grantedClusters(grant(['c', 'a', 'c']), accessWith({ clusters: CLUSTERS }))).toEqual(['a', 'c']);
  });

  test('are none for an empty list', () => {
    expect(grantedClusters(grant([]), accessWith({ clusters: CLUSTERS }))).toEqual([]);
  });

  test.each(['d', 'toString', 'constructor'])('leave out %s, which the file does not have', (key) => {
    expect(grantedClusters(grant(['a', key]), accessWith({ clusters: CLUSTERS }))).toEqual(['a']);
  });

  test('do not change the grant', () => {
    const keys = Object.freeze(['c', 'a']);

    expect(grantedClusters(grant(keys), accessWith({ clusters: CLUSTERS }))).toEqual(['a', 'c']);
    expect(keys).toEqual(['c', 'a']);
  });
});

describe('the clusters of EKS', () => {
  const access = accessWith({
    clusters: { ...CLUSTERS, lab: { kind: 'self-managed', kubeconfigContext: 'lab' }, prod: cluster() },
  });

  test('are those that are made or looked up', () => {
    expect(eksClusters(access).map(([key]) => key)).toEqual(['c', 'a', 'b', 'prod']);
    expect(eksClusters(access)[0]?.[1]).toBe(access.clusters.c);
  });

  test('are told from others', () => {
    const { a, lab, prod } = access.clusters;

    expect([a, lab, prod].map((one) => isEks(one as Cluster))).toEqual([true, false, true]);
  });
});

describe('namespacesByCluster', () => {
  test('are those of the list and those that grants in force name, sorted, each once', () => {
    const access = accessWith({
      clusters: { ...CLUSTERS, a: { ...CLUSTERS.a, namespaces: ['z', 'team-a'] } },
      namespaces: { unused: { create: true } },
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        { group: 'eks-admins', role: 'edit', clusters: ['a', 'b'], namespaces: ['team-b', 'team-a'] },
        { group: 'eks-admins', role: 'view', clusters: '*', namespaces: ['past'], expires: '2026-06-14' },
      ],
    });

    expect([...namespacesByCluster(access)]).toEqual([
      ['c', []],
      ['a', ['team-a', 'team-b', 'z']],
      ['b', ['team-a', 'team-b']],
    ]);
  });
});
