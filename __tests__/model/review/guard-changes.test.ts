import { guardChanges } from '../../../model/review/guard-changes';
import { accessWith } from '../../access-files';

const EXISTING = { kind: 'existing-eks', region: 'eu-west-1' };
const FILE = {
  groups: { 'eks-admins': {}, 'eks-ops': {} },
  clusters: { prod: { ...EXISTING }, stage: { ...EXISTING, name: 's' } },
};
const file = (guards: unknown, changes = {}) => accessWith({ ...FILE, guards, ...changes });

describe('guardChanges', () => {
  test('tells a guard that goes, of all clusters in one', () => {
    const changes = guardChanges(file({ secretDeletion: ['eks-admins'] }), file({}));

    expect(changes).toEqual([
      { guard: 'secretDeletion', clusters: ['prod', 'stage'], before: ['eks-admins'], after: undefined },
    ]);
  });

  test('tells a guard that comes, and one that lets fewer through', () => {
    const before = file({ runAsRoot: ['eks-ops', 'eks-admins'] });

    const changes = guardChanges(before, file({ runAsRoot: ['eks-admins'], namespaces: { pay: [] } }));

    expect(changes.map((change) => [change.guard, change.before, change.after])).toEqual([
      ['runAsRoot', ['eks-admins', 'eks-ops'], ['eks-admins']],
      ['namespaces.pay', undefined, []],
    ]);
  });

  test('tells a guard that lets others through, on its cluster alone', () => {
    const clusters = { ...FILE.clusters, stage: { ...FILE.clusters.stage, guards: { runAsRoot: ['eks-ops'] } } };

    const changes = guardChanges(file({ runAsRoot: [] }), file({ runAsRoot: [] }, { clusters }));

    expect(changes).toEqual([{ guard: 'runAsRoot', clusters: ['stage'], before: [], after: ['eks-ops'] }]);
  });

  test('is silent where only the order changes, and of clusters of one file', () => {
    const { prod } = FILE.clusters;
    const before = file({ runAsRoot: ['eks-ops', 'eks-admins'] });

    expect(guardChanges(before, file({ runAsRoot: ['eks-admins', 'eks-ops'] }))).toEqual([]);
    expect(guardChanges(before, file({ runAsRoot: ['eks-admins', 'eks-ops'] }, { clusters: { prod } }))).toEqual([]);
  });
});
