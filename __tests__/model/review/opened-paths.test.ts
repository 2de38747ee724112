import { accessDiff } from '../../../model/review/diff';
import { openedPaths } from '../../../model/review/opened-paths';
import { accessWith } from '../../access-files';

const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };
const file = (role: string, logins: readonly string[] = ['ana@example.com']) =>
  accessWith({
    groups: { 'eks-admins': {}, 'eks-ops': { logins } },
    grants: [ADMINS, { group: 'eks-ops', role, clusters: '*' }],
  });
const opened = (before: ReturnType<typeof file>, after: ReturnType<typeof file>) =>
  openedPaths(before, after, accessDiff(before, after).gains).map(({ from, cluster, to }) => [from.name, cluster, to]);

describe('openedPaths', () => {
  test('are the certain paths that a group did not have', () => {
    expect(opened(file('view'), file('edit'))).toContainEqual(['eks-ops', 'prod', 'cluster-admin']);
    expect(opened(file('edit'), file('view'))).toEqual([]);
    expect(opened(file('edit'), file('edit'))).toEqual([]);
  });

  test('include those of the group that people join, and no others', () => {
    const found = opened(file('edit'), file('edit', ['ana@example.com', 'ben@example.com']));

    expect(found).toContainEqual(['eks-ops', 'prod', 'cluster-admin']);
    expect(found.filter(([name]) => name !== 'eks-ops')).toEqual([]);
  });

  test('do not include those that a grant of the whole cluster already opened', () => {
    const grant = (role: string, namespaces?: readonly string[]) =>
      accessWith({
        groups: { 'eks-admins': {}, 'eks-ops': {} },
        guards: { systemNamespaces: ['eks-admins'] },
        grants: [ADMINS, { group: 'eks-ops', role, clusters: '*', ...(namespaces && { namespaces }) }],
      });

    // Somebody who was cluster-admin, and somebody who could run pods in each namespace of people.
    for (const role of ['edit', 'developer-restricted']) {
      expect(opened(grant(role), grant(role, ['shop']))).toEqual([]);
      expect(opened(grant(role, ['shop']), grant(role, ['shop', 'pay'])).map(([, , to]) => to)).toEqual([
        'service accounts of pay',
      ]);
    }
  });

  test('include a namespace that a guard closed before', () => {
    const file = (namespaces: Record<string, readonly string[]>, ...named: readonly string[]) =>
      accessWith({
        groups: { 'eks-admins': {}, 'eks-ops': {} },
        guards: { systemNamespaces: ['eks-admins'], namespaces },
        grants: [
          ADMINS,
          {
            group: 'eks-ops',
            role: 'developer-restricted',
            clusters: '*',
            ...(named.length > 0 && { namespaces: named }),
          },
        ],
      });

    expect(opened(file({ pay: ['eks-admins'] }), file({}, 'pay')).map(([, , to]) => to)).toContain(
      'service accounts of pay',
    );
  });
});
