import { SMALLEST } from '../../access-files';
import { fileWith } from '../file-with';
import { problemsOf, problemsWith } from './problems-in-both-schemas';

const EKS_KEYS =
  'kind, app, namespaces, guards, identityProvider, tags, absent, replaceable, name, region, account, deployers, breakGlass, alarms, version, roleName, network, endpoint, logs, logRetentionDays, secretsKeyArn, authenticationMode, supportType, deletionProtection';

/** Every place of the design's key table with the keys that it has: a key of the table that is missing here is unknown. */
const KEYS: readonly (readonly [path: string, place: readonly (string | number)[], keys: string])[] = [
  [
    '',
    [],
    'okta, authorizationServer, groupsClaim, claims, identityProvider, signIn, selfServiceAttributes, groups, roles, clusters, namespaces, guards, clusterDefaults, grants, backend, tags',
  ],
  ['okta', ['okta'], 'orgName, baseUrl'],
  [
    'authorizationServer',
    ['authorizationServer'],
    'name, description, audience, issuerMode, existing, handOver, replaceable',
  ],
  ['groupsClaim', ['groupsClaim'], 'name, startsWith'],
  ['identityProvider', ['identityProvider'], 'name, usernameClaim, prefix, requiredClaims, replaceable'],
  ['signIn', ['signIn'], 'assignment, redirectPorts, refresh, deviceCode, accessTokenMinutes, authenticationPolicy'],
  ['signIn.refresh', ['signIn', 'refresh'], 'lifetime, idle, rotation, leeway'],
  ['roles.reader', ['roles', 'reader'], 'existing, scope, description, rules, aggregateTo, accept'],
  [
    'namespaces.team-a',
    ['namespaces', 'team-a'],
    'create, handOver, holds, podSecurity, denyIngress, allowIngressFrom, quota',
  ],
  [
    'guards',
    ['guards'],
    'secretDeletion, runAsRoot, systemNamespaces, namespaces, mode, allowPrivilegeEscalation, exemptServiceAccounts',
  ],
  ['groups.eks-admins', ['groups', 'eks-admins'], 'description, logins, rule, existing, was, handOver'],
  ['clusters.prod', ['clusters', 'prod'], EKS_KEYS],
  ['clusters.prod.endpoint', ['clusters', 'prod', 'endpoint'], 'private, publicCidrs'],
  ['clusters.prod.breakGlass', ['clusters', 'prod', 'breakGlass'], 'roleArn, expires, reason'],
  ['clusters.prod.alarms', ['clusters', 'prod', 'alarms'], 'topicArn'],
  ['clusters.prod.account', ['clusters', 'prod', 'account'], 'id, roleArn'],
  ['grants[0]', ['grants', 0], 'group, role, clusters, namespaces, expires, reason, accept'],
];

describe('an unknown key', () => {
  test.each(KEYS)('fails at %j with the keys that are allowed there', (path, place, keys) => {
    const problems = problemsOf(fileWith([...place, 'zzzzzzzz'], 5));

    expect(problems.filter(({ check }) => check === 'unknown-key')).toEqual([
      {
        path: path === '' ? 'zzzzzzzz' : `${path}.zzzzzzzz`,
        check: 'unknown-key',
        message: "There is no key 'zzzzzzzz' here.",
        given: '5',
        allowed: keys,
        fix: 'Remove it.',
      },
    ]);
  });

  test('fails with the nearest key that is allowed there', () => {
    const problems = problemsOf(fileWith(['clusters', 'prod', 'verison'], '1.35'));

    expect(problems).toEqual([
      {
        path: 'clusters.prod.verison',
        check: 'unknown-key',
        message: "There is no key 'verison' here. Did you mean 'version'?",
        given: "'1.35'",
        allowed: EKS_KEYS,
        fix: "Change it to 'version', or remove it.",
      },
    ]);
  });

  test('fails in an existing cluster, and suggests no key of a created one', () => {
    const problems = problemsWith({
      clusters: { prod: { kind: 'existing-eks', region: 'eu-west-1', version: '1.35' } },
    });

    expect(problems).toEqual([
      {
        path: 'clusters.prod.version',
        check: 'unknown-key',
        message: "There is no key 'version' here.",
        given: "'1.35'",
        allowed:
          'kind, app, namespaces, guards, identityProvider, tags, absent, replaceable, name, region, account, deployers, breakGlass, alarms, handOver',
        fix: 'Remove it.',
      },
    ]);
  });

  test('fails in a self-managed cluster with its own keys', () => {
    const problems = problemsWith({
      clusters: { prod: { kind: 'self-managed', kubeconfigContext: 'x', region: 'eu-west-1' } },
    });

    expect(problems.filter(({ check }) => check === 'unknown-key').map(({ path, allowed }) => [path, allowed])).toEqual(
      [
        [
          'clusters.prod.region',
          'kind, app, namespaces, guards, identityProvider, tags, absent, replaceable, kubeconfigContext, version',
        ],
      ],
    );
  });

  test('fails in a rule of a role, with its own keys', () => {
    const problems = problemsWith({ roles: { reader: { rules: [{ resourceName: ['x'] }] } } });

    expect(problems.filter(({ check }) => check === 'unknown-key').map(({ path, allowed }) => [path, allowed])).toEqual(
      [['roles.reader.rules[0].resourceName', 'apiGroups, resources, verbs, resourceNames, nonResourceURLs']],
    );
  });

  test('fails in the object form of a prefix', () => {
    const problems = problemsWith({ identityProvider: { prefix: { username: 'a', groups: 'b', group: 'c' } } });

    expect(problems.map(({ path, message, allowed }) => [path, message, allowed])).toEqual([
      ['identityProvider.prefix.group', "There is no key 'group' here. Did you mean 'groups'?", 'username, groups'],
    ]);
  });

  test('fails for each unknown key, in the order of the file', () => {
    const problems = problemsOf({ ...SMALLEST, x1: 1, okta: { orgName: 'a', x2: 2 }, x3: 3 });

    expect(problems.map(({ path, given }) => [path, given])).toEqual([
      ['okta.x2', '2'],
      ['x1', '1'],
      ['x3', '3'],
    ]);
  });

  test('fails with a path in brackets if the key is not a plain name', () => {
    expect(problemsOf({ ...SMALLEST, 'my key': {} }).map(({ path, given }) => [path, given])).toEqual([
      ['["my key"]', 'an empty object'],
    ]);
  });

  test.each(['toString', 'constructor', 'hasOwnProperty'])('fails for %s, which every object has', (key) => {
    expect(problemsOf(fileWith(['okta', key], 1)).map(({ path, check }) => [path, check])).toEqual([
      [`okta.${key}`, 'unknown-key'],
    ]);
  });
});

describe('the keys of the design', () => {
  test.each<readonly [string, Record<string, unknown>]>([
    ['okta', { orgName: 1, baseUrl: 1 }],
    ['authorizationServer', { name: 1, description: 1, audience: 1, issuerMode: 1, existing: 1 }],
    ['groupsClaim', { name: 1, startsWith: 1 }],
    [
      'identityProvider',
      { name: 1, usernameClaim: 1, prefix: { username: 'a', groups: 'b' }, requiredClaims: 1, replaceable: 1 },
    ],
    [
      'signIn',
      {
        assignment: 1,
        redirectPorts: 1,
        refresh: { lifetime: 1, idle: 1, rotation: 1, leeway: 1 },
        deviceCode: 1,
        accessTokenMinutes: 1,
        authenticationPolicy: { requireMfa: true, networkZones: ['x'] },
      },
    ],
    ['groups', { 'eks-admins': { description: 1, logins: 1, rule: 1, existing: 1 } }],
    [
      'roles',
      {
        reader: {
          scope: 1,
          rules: [{ apiGroups: 1, resources: 1, verbs: 1, resourceNames: 1, nonResourceURLs: 1 }],
          description: 1,
        },
      },
    ],
    [
      'clusters',
      {
        prod: {
          kind: 'eks',
          name: 1,
          region: 1,
          version: 1,
          roleName: 1,
          network: { subnetIds: 1, securityGroupIds: 1 },
          endpoint: { private: 1, publicCidrs: 1 },
          logs: 1,
          logRetentionDays: 1,
          secretsKeyArn: 1,
          supportType: 1,
          deletionProtection: 1,
          app: 1,
          namespaces: 1,
          guards: 1,
          tags: 1,
          account: { id: 1, roleArn: 1 },
          deployers: 1,
          breakGlass: { roleArn: 1, expires: 1, reason: 1 },
          alarms: { topicArn: 1 },
        },
        legacy: {
          kind: 'existing-eks',
          name: 1,
          region: 1,
          app: 1,
          namespaces: 1,
          guards: 1,
          tags: 1,
          account: 1,
          deployers: 1,
          breakGlass: 1,
          alarms: 1,
        },
        own: { kind: 'self-managed', kubeconfigContext: 1, version: 1, app: 1, namespaces: 1, guards: 1, tags: 1 },
      },
    ],
    [
      'namespaces',
      {
        'team-a': {
          create: 1,
          podSecurity: 1,
          denyIngress: 1,
          allowIngressFrom: [{ namespace: 1, podLabels: 1, port: 1 }],
          quota: 1,
        },
      },
    ],
    ['guards', { secretDeletion: 1, runAsRoot: 1, namespaces: 1 }],
    ['clusterDefaults', { region: 1, version: 1, app: 1, tags: 1, logs: 1, deployers: 1, kubeconfigContext: 1 }],
  ])('are known in %s, whatever their values', (key, value) => {
    expect(problemsOf({ ...SMALLEST, [key]: value }).filter(({ check }) => check === 'unknown-key')).toEqual([]);
  });

  test('are known in a grant', () => {
    const grant = { group: 1, role: 1, clusters: 1, namespaces: 1, expires: 1, accept: 1 };

    const problems = problemsWith({ grants: [grant] });

    expect(problems.filter(({ check }) => check === 'unknown-key')).toEqual([]);
  });
});
