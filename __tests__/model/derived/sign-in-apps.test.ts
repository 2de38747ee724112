import { clientIdOutput } from '../../../model';
import { signInApps } from '../../../model/derived/sign-in-apps';
import { accessWith, clusterOf } from '../../access-files';

const cluster = (app?: string) => ({ kind: 'existing-eks', region: 'eu-west-1', ...(app && { app }) });
const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };

describe('the sign-in apps', () => {
  test('are one for each cluster by default, with the name of its key, sorted', () => {
    const access = accessWith({ clusters: { test: cluster(), prod: cluster() } });

    expect(access.apps).toEqual([
      { name: 'prod', clusters: ['prod'], groups: ['eks-admins'] },
      { name: 'test', clusters: ['test'], groups: ['eks-admins'] },
    ]);
  });

  test('are one for clusters that share an app, with the groups of all of them', () => {
    const access = accessWith({
      groups: { 'eks-z': {}, 'eks-b': {}, 'eks-admins': {} },
      clusters: { west: cluster('EKS'), other: cluster(), east: cluster('EKS') },
      grants: [
        { group: 'eks-z', role: 'view', clusters: ['west'] },
        ADMINS,
        { group: 'eks-b', role: 'view', clusters: ['east'] },
        { group: 'eks-z', role: 'edit', clusters: ['east'] },
      ],
    });

    expect(access.apps).toEqual([
      { name: 'EKS', clusters: ['east', 'west'], groups: ['eks-admins', 'eks-b', 'eks-z'] },
      { name: 'other', clusters: ['other'], groups: ['eks-admins'] },
    ]);
  });

  test('include the cluster whose key is the app of another', () => {
    const access = accessWith({ clusters: { prod: cluster(), test: cluster('prod') } });

    expect(access.apps).toEqual([{ name: 'prod', clusters: ['prod', 'test'], groups: ['eks-admins'] }]);
  });

  test('leave out groups without a grant on their clusters', () => {
    const access = accessWith({
      groups: { 'eks-admins': {}, 'eks-ops': {}, 'eks-none': {} },
      clusters: { prod: cluster(), test: cluster() },
      grants: [ADMINS, { group: 'eks-ops', role: 'view', clusters: ['test'] }],
    });

    expect(access.apps.map(({ groups }) => groups)).toEqual([['eks-admins'], ['eks-admins', 'eks-ops']]);
  });

  test('have no groups if no grant names their clusters', () => {
    const prod = { ...clusterOf(accessWith(), 'prod'), bindings: [] };

    expect(signInApps({ prod })).toEqual([{ name: 'prod', clusters: ['prod'], groups: [] }]);
  });
});

describe('clientIdOutput', () => {
  test.each([
    ['EKS', 'client_id_EKS'],
    ['EKS prod', 'client_id_EKS_prod'],
    ['a-b_c9', 'client_id_a-b_c9'],
    ['a.b/c:d', 'client_id_a_b_c_d'],
    ['é', 'client_id__'],
  ])('of %s is %s', (app, output) => {
    expect(clientIdOutput(app)).toBe(output);
  });
});
