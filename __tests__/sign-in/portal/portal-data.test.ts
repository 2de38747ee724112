import production from '../../../examples/production';
import { clustersOfGroup, type PortalData, portalData, signInOf } from '../../../sign-in/portal/portal-data';
import { portalOf } from '../../../sign-in/portal/portal-of';
import { signInData } from '../../../sign-in/sign-in-data';
import { allFacts, NO_FACTS } from './facts';

const portal = portalOf(production, allFacts(production));
const [app, cluster, row] = [portal.apps[0], portal.clusters[0], { ...portal.access[0], clusters: [0] }];
const one = { apps: [app], clusters: [cluster], access: [] };

/** What the schema refuses, as paths. */
function refused(data: unknown): readonly string[] {
  return portalData.safeParse(data).error?.issues.map(({ path }) => path.join('.')) ?? [];
}

describe('the schema of a portal', () => {
  test('takes what the access file gives', () => {
    expect(refused(JSON.parse(JSON.stringify(portal)))).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['another version', { schemaVersion: 2 }, 'schemaVersion'],
    ['a further key', { command: 'sh' }, ''],
    ['a further key of an app', { apps: [{ ...app, args: ['-c'] }] }, 'apps.0'],
    ['a further key of a cluster', { clusters: [{ ...cluster, exec: {} }] }, 'clusters.0'],
    ['an issuer without https', { issuerUrl: 'http://example.com' }, 'issuerUrl'],
    [
      'an endpoint with a script',
      { clusters: [{ ...cluster, server: { endpoint: 'javascript:alert(1)', certificateAuthority: null } }] },
      'clusters.0.server.endpoint',
    ],
    ['a client ID that is an argument', { apps: [{ ...app, clientId: '--browser-command=sh x' }] }, 'apps.0.clientId'],
    ['a scope that is an argument', { apps: [{ ...app, scopes: ['email --x'] }] }, 'apps.0.scopes.0'],
    ['a long text', { organization: 'a'.repeat(1001) }, 'organization'],
    ['a day that is none', { day: '2026-02-30' }, 'day'],
    ['a cluster of an unknown app', { clusters: [{ ...cluster, app: 'other' }] }, 'clusters.0.app'],
    ['a cluster twice', { clusters: [cluster, cluster] }, 'clusters'],
    ['an app twice', { apps: [app, app] }, 'apps'],
    ['a group that is not in the list', { access: [{ ...row, group: 99 }] }, 'access.0.group'],
    ['a role that is not in the list', { access: [{ ...row, role: 99 }] }, 'access.0.role'],
    ['a cluster that is not in the list', { access: [{ ...row, clusters: [0, 1] }] }, 'access.0.clusters'],
    ['a negative position', { access: [{ ...row, group: -1 }] }, 'access.0.group'],
  ])('refuses %s', (_, change, path) => {
    expect(refused({ ...portal, ...one, ...change })).toEqual([path]);
  });
});

describe('signInOf', () => {
  test('gives what a kubeconfig is built from', () => {
    const data = signInOf(portal);

    expect(signInData.parse(data)).toEqual({
      issuerUrl: portal.issuerUrl,
      apps: portal.apps,
      clusters: portal.clusters.map(({ key, app, server }) => ({ key, app, ...server })),
    });
  });

  test('leaves out clusters that cannot be reached yet, and those of an app without a client ID', () => {
    const [first, second] = portal.clusters as [PortalData['clusters'][number], PortalData['clusters'][number]];
    const withoutServer = signInOf({ ...portal, clusters: [{ ...first, server: null }, second] });
    const apps = portal.apps.map((app) => (app.name === first.app ? { ...app, clientId: null } : app));
    const withoutClientId = signInOf({ ...portal, apps });

    expect(withoutServer?.clusters.map(({ key }) => key)).toEqual([second.key]);
    expect(withoutClientId?.clusters.map(({ key }) => key)).toEqual([second.key]);
    expect(withoutClientId?.apps.map(({ name }) => name)).toEqual([second.app]);
  });

  test('gives nothing without an issuer', () => {
    expect(signInOf(portalOf(production, NO_FACTS))).toBeUndefined();
  });
});

describe('clustersOfGroup', () => {
  test('lists the clusters on which a group has anything', () => {
    expect([...clustersOfGroup(portal, 'eks-developers')]).toEqual(['production']);
    expect([...clustersOfGroup(portal, 'eks-admins')]).toEqual(['production', 'tools']);
    expect([...clustersOfGroup(portal, 'nobody')]).toEqual([]);
  });
});
