import { createdClusters, eksClusters, isCreated, isEks, readsAwsAuth } from '../../../model';
import { accessWith, clusterOf } from '../../access-files';

const EXISTING = { kind: 'existing-eks', region: 'eu-west-1' };

/** The cluster `prod` with these settings. */
function derived(settings: Record<string, unknown> = {}) {
  return clusterOf(accessWith({ clusters: { prod: { kind: 'eks', region: 'eu-west-1', ...settings } } }), 'prod');
}

describe('the names of a cluster', () => {
  test('are its key by default', () => {
    expect(derived()).toMatchObject({ key: 'prod', name: 'prod', app: 'prod', roleName: 'EKSCluster-prod' });
    expect(derived({ kind: 'existing-eks' })).toMatchObject({ key: 'prod', name: 'prod', app: 'prod' });
  });

  test('are those of the file', () => {
    const names = { name: 'eks-prod', app: 'EKS', roleName: 'EKSCluster' };

    expect(derived(names)).toMatchObject({ key: 'prod', ...names });
    expect(derived({ kind: 'existing-eks', name: 'old', app: 'EKS' })).toMatchObject({ name: 'old', app: 'EKS' });
  });

  test('the role is named after the cluster, the app after the key', () => {
    expect(derived({ name: 'eks-prod' })).toMatchObject({ roleName: 'EKSCluster-eks-prod', app: 'prod' });
  });
});

describe('the kinds of clusters', () => {
  const access = accessWith({
    clusters: {
      c: EXISTING,
      lab: { kind: 'self-managed', kubeconfigContext: 'lab' },
      prod: { kind: 'eks', region: 'eu-west-1' },
    },
  });

  test('in EKS are created or looked up, in the order of the file', () => {
    expect(eksClusters(access)).toEqual([clusterOf(access, 'c'), clusterOf(access, 'prod')]);
    expect(Object.values(access.clusters).map(isEks)).toEqual([true, false, true]);
  });

  test('that Terraform creates have the kind eks', () => {
    expect(createdClusters(access)).toEqual([clusterOf(access, 'prod')]);
    expect(Object.values(access.clusters).map(isCreated)).toEqual([false, false, true]);
  });

  test('read aws-auth in EKS, except with the mode API, which is unknown for existing clusters', () => {
    const ownApi = accessWith({
      clusterDefaults: { authenticationMode: 'API' },
      clusters: {
        api: { kind: 'eks', region: 'eu-west-1' },
        both: { kind: 'eks', region: 'eu-west-1', authenticationMode: 'API_AND_CONFIG_MAP' },
        existing: EXISTING,
        lab: { kind: 'self-managed', kubeconfigContext: 'lab' },
      },
    });
    const reading = (of: typeof access) =>
      Object.values(of.clusters).flatMap(({ key, settings }) => (readsAwsAuth(settings) ? [key] : []));

    expect(reading(ownApi)).toEqual(['both', 'existing']);
    expect(reading(access)).toEqual(['c', 'prod']);
  });

  test('with the mode API give no write-aws-auth', () => {
    const sensitive = (authenticationMode: string) =>
      accessWith({ clusterDefaults: { authenticationMode } }).placements.map(({ sensitive: names }) =>
        names.includes('write-aws-auth'),
      );

    expect(sensitive('API')).toEqual([false]);
    expect(sensitive('API_AND_CONFIG_MAP')).toEqual([true]);
  });
});

describe('the namespaces of a cluster', () => {
  test('are those that it lists and those that grants in force name, distinct and sorted', () => {
    const access = accessWith({
      clusters: { c: EXISTING, a: { ...EXISTING, namespaces: ['z', 'team-a'] }, b: EXISTING },
      namespaces: { unused: { create: true } },
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        { group: 'eks-admins', role: 'edit', clusters: ['a', 'b'], namespaces: ['team-b', 'team-a'] },
        { group: 'eks-admins', role: 'view', clusters: '*', namespaces: ['past'], expires: '2026-06-14' },
      ],
    });

    expect(Object.values(access.clusters).map(({ key, namespaces }) => [key, namespaces])).toEqual([
      ['c', []],
      ['a', ['team-a', 'team-b', 'z']],
      ['b', ['team-a', 'team-b']],
    ]);
  });
});
