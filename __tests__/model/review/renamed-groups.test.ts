import { accessDiff, sensitiveGains } from '../../../model/review/diff';
import { openedPaths } from '../../../model/review/opened-paths';
import { withRenamedGroups } from '../../../model/review/renamed-groups';
import { accessWith } from '../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };

/** A file whose second group has this name and these settings. */
const fileWith = (name: string, settings: Record<string, unknown> = {}) =>
  accessWith({
    groups: { 'eks-admins': {}, [name]: { logins: ['ana@example.com'], ...settings } },
    clusters: { prod: EKS, test: { ...EKS, guards: { systemNamespaces: [name] } } },
    guards: { secretDeletion: [name], namespaces: { shop: ['eks-admins', name] } },
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: name, role: 'admin', clusters: '*', namespaces: ['shop'] },
    ],
  });

describe('a group that is renamed with was', () => {
  const before = fileWith('eks-dev');
  const after = fileWith('eks-developers', { was: 'eks-dev' });

  test('is the same group: nobody gains or loses a role, a path, or a guard', () => {
    const { gains, losses, changes } = accessDiff(before, after);

    expect([gains, losses]).toEqual([[], []]);
    expect(changes).toEqual([
      expect.objectContaining({
        path: 'groups.eks-developers.was',
        effect: 'replaces',
        what: 'Okta renames the group in place. From the deployment of okta until that of rbac-<key>, its members have no access',
      }),
    ]);
    const renamed = withRenamedGroups(before, after);
    expect(openedPaths(renamed, after, gains)).toEqual([]);
    expect(sensitiveGains(renamed, after, { gains, losses, changes })).toEqual([]);
  });

  test('gains what its grants give more', () => {
    const more = accessWith({
      groups: {
        'eks-admins': {},
        'eks-developers': { was: 'eks-dev', logins: ['ana@example.com', 'ben@example.com'] },
      },
      clusters: { prod: EKS, test: { ...EKS, guards: { systemNamespaces: ['eks-developers'] } } },
      guards: { secretDeletion: ['eks-developers'], namespaces: { shop: ['eks-admins', 'eks-developers'] } },
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        { group: 'eks-developers', role: 'admin', clusters: '*', namespaces: ['shop'] },
      ],
    });

    expect(accessDiff(before, more).gains.map(({ who, cluster }) => [who, cluster])).toEqual([
      ['ben@example.com', 'prod'],
      ['ben@example.com', 'test'],
    ]);
  });

  test('is another group without was', () => {
    const { gains, losses } = accessDiff(before, fileWith('eks-developers'));

    expect([gains.length, losses.length]).toEqual([2, 2]);
  });

  test('is another group if the old one was only looked up, which Terraform cannot rename', () => {
    const { gains, losses } = accessDiff(fileWith('eks-dev', { existing: true, logins: undefined }), after);

    expect([gains.length, losses.length]).toEqual([2, 2]);
  });

  test('is not renamed if the old file has both groups', () => {
    const both = (groups: object) =>
      accessWith({
        groups: { 'eks-admins': {}, ...groups },
        clusters: { prod: EKS },
        grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
      });
    const old = both({ 'eks-dev': {}, 'eks-developers': {} });
    const { changes } = accessDiff(old, both({ 'eks-developers': { was: 'eks-dev' } }));

    expect(changes.map(({ path }) => path)).toEqual(['groups.eks-dev', 'groups.eks-developers.was']);
    expect(changes.find(({ path }) => path === 'groups.eks-developers.was')).toMatchObject({
      effect: 'replaces',
      what: expect.stringMatching(/^Nothing is renamed/),
    });
  });

  test('is not renamed again if the old file has the new name, or not the old one', () => {
    expect(withRenamedGroups(after, after)).toBe(after);
    expect(withRenamedGroups(fileWith('eks-other'), after).groups).toEqual(fileWith('eks-other').groups);
  });
});
