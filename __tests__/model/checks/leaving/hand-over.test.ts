import { warningsWith } from '../../../access-files';

const FILE = {
  groups: { 'eks-admins': {}, 'eks-ops': { existing: true } },
  clusters: { prod: { kind: 'eks', region: 'eu-west-1' }, old: { kind: 'existing-eks', region: 'eu-west-1' } },
  namespaces: { shop: {} },
};

describe('handOver', () => {
  test('is a warning until the line is deleted, for a server, groups, clusters, and namespaces', () => {
    const warnings = warningsWith('hand-over', {
      authorizationServer: { existing: true, handOver: true },
      groups: { ...FILE.groups, 'eks-ops': { existing: true, handOver: true } },
      clusters: { ...FILE.clusters, old: { ...FILE.clusters.old, handOver: true } },
      namespaces: { shop: { handOver: true } },
    });

    expect(warnings.map(({ path, fix }) => [path, fix])).toEqual([
      ['authorizationServer.handOver', 'Deploy okta, and remove handOver.'],
      ['groups.eks-ops.handOver', 'Deploy okta, and remove handOver.'],
      ['clusters.old.handOver', 'Deploy cluster-old, and remove handOver.'],
      ['namespaces.shop.handOver', 'Deploy rbac-<key> of every cluster that has it, and remove handOver.'],
    ]);
    expect(warnings[0]).toMatchObject({
      message: 'This is handed over by the next deployment, and handOver has no effect after that.',
      given: 'true',
      allowed: 'true for one deployment',
    });
  });

  test('is a warning on an absent cluster, too', () => {
    const old = { ...FILE.clusters.old, handOver: true, absent: true };
    const warnings = warningsWith('hand-over', { ...FILE, clusters: { ...FILE.clusters, old } });

    expect(warnings.map(({ path }) => path)).toEqual(['clusters.old.handOver']);
  });

  test('is no warning without the line', () => {
    expect(warningsWith('hand-over', FILE)).toEqual([]);
  });
});
