import { openedPaths } from '../../../model/review/opened-paths';
import { row } from '../../report/rows';

const path = (to: string, changes = {}) => ({ group: 'eks-admins', cluster: 'prod', to, certain: true, ...changes });

describe('openedPaths', () => {
  test('are the certain paths that a group did not have for certain on that cluster', () => {
    const before = [path('node'), path('cluster-admin', { certain: false }), path('other', { cluster: 'dev' })];
    const after = [path('node'), path('cluster-admin'), path('other'), path('may', { certain: false })];

    expect(openedPaths(before, after, [])).toEqual([path('cluster-admin'), path('other')]);
  });

  test('include those of the group that people join', () => {
    const both = [path('node'), path('node', { group: 'eks-ops' }), path('may', { certain: false })];

    expect(openedPaths(both, both, [row({ who: 'ana@example.com' })])).toEqual([path('node')]);
    expect(openedPaths(both, both, [row()])).toEqual([]);
  });
});
