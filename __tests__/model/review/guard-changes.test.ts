import { guardChanges } from '../../../model/review/guard-changes';
import { accessWith } from '../../access-files';

const EXISTING = { kind: 'existing-eks', region: 'eu-west-1' };
const FILE = {
  groups: { 'eks-admins': {}, 'eks-ops': {} },
  clusters: { prod: { ...EXISTING }, stage: { ...EXISTING, name: 's' } },
};
const file = (guards: unknown, changes = {}) => accessWith({ ...FILE, guards, ...changes });

describe('guardChanges', () => {
  test('report a removed guard once for all clusters', () => {
    const changes = guardChanges(file({ secretDeletion: ['eks-admins'] }), file({}));

    expect(changes).toEqual([
      { guard: 'secretDeletion', clusters: ['prod', 'stage'], before: ['eks-admins'], after: undefined },
    ]);
  });

  test('report a new guard, and one that exempts fewer groups', () => {
    const before = file({ runAsRoot: ['eks-ops', 'eks-admins'] });

    const changes = guardChanges(before, file({ runAsRoot: ['eks-admins'], namespaces: { pay: [] } }));

    expect(changes.map((change) => [change.guard, change.before, change.after])).toEqual([
      ['runAsRoot', ['eks-admins', 'eks-ops'], ['eks-admins']],
      ['namespaces.pay', undefined, []],
    ]);
  });

  test('report a guard that exempts other groups, only on its cluster', () => {
    const clusters = { ...FILE.clusters, stage: { ...FILE.clusters.stage, guards: { runAsRoot: ['eks-ops'] } } };

    const changes = guardChanges(file({ runAsRoot: [] }), file({ runAsRoot: [] }, { clusters }));

    expect(changes).toEqual([{ guard: 'runAsRoot', clusters: ['stage'], before: [], after: ['eks-ops'] }]);
  });

  test('are empty if only the order changes, and for clusters that only one file has', () => {
    const { prod } = FILE.clusters;
    const before = file({ runAsRoot: ['eks-ops', 'eks-admins'] });

    expect(guardChanges(before, file({ runAsRoot: ['eks-admins', 'eks-ops'] }))).toEqual([]);
    expect(guardChanges(before, file({ runAsRoot: ['eks-admins', 'eks-ops'] }, { clusters: { prod } }))).toEqual([]);
  });
});
