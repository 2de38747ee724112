import { type Access, readAccess } from '../../../model';
import { accessChanges } from '../../../model/review/changes';
import { accessDiff } from '../../../model/review/diff';
import { accessWith, DAY, SMALLEST } from '../../access-files';

const ROLE = 'arn:aws:iam::111122223333:role';
const GRANT = { group: 'eks-ops', role: 'view', clusters: ['prod'] };

/** A file with a value for every key. */
const FULL = {
  okta: { orgName: 'example', baseUrl: 'okta.com' },
  authorizationServer: { name: 'EKS', description: 'Tokens', audience: 'x', issuerMode: 'ORG_URL' },
  groupsClaim: { name: 'groups', startsWith: 'eks-' },
  claims: { description: { existing: true } },
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

describe('accessDiff', () => {
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

  test('is who joins a group that gets another role at the same time', () => {
    const grants = (role: string) => [FULL.grants[0], { ...GRANT, role }];
    const file = (logins: readonly string[], role: string) =>
      accessWith({ ...FULL, groups: { ...FULL.groups, 'eks-ops': { logins } }, grants: grants(role) });

    expect(changes(file(['ana@example.com'], 'admin'), file(['ana@example.com', 'mal@example.com'], 'edit'))).toEqual(
      [],
    );
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

    expect(changes(full(), accessWith(wider))).toEqual([]);
    expect(changes(full(), accessWith(more))).toEqual(['roles.more']);
  });
});

describe('what leaves the file', () => {
  const EKS = { kind: 'eks', region: 'eu-west-1' };
  const GUARDS = { guards: { runAsRoot: [] } };
  const UNPROTECTED: Record<string, object> = { eks: { deletionProtection: false } };
  const told = (before: Record<string, unknown>, after: Record<string, unknown>) =>
    accessDiff(accessWith(before), accessWith(after)).changes.map(({ path, effect, what }) => [path, effect, what]);

  test('without its first step is named: a cluster, and the last guard of clusters', () => {
    const clusters = { prod: EKS, test: EKS };

    expect(told({ clusters }, { clusters: { prod: EKS } })).toEqual([
      ['clusters.test', 'replaces', expect.stringContaining('leaves the file without its first step, absent: true')],
    ]);
    expect(told({ clusters, ...GUARDS }, { clusters })).toEqual([
      ['guards', 'replaces', expect.stringMatching(/without its first step, guards: \{\}\. Its guards stay in force/)],
    ]);
    expect(told({ clusters: { prod: { ...EKS, ...GUARDS } } }, { clusters: { prod: EKS } })).toEqual([
      ['clusters.prod.guards', 'replaces', expect.stringContaining('without its first step, guards: {}')],
    ]);
  });

  test('widens where the guards of the file leave a cluster that has guards of its own', () => {
    const clusters = { prod: EKS, test: { ...EKS, guards: { secretDeletion: [] } } };

    expect(told({ clusters, ...GUARDS }, { clusters })).toEqual([
      ['guards', 'widens', expect.stringMatching(/^The stack guards-<key>.*\. No guard of the file refuses anything/)],
    ]);
  });

  test('after its first step changes nothing, and is told as such', () => {
    const absent = { prod: EKS, test: { ...EKS, absent: true } };

    expect(told({ clusters: absent }, { clusters: { prod: EKS } })).toEqual([
      ['clusters.test', 'neutral', 'The empty stacks of an absent cluster leave the program'],
    ]);
    expect(told({ guards: {} }, {})).toEqual([]);
  });

  test('widens with guards: {}, which removes them', () => {
    expect(told(GUARDS, { guards: {} })).toEqual([
      ['guards.runAsRoot', 'widens', expect.stringContaining('no guard refuses it')],
    ]);
  });

  test.each([
    [EKS, 'Terraform destroys the cluster with everything that runs on it'],
    [{ ...EKS, deletionProtection: true }, 'and then fails: EKS refuses to delete the cluster'],
    [{ ...EKS, kind: 'existing-eks' }, 'the RBAC of the file from the cluster, which stays'],
    [{ kind: 'self-managed', kubeconfigContext: 'x' }, 'the RBAC of the file from the cluster, which stays'],
  ])('with absent: true has its price: %j', (settings, price) => {
    const changes = told(
      { clusters: { prod: EKS, test: settings } },
      { clusters: { prod: EKS, test: { ...settings, ...UNPROTECTED[settings.kind], absent: true } } },
    );

    expect(changes).toEqual([['clusters.test', 'replaces', expect.stringContaining(price)]]);
  });

  test('is told as losses of the groups that had a role there', () => {
    const { losses } = accessDiff(
      accessWith({ clusters: { prod: EKS, test: EKS } }),
      accessWith({ clusters: { prod: EKS, test: { ...EKS, absent: true } } }),
    );

    expect(losses.map(({ group, cluster }) => [group, cluster])).toEqual([['eks-admins', 'test']]);
  });

  test('stays as it is where it is handed over, and is destroyed otherwise', () => {
    const before = {
      groups: { 'eks-admins': {}, 'eks-ops': {} },
      clusters: { prod: { ...EKS, roleName: 'Role', endpoint: { private: true }, logs: [] } },
      namespaces: { shop: { create: true } },
    };
    const given = (handOver?: true) => ({
      groups: { 'eks-admins': {}, 'eks-ops': { existing: true, handOver } },
      clusters: { prod: { kind: 'existing-eks', region: 'eu-west-1', handOver } },
      namespaces: { shop: { handOver } },
    });

    expect(told(before, given(true)).map(([path, effect]) => [path, effect])).toEqual([
      ['clusters.prod.handOver', 'neutral'],
      ['groups.eks-ops.handOver', 'neutral'],
      ['namespaces.shop.handOver', 'neutral'],
    ]);
    expect(told(before, given()).filter(([path]) => /kind|existing|create/.test(String(path)))).toEqual([
      ['clusters.prod.kind', 'replaces', expect.stringContaining('destroys the cluster')],
      ['groups.eks-ops.existing', 'replaces', expect.stringContaining('deletes the group')],
      ['namespaces.shop.create', 'replaces', expect.stringContaining('deletes the namespace')],
    ]);
  });
});

describe('what a change means', () => {
  const EKS = { kind: 'eks', region: 'eu-west-1' };
  const EXISTING = { kind: 'existing-eks', region: 'eu-west-1' };
  const effects = (before: Record<string, unknown>, after: Record<string, unknown>) =>
    accessDiff(accessWith(before), accessWith(after)).changes.map(({ path, effect }) => [path, effect]);

  test('names the price of what is replaced', () => {
    const what = (before: Record<string, unknown>, after: Record<string, unknown>) =>
      accessDiff(accessWith(before), accessWith(after)).changes.map((change) => change.what);

    expect(what({}, { identityProvider: { name: 'Other' } })).toEqual([
      'The association gets another name; sign-in to EKS clusters is unavailable for 20 minutes or more while Terraform replaces their associations, and self-managed clusters refuse tokens until their API servers have the new flags',
    ]);
    expect(what({}, { clusters: { prod: { ...EKS, roleName: 'other' } } })).toEqual([
      'Terraform destroys the cluster with everything that runs on it, and creates a new one',
    ]);
    const key = 'arn:aws:kms:eu-west-1:111122223333:key/0f8fad5b-d9cb-469f-a165-70867728950e';
    expect(what({}, { clusters: { prod: { ...EKS, secretsKeyArn: key } } })[0]).toContain('irreversible');
  });

  test('is a widening on one of two clusters that get the same app', () => {
    const clusters = (app?: string) => ({ clusters: { prod: { ...EXISTING, app }, stage: EXISTING } });

    expect(effects(clusters(), clusters('stage'))).toEqual([['clusters.prod.app', 'widens']]);
    expect(effects(clusters('stage'), clusters('other'))).toEqual([['clusters.prod.app', 'replaces']]);
    const both = { clusters: { prod: { ...EXISTING, app: 'all' }, stage: { ...EXISTING, app: 'all' } } };
    expect(effects(clusters(), both)).toEqual([
      ['clusters.prod.app', 'widens'],
      ['clusters.stage.app', 'widens'],
    ]);
  });

  test.each([
    ['eks', 'existing-eks', 'replaces'],
    ['existing-eks', 'eks', 'replaces'],
    ['self-managed', 'existing-eks', 'moves'],
    ['existing-eks', 'self-managed', 'moves'],
  ])('of another kind includes the IAM administrators: from %s to %s', (old, now, effect) => {
    const deployers = [`${ROLE}/pipeline`];
    const clusters = (kind: string) => ({
      clusters: {
        prod: kind === 'self-managed' ? { kind, kubeconfigContext: 'a' } : { kind, region: 'eu-west-1', deployers },
      },
    });

    const found = effects(clusters(old), clusters(now));

    expect(found).toContainEqual(['clusters.prod.kind', effect]);
    expect(found.filter(([path]) => path === 'clusters.prod.deployers')).toEqual(
      old === 'self-managed'
        ? [['clusters.prod.deployers', 'widens']]
        : now === 'self-managed'
          ? [['clusters.prod.deployers', 'narrows']]
          : [],
    );
  });

  test('of another kind does not tell the settings that only one kind has', () => {
    const made = { clusters: { prod: { ...EKS, tags: { team: 'a' } } } };
    const existing = { clusters: { prod: EXISTING } };
    const own = { clusters: { prod: { kind: 'self-managed', kubeconfigContext: 'a' } } };

    expect(effects(existing, made)).toEqual([
      ['clusters.prod.kind', 'replaces'],
      ['clusters.prod.tags.team', 'neutral'],
    ]);
    expect(effects(existing, own)).toEqual([['clusters.prod.kind', 'moves']]);
    expect(effects(own, existing)).toEqual([['clusters.prod.kind', 'moves']]);
  });

  test('is a widening if a cluster leaves a guard of the file, and nothing if it lists the same', () => {
    const file = (guards?: unknown) => ({
      guards: { secretDeletion: ['eks-admins'] },
      clusters: { prod: { ...EXISTING, ...(guards !== undefined && { guards }) } },
    });

    expect(effects(file({ secretDeletion: [] }), file())).toEqual([['clusters.prod.guards.secretDeletion', 'widens']]);
    expect(effects(file(), file({ secretDeletion: ['eks-admins'] }))).toEqual([
      ['clusters.prod.guards.secretDeletion', 'neutral'],
    ]);
  });

  test('is nothing if a guard of the file becomes one of each cluster, or the other way round', () => {
    const guards = { secretDeletion: ['eks-admins'], namespaces: { shop: ['eks-admins'] } };
    const ofFile = { guards, clusters: { prod: EXISTING } };
    const ofCluster = { clusters: { prod: { ...EXISTING, guards } } };

    for (const found of [effects(ofFile, ofCluster), effects(ofCluster, ofFile)]) {
      expect(found.map(([path]) => path)).toEqual([
        'clusters.prod.guards.namespaces.shop',
        'clusters.prod.guards.secretDeletion',
        'guards.namespaces.shop',
        'guards.secretDeletion',
      ]);
      expect(new Set(found.map(([, effect]) => effect))).toEqual(new Set(['neutral']));
    }
  });

  test('is that of a guard of the file where at least one cluster takes it', () => {
    const own = { ...EXISTING, guards: { secretDeletion: [] } };
    const file = (guards: unknown, more = {}) => ({ guards, clusters: { prod: own, ...more } });
    const guards = { secretDeletion: ['eks-admins'] };

    expect(effects(file({}), file(guards))).toEqual([['guards.secretDeletion', 'neutral']]);
    expect(effects(file(guards, { stage: EXISTING }), file({}, { stage: EXISTING }))).toEqual([
      ['guards.secretDeletion', 'widens'],
    ]);
  });

  test('is that one cluster gets another key', () => {
    const clusters = (key: string, name?: string, app?: string) => ({
      clusters: { [key]: { ...EXISTING, ...(name && { name }), ...(app && { app }) } },
    });

    const { changes } = accessDiff(accessWith(clusters('prod')), accessWith(clusters('live', 'prod')));

    expect(changes.map(({ path, effect }) => [path, effect])).toEqual([
      ['clusters.live', 'replaces'],
      ['clusters.prod', 'replaces'],
    ]);
    expect(changes[0]?.what).toContain('One cluster gets another key');
    // Another name is another cluster.
    expect(effects(clusters('prod'), clusters('live'))).toEqual([
      ['clusters.live', 'widens'],
      ['clusters.prod', 'replaces'],
    ]);
  });

  test('says who administers a new cluster, and who accepts whose tokens', () => {
    const what = (more: Record<string, unknown>) =>
      accessDiff(
        accessWith({ clusters: { prod: EXISTING } }),
        accessWith({ clusters: { prod: EXISTING, more } }),
      ).changes.map((change) => change.what);

    expect(what({ kind: 'self-managed', kubeconfigContext: 'a' })).toEqual([
      'The file takes in a cluster, on which the grants hold',
    ]);
    expect(what({ ...EXISTING, app: 'prod' })).toEqual([
      "The file takes in a cluster. Its deployers, its break-glass role, and the role of its account administer it without Okta. It and the clusters with the same app accept each other's tokens",
    ]);
    expect(what(EKS)[0]).toContain('whoever creates it');
  });

  test('is only a text if another reason says why service accounts hold a role', () => {
    const file = (reason: string) =>
      accessWith({ namespaces: { shop: { holds: [{ awsRole: `${ROLE}/s3`, reason }] } } });

    expect(accessDiff(file('a'), file('b')).changes).toEqual([expect.objectContaining({ isText: true })]);
  });

  test('includes that a group is deleted in Okta', () => {
    const file = (...more: readonly unknown[]) => ({
      groups: { 'eks-admins': {}, ...(more.length > 0 && { 'eks-ops': {} }) },
      grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }, ...more],
    });

    expect(effects(file(GRANT), file())).toEqual([['groups.eks-ops', 'narrows']]);
  });

  test('is a widening if the last grant in a namespace with settings is removed', () => {
    const grants = (...more: readonly Record<string, unknown>[]) => ({
      groups: { 'eks-admins': {}, 'eks-ops': {} },
      namespaces: { shop: { podSecurity: 'restricted' }, made: { create: true } },
      grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }, ...more],
    });
    const inNamespace = (namespace: string) => grants({ ...GRANT, namespaces: [namespace] });

    expect(effects(inNamespace('shop'), grants())).toEqual([['clusters.prod.namespaces', 'widens']]);
    expect(effects(grants(), inNamespace('shop'))).toEqual([['clusters.prod.namespaces', 'narrows']]);
    expect(effects(inNamespace('made'), grants())).toEqual([['clusters.prod.namespaces', 'replaces']]);
    expect(effects(inNamespace('other'), grants())).toEqual([]);
  });

  test('is a widening if the settings of a namespace are removed', () => {
    const file = (namespaces: unknown) => ({ namespaces });

    expect(effects(file({ shop: { podSecurity: 'restricted', denyIngress: true } }), file({}))).toEqual([
      ['namespaces.shop.denyIngress', 'widens'],
      ['namespaces.shop.podSecurity', 'widens'],
    ]);
  });

  test('of a grant compares with the one that lasts longest, if two give the same', () => {
    const day = (expires?: string) => ({ ...FULL.grants[0], ...(expires && { expires }) });
    const read = (...grants: readonly unknown[]) => readAccess({ ...SMALLEST, grants }, DAY, []);

    const { changes } = accessDiff(read(day(), day('2026-12-01')), read(day('2026-12-01')));

    expect(changes.map(({ path, effect }) => [path, effect])).toEqual([['grants[0].expires', 'narrows']]);
  });

  test('says that members come from elsewhere, in addition to the losses', () => {
    const group = (settings: unknown) => ({ groups: { 'eks-admins': settings } });

    const diff = accessDiff(accessWith(group({ logins: ['ana@example.com'] })), accessWith(group({})));

    expect(diff.gains).toEqual([]);
    expect(diff.losses.map(({ who }) => who)).toEqual(['ana@example.com']);
    expect(diff.changes.map(({ path, effect }) => [path, effect])).toEqual([['groups.eks-admins.logins', 'widens']]);
  });
});
