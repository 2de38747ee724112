import tutorial from '../../../access.config';
import { fleetOf } from '../../../bench/fleet';
import directory from '../../../examples/directory';
import production from '../../../examples/production';
import { readAccess } from '../../../model';
import { portalData } from '../../../sign-in/portal/portal-data';
import { portalOf } from '../../../sign-in/portal/portal-of';
import { accessWith, DAY } from '../../access-files';
import { allFacts, NO_FACTS } from './facts';

const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };

describe('portalOf', () => {
  test('says everything of the tutorial', () => {
    expect(portalOf(tutorial, allFacts(tutorial))).toEqual({
      schemaVersion: 1,
      organization: 'dev-123456.okta.com',
      day: DAY,
      issuerUrl: 'https://example.okta.com/oauth2/aus1',
      apps: [{ name: 'EKS', clientId: '0oa0', scopes: ['email'], redirectPorts: [8000, 18000], deviceCode: false }],
      clusters: [
        {
          ...{ key: 'eks-cluster', name: 'eks-cluster', kind: 'eks', region: 'us-west-1', app: 'EKS' },
          server: {
            endpoint: 'https://0.gr7.eu-west-1.eks.amazonaws.com',
            certificateAuthority: 'Y2VydGlmaWNhdGUgb2YgZWtzLWNsdXN0ZXI=',
          },
        },
      ],
      groups: [{ name: 'eks-admins', description: 'Admins who can administer the EKS cluster' }],
      roles: [
        {
          name: 'cluster-admin',
          description: null,
          allows: [{ does: ['do everything with'], verbs: ['*'], things: ['all URLs', 'all resources'] }],
          notes: [],
        },
      ],
      access: [{ group: 0, role: 0, clusters: [0], namespaces: null, until: null, refused: [] }],
      lifetimes: { idTokenMinutes: 60, refresh: null },
      endsSoon: [],
    });
  });

  test.each([
    ['directory', directory],
    ['production', production],
  ])('says everything of the example %s', (_, access) => {
    expect(portalOf(access, allFacts(access))).toMatchSnapshot();
  });

  test('says which facts are not known yet', () => {
    const { issuerUrl, apps, clusters } = portalOf(directory, NO_FACTS);

    expect(issuerUrl).toBeNull();
    expect(apps.map(({ clientId }) => clientId)).toEqual([null, null]);
    expect(clusters.map(({ server }) => server)).toEqual([null, null]);
  });

  test('knows how to reach a cluster only with its endpoint and its certificate authority', () => {
    const facts = allFacts(directory);
    const of = (changes: object) => portalOf(directory, { ...facts, ...changes }).clusters.map(({ server }) => server);

    expect(of({})).toEqual([expect.anything(), expect.anything()]);
    expect(of({ certificateAuthorities: new Map() })).toEqual([null, null]);
    expect(of({ endpoints: new Map() })).toEqual([null, null]);
  });

  test('says the same of a role once for all places where it allows the same', () => {
    const access = readAccess(fleetOf(50, 6), DAY);
    const { roles, access: rows } = portalOf(access, allFacts(access));

    const names = roles.map(({ name, allows, notes }) => JSON.stringify([name, allows, notes]));
    expect(new Set(names).size).toBe(names.length);
    expect(roles.length).toBeLessThan(20);
    const places = rows.flatMap(({ clusters, namespaces }) => clusters.flatMap(() => namespaces ?? [null]));
    expect(places).toHaveLength(
      new Set(access.placements.map((p) => JSON.stringify([p.group, p.cluster, p.namespace, p.role]))).size,
    );
  });

  test('puts namespaces into one row only where nothing else differs', () => {
    const access = accessWith({
      groups: { 'eks-admins': {}, 'eks-developers': {} },
      clusters: {
        one: { kind: 'eks', region: 'eu-west-1', guards: { namespaces: { c: [] } } },
        two: { kind: 'eks', region: 'eu-west-1' },
      },
      grants: [
        ADMINS,
        { group: 'eks-developers', role: 'edit', clusters: '*', namespaces: ['b', 'a', 'c'] },
        { group: 'eks-developers', role: 'edit', clusters: ['two'], namespaces: ['d'], expires: '2099-01-01' },
      ],
    });

    expect(
      portalOf(access, NO_FACTS)
        .access.filter(({ group }) => group === 1)
        .map(({ clusters, namespaces, until, refused }) => [clusters, namespaces, until, refused]),
    ).toEqual([
      [[1], ['a', 'b', 'c'], null, []],
      [[0], ['a', 'b'], null, []],
      [[0], ['c'], null, ['changes in the namespace c']],
      [[1], ['d'], '2099-01-01', []],
    ]);
  });

  test('is in its schema, and has the same bytes for the order of a file', () => {
    const turned = accessWith({
      groups: { 'eks-b': {}, 'eks-admins': {} },
      clusters: { two: { kind: 'eks', region: 'eu-west-1' }, one: { kind: 'eks', region: 'eu-west-1' } },
      grants: [
        { group: 'eks-b', role: 'view', clusters: ['two'] },
        { group: 'eks-b', role: 'edit', clusters: ['one'] },
        ADMINS,
      ],
    });
    const written = accessWith({
      groups: { 'eks-admins': {}, 'eks-b': {} },
      clusters: { one: { kind: 'eks', region: 'eu-west-1' }, two: { kind: 'eks', region: 'eu-west-1' } },
      grants: [
        ADMINS,
        { group: 'eks-b', role: 'edit', clusters: ['one'] },
        { group: 'eks-b', role: 'view', clusters: ['two'] },
      ],
    });
    const portal = portalOf(written, NO_FACTS);

    expect(JSON.stringify(portalOf(turned, NO_FACTS))).toBe(JSON.stringify(portal));
    expect(portalData.parse(portal)).toEqual(portal);
  });

  test('cuts texts that are longer than its schema allows, between characters', () => {
    const access = accessWith({ groups: { 'eks-admins': { description: `${'a'.repeat(998)}😀😀` } } });
    const portal = portalOf(access, NO_FACTS);

    expect(portal.groups[0]?.description).toBe(`${'a'.repeat(998)}…`);
    expect(portalData.safeParse(portal).success).toBe(true);
  });

  test('has no people, reasons, accounts, and places in the file', () => {
    const text = JSON.stringify(portalOf(production, allFacts(production)));

    for (const secret of ['ana@', 'user.', 'arn:', '111122223333', 'On call', 'grants[', 'subnet-', 'Offices']) {
      expect(text).not.toContain(secret);
    }
  });

  test('says what ends within 30 days, the next one first', () => {
    const grant = (role: string, expires: string) => ({ group: 'eks-admins', role, clusters: '*', expires });
    const grants = [grant('view', '2026-02-10'), grant('edit', '2026-01-20'), grant('admin', '2026-03-20'), ADMINS];
    const access = accessWith({ grants }, '2026-01-15');

    expect(portalOf(access, NO_FACTS).endsSoon).toEqual([
      { what: 'grant of edit to eks-admins', expires: '2026-01-20' },
      { what: 'grant of view to eks-admins', expires: '2026-02-10' },
    ]);
  });
});
