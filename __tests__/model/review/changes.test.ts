import type { Access } from '../../../model';
import { derivedAccess, settingsOf } from '../../../model/derived/access';
import { accessSchema } from '../../../model/file/schema';
import { accessChanges, isDescriptive } from '../../../model/review/changes';
import { accessDiff } from '../../../model/review/diff';
import { accessWith, DAY } from '../../access-files';

const ROLE = 'arn:aws:iam::111122223333:role';
const GRANT = { group: 'eks-ops', role: 'view', clusters: ['prod'] };

/** A file with a value for every key. */
const FULL = {
  okta: { orgName: 'example', baseUrl: 'okta.com' },
  authorizationServer: { name: 'EKS', description: 'Tokens', audience: 'x', issuerMode: 'ORG_URL' },
  groupsClaim: { name: 'groups', startsWith: 'eks-' },
  identityProvider: { name: 'Okta', usernameClaim: 'email', prefix: 'okta:', requiredClaims: { description: 'x' } },
  signIn: {
    refresh: { lifetime: '12h', idle: '2h', rotation: true, leeway: 30 },
    deviceCode: false,
    accessTokenMinutes: 15,
    authenticationPolicy: { requireMfa: true, networkZones: ['VPN'] },
  },
  groups: {
    'eks-admins': { description: 'Admins', logins: ['ana@example.com'] },
    'eks-ops': { rule: 'user.department == "Ops"' },
    'eks-unused': { logins: ['ben@example.com'] },
    tags: {},
  },
  roles: { own: { description: 'Reads', rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] } },
  clusters: {
    prod: {
      kind: 'eks',
      region: 'eu-west-1',
      version: '1.35',
      account: { id: '111122223333', roleArn: `${ROLE}/terraform` },
      network: { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] },
      endpoint: { private: true, publicCidrs: ['203.0.113.0/24'] },
      secretsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0f8fad5b-d9cb-469f-a165-70867728950e',
      supportType: 'STANDARD',
      deployers: [`${ROLE}/pipeline`],
      breakGlass: { roleArn: `${ROLE}/on-call`, expires: '2026-12-31', reason: 'Okta is down' },
      alarms: { topicArn: 'arn:aws:sns:eu-west-1:111122223333:security' },
      namespaces: ['shop'],
      guards: { runAsRoot: ['eks-admins'] },
      tags: { team: 'platform' },
    },
    tools: { kind: 'self-managed', kubeconfigContext: 'tools', version: '1.34' },
  },
  namespaces: {
    shop: {
      create: true,
      podSecurity: 'restricted',
      denyIngress: true,
      allowIngressFrom: [{ namespace: 'ingress', podLabels: { app: 'x' }, port: 8080 }],
      quota: { pods: 10 },
    },
  },
  guards: { secretDeletion: ['eks-admins'], namespaces: { shop: ['eks-admins'] } },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*', accept: { wildcards: 'They run the clusters' } },
    { ...GRANT, role: 'own', namespaces: ['shop'], expires: '2026-12-31' },
  ],
  backend: { s3: { bucket: 'state', region: 'eu-west-1' } },
  tags: { owner: 'platform' },
};
const full = () => accessWith(FULL);

/** The changes, by path. */
const between = (before: Access, after: Access) =>
  accessChanges(before, after).map(({ path, old, new: now }) => [path, old, now]);

type Place = readonly (string | number)[];

/** The file of a model, in its own shape. */
function fileOf(access: Access) {
  return { ...settingsOf(access), grants: access.grants };
}

/** The model of a file. */
function accessOf({ grants, ...settings }: ReturnType<typeof fileOf>): Access {
  return { ...derivedAccess(settings, grants, DAY), inherited: {}, warnings: [] };
}

/** The places of all values of a file that are neither objects nor lists. */
function leaves(value: unknown, place: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [place];
  return Object.entries(value).flatMap(([key, member]) =>
    leaves(member, [...place, Array.isArray(value) ? Number(key) : key]),
  );
}

/** A copy with a different value at a place. */
function changedAt<File>(file: File, place: Place): File {
  const copy = structuredClone(file);
  const last = place.at(-1) as string;
  const parent = place.slice(0, -1).reduce((value, key) => (value as never)[key], copy as unknown) as Record<
    string,
    unknown
  >;
  const value = parent[last];
  if (last === 'kind') return Object.assign(parent, { kind: 'existing-eks' }) && copy;
  parent[last] = typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `${value}-other`;
  return copy;
}

describe('accessDiff', () => {
  const file = fileOf(full());
  const places = leaves(file);

  test('is tested with every key of a file', () => {
    expect(places.length).toBeGreaterThan(70);
    expect(new Set(places.map(([top]) => top))).toEqual(
      new Set(Object.keys(accessSchema.shape).filter((key) => key !== 'clusterDefaults')),
    );
  });

  // The path of a grant is not a value of the file.
  test.each(
    places.filter(([top, , key]) => !(top === 'grants' && key === 'path')).map((place) => [place.join('.'), place]),
  )('reports a change of only %s', (_name, place) => {
    const { gains, losses, changes } = accessDiff(full(), accessOf(changedAt(file, place)));

    expect(gains.length + losses.length + changes.length).toBeGreaterThan(0);
  });

  test('is empty between two readings of the same file', () => {
    expect(accessDiff(full(), full())).toEqual({ gains: [], losses: [], changes: [] });
  });
});

describe('accessChanges', () => {
  test('are sorted by path, with null for a missing value', () => {
    const after = accessWith({ ...FULL, okta: { orgName: 'other' }, tags: {}, signIn: {} });

    expect(between(full(), after)).toEqual([
      ['okta.orgName', 'example', 'other'],
      ['signIn.accessTokenMinutes', 15, null],
      ['signIn.authenticationPolicy', { requireMfa: true, networkZones: ['VPN'] }, null],
      ['signIn.refresh', { lifetime: 720, idle: 120, rotation: true, leeway: 30 }, null],
      ['tags.owner', 'platform', null],
    ]);
  });

  test('include a new IAM administrator, removed MFA, an opened endpoint, and a prefix', () => {
    const { prod, ...others } = FULL.clusters;
    const changed = { ...prod, deployers: [...prod.deployers, `${ROLE}/mallory`], endpoint: {} };
    const after = accessWith({
      ...FULL,
      clusters: { ...others, prod: changed },
      identityProvider: { ...FULL.identityProvider, prefix: { username: '', groups: 'okta:' } },
      signIn: { ...FULL.signIn, authenticationPolicy: { networkZones: ['VPN'] } },
    });

    expect(between(full(), after)).toEqual([
      ['clusters.prod.deployers', [`${ROLE}/pipeline`], [`${ROLE}/pipeline`, `${ROLE}/mallory`]],
      ['clusters.prod.endpoint.private', true, false],
      ['clusters.prod.endpoint.publicCidrs', ['203.0.113.0/24'], null],
      ['identityProvider.prefix.username', 'okta:', ''],
      ['signIn.authenticationPolicy.requireMfa', true, false],
    ]);
  });

  test('include a new cluster as a whole', () => {
    const after = accessWith({
      ...FULL,
      clusters: { ...FULL.clusters, more: { kind: 'existing-eks', region: 'eu-west-1' } },
    });

    expect(between(full(), after)).toEqual([
      ['clusters.more', null, expect.objectContaining({ kind: 'existing-eks' })],
    ]);
  });

  test('include changed cluster defaults at the clusters that inherit them', () => {
    const {
      tools,
      prod: { version: _version, ...prod },
    } = FULL.clusters;
    const file = (version: string) => accessWith({ ...FULL, clusterDefaults: { version }, clusters: { prod, tools } });

    expect(between(file('1.34'), file('1.35'))).toEqual([['clusters.prod.version', '1.34', '1.35']]);
  });

  test('are empty if a name is set to its default', () => {
    const { prod, ...others } = FULL.clusters;
    const written = { ...prod, name: 'prod', app: 'prod', roleName: 'EKSCluster-prod' };

    expect(between(full(), accessWith({ ...FULL, clusters: { ...others, prod: written } }))).toEqual([]);
  });

  test('are empty if only the order of a list changes', () => {
    const file = (redirectPorts: number[]) => accessWith({ signIn: { redirectPorts } });

    expect(between(file([8000, 18000]), file([18000, 8000]))).toEqual([]);
  });

  const granted = (...grants: readonly Record<string, unknown>[]) =>
    accessWith({ ...FULL, grants: [FULL.grants[0], ...grants] });

  test('include other changes of a grant of a row that both files have, at its place in the new file', () => {
    const other = { ...GRANT, role: 'edit', group: 'eks-admins' };
    const before = granted({
      ...GRANT,
      role: 'pod-exec',
      clusters: ['prod', 'tools'],
      expires: '2026-12-31',
      accept: { 'pod-exec': 'a' },
    });
    const after = granted(other, { ...GRANT, role: 'pod-exec', clusters: '*', accept: { 'pod-exec': 'b' } });

    expect(between(before, after)).toEqual([
      ['grants[2].accept.pod-exec', 'a', 'b'],
      ['grants[2].clusters', ['prod', 'tools'], '*'],
      ['grants[2].expires', '2026-12-31', null],
    ]);
  });

  test('are empty if the same grants are written differently', () => {
    const before = granted({ ...GRANT, clusters: ['prod', 'tools'] });
    const after = granted({ ...GRANT, clusters: ['tools'] }, GRANT);

    expect(between(before, after)).toEqual([]);
  });
});

describe('what rows report', () => {
  const changes = (before: Access, after: Access) => accessDiff(before, after).changes.map(({ path }) => path);
  const withGroup = (name: string, settings: Record<string, unknown>, ...grants: readonly Record<string, unknown>[]) =>
    accessWith({ ...FULL, groups: { ...FULL.groups, [name]: settings }, grants: [...FULL.grants, ...grants] });

  test('is not also a change: who joins and leaves a group that keeps a role', () => {
    expect(changes(full(), withGroup('eks-ops', { rule: 'user.department == "Dev"' }))).toEqual([]);
  });

  test.each([
    [{ rule: 'true' }, {}, 'rule'],
    [{}, { logins: [] }, 'logins'],
    [{}, { logins: ['cleo@example.com'] }, 'logins'],
  ])(
    'does not include that a file starts or stops defining the members of a group: %j, then %j',
    (before, now, key) => {
      expect(changes(withGroup('eks-ops', before), withGroup('eks-ops', now))).toEqual([`groups.eks-ops.${key}`]);
    },
  );

  test('does not include who joins a group that gets another role at the same time', () => {
    const grants = (role: string) => [FULL.grants[0], { ...GRANT, role }];
    const file = (logins: readonly string[], role: string) =>
      accessWith({ ...FULL, groups: { ...FULL.groups, 'eks-ops': { logins } }, grants: grants(role) });

    expect(changes(file(['ana@example.com'], 'admin'), file(['ana@example.com', 'mal@example.com'], 'edit'))).toEqual([
      'groups.eks-ops.logins',
    ]);
  });

  test('does not include the members of a group without a grant', () => {
    expect(changes(full(), withGroup('eks-unused', { logins: [] }))).toEqual(['groups.eks-unused.logins']);
  });

  test('includes a new group with a grant, but not one without, one with members, or an existing one', () => {
    const grant = { ...GRANT, group: 'eks-new' };

    expect(changes(full(), withGroup('eks-new', { description: 'New' }, grant))).toEqual([]);
    expect(changes(full(), withGroup('eks-new', {}))).toEqual(['groups.eks-new']);
    expect(changes(full(), withGroup('eks-new', { logins: ['mal@example.com'] }, grant))).toEqual(['groups.eks-new']);
    expect(changes(full(), withGroup('eks-new', { existing: true }, grant))).toEqual(['groups.eks-new']);
  });

  test('includes that a role is granted, but not what it allows', () => {
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }];
    const wider = { ...FULL, roles: { own: { ...FULL.roles.own, rules } } };
    const more = {
      ...FULL,
      roles: { ...FULL.roles, more: { rules } },
      grants: [...FULL.grants, { ...GRANT, role: 'more' }],
    };

    expect(changes(full(), accessWith(wider))).toEqual(['roles.own.rules']);
    expect(changes(full(), accessWith(more))).toEqual(['roles.more']);
  });
});

describe('isDescriptive', () => {
  const descriptive = (changes: Record<string, unknown>) =>
    accessChanges(full(), accessWith({ ...FULL, ...changes })).map((change) => [change.path, isDescriptive(change)]);
  const { prod, ...others } = FULL.clusters;

  test('is true for descriptions, reasons, and tags', () => {
    const changed = {
      authorizationServer: { ...FULL.authorizationServer, description: 'b' },
      groups: { ...FULL.groups, 'eks-admins': { ...FULL.groups['eks-admins'], description: 'b' } },
      roles: { own: { ...FULL.roles.own, description: 'b' } },
      clusters: { ...others, prod: { ...prod, tags: {}, breakGlass: { ...prod.breakGlass, reason: 'b' } } },
      grants: [{ ...FULL.grants[0], accept: { wildcards: 'b', bind: 'b' } }, FULL.grants[1]],
      tags: { owner: 'b', more: 'b' },
    };

    expect(descriptive(changed)).toEqual([
      ['authorizationServer.description', true],
      ['clusters.prod.breakGlass.reason', true],
      ['clusters.prod.tags.team', true],
      ['grants[0].accept.bind', true],
      ['grants[0].accept.wildcards', true],
      ['groups.eks-admins.description', true],
      ['roles.own.description', true],
      ['tags.more', true],
      ['tags.owner', true],
    ]);
  });

  test('is false for anything else, whatever its name', () => {
    const changed = {
      identityProvider: { ...FULL.identityProvider, requiredClaims: { description: 'b' } },
      groups: { ...FULL.groups, tags: { existing: true }, description: {} },
      clusters: {
        ...others,
        prod: { ...prod, breakGlass: { ...prod.breakGlass, expires: '2027-01-01' } },
        tags: { ...others.tools, kubeconfigContext: 'tags' },
      },
      grants: [FULL.grants[0], { ...FULL.grants[1], expires: '2027-01-01' }],
    };

    expect(descriptive(changed)).toEqual([
      ['clusters.prod.breakGlass.expires', false],
      ['clusters.tags', false],
      ['grants[1].expires', false],
      ['groups.description', false],
      ['groups.tags.existing', false],
      ['identityProvider.requiredClaims.description', false],
    ]);
  });
});
