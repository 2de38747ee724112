import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import type { AuthenticationConfig } from '../../../authentication/authentication-config';
import {
  apiResources,
  authorizer,
  builtInRoles,
  effectiveRules,
  type PolicyRule,
  type RbacPolicy,
} from '../../../rbac';
import { type ApiClient, apiClient } from '../../../sandbox/api-server/api-client';
import type { ApiAnswer } from '../../../sandbox/api-server/api-server';
import type { KubernetesObject } from '../../../sandbox/api-server/kubernetes-objects';
import {
  REAL_KUBERNETES,
  type RealApiServer,
  type RealApiServers,
  startRealApiServers,
} from '../../../sandbox/api-server/real';
import { simulatedApiServer } from '../../../sandbox/api-server/simulated';
import { type CertificateAuthority, createCertificateAuthority } from '../../../sandbox/okta/certificate-authority';
import { createPrivateFolder, type PrivateFolder } from '../../../sandbox/private-folder';
import { buildTools } from '../../../sandbox/tools/build-tools';
import { KEY_SETS } from './key-sets';
import { NAMESPACES, type PolicyCase, policyCase, type Question } from './random-policies';
import { type TokenCase, tokenCase } from './random-tokens';
import { startTestIssuer, type TestIssuer } from './test-issuer';

// A fixed seed repeats the same cases. Another seed generates other cases.
const SEED = Number(process.env.DIFFERENTIAL_SEED ?? 20_260_615);
const POLICIES = 200;
const QUESTIONS = 50;
const TOKENS = 3000;
const AT_ONCE = 16;
const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const API_GROUP = 'rbac.authorization.k8s.io';
const NO_POLICY: RbacPolicy = { clusterRoles: [], roles: [], clusterRoleBindings: [], roleBindings: [] };

let ca: CertificateAuthority;
let folder: PrivateFolder;
let issuer: TestIssuer;
let servers: RealApiServers;
let configs: Readonly<Record<'email' | 'sub', AuthenticationConfig>>;

beforeAll(async () => {
  ca = await createCertificateAuthority();
  folder = createPrivateFolder(false);
  issuer = await startTestIssuer(ca);
  const tools = await buildTools({ report: (line) => process.stderr.write(`${line}\n`) });
  const common = { issuerUrl: issuer.issuerUrl, clientId: 'client', groupsClaim: 'groups' };
  configs = {
    email: {
      ...common,
      usernameClaim: 'email',
      usernamePrefix: 'okta:',
      groupsPrefix: 'okta:',
      requiredClaims: { tenant: 'x' },
    },
    sub: {
      ...common,
      usernameClaim: 'sub',
      usernamePrefix: `${issuer.issuerUrl}#`,
      groupsPrefix: '',
      requiredClaims: {},
    },
  };
  const namespaces = NAMESPACES.map(
    (name): KubernetesObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
  );
  const clusters = Object.entries(configs).map(([key, authentication]) => ({
    ...{ key, authentication, objects: namespaces, policy: NO_POLICY, guards: [], iamSessions: [] },
  }));
  servers = await startRealApiServers({ tools, folder: folder.path, clusters, ca });
}, 1_800_000);

afterAll(async () => {
  await servers?.close();
  await issuer?.close();
  folder?.remove();
});

/** Runs an action for all items, some at the same time. */
async function each<Item>(items: readonly Item[], run: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of queue) await run(item);
    }),
  );
}

function administrator(server: RealApiServer): ApiClient {
  const { users } = JSON.parse(readFileSync(server.adminKubeconfig, 'utf8'));
  return apiClient(server.url, server.caPem, users[0].user.token);
}

async function create(admin: ApiClient, path: string, object: object): Promise<void> {
  const { status, body } = await admin.request('POST', path, object);
  if (status !== 201 && status !== 409) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
}

/** Creates the objects of a policy. */
async function apply(admin: ApiClient, { clusterRoles, roles, clusterRoleBindings, roleBindings }: RbacPolicy) {
  const subjectOf = ({ kind, ...subject }: RbacPolicy['roleBindings'][number]['subjects'][number]) =>
    kind === 'ServiceAccount' ? { kind, ...subject } : { kind, ...subject, apiGroup: API_GROUP };
  for (const { name, labels, ...role } of clusterRoles) {
    await create(admin, `${RBAC}/clusterroles`, { metadata: { name, labels }, ...role });
  }
  for (const { name, namespace, rules } of roles) {
    await create(admin, `${RBAC}/namespaces/${namespace}/roles`, { metadata: { name }, rules });
  }
  for (const { name, role, subjects } of clusterRoleBindings) {
    const roleRef = { apiGroup: API_GROUP, kind: 'ClusterRole', name: role };
    await create(admin, `${RBAC}/clusterrolebindings`, {
      metadata: { name },
      roleRef,
      subjects: subjects.map(subjectOf),
    });
  }
  for (const { name, namespace, roleRef, subjects } of roleBindings) {
    await create(admin, `${RBAC}/namespaces/${namespace}/rolebindings`, {
      ...{ metadata: { name }, roleRef: { apiGroup: API_GROUP, ...roleRef }, subjects: subjects.map(subjectOf) },
    });
  }
}

interface Discovered {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
}

/** What a server says of the resources of an API version, by `<resource>` and `<resource>/<subresource>`. */
async function discovered(admin: ApiClient, path: string): Promise<readonly Discovered[]> {
  const { body } = await admin.request('GET', path);
  return (body as { resources: readonly Discovered[] }).resources;
}

/** What a server has, in the shape of the facts. */
async function factsOf(admin: ApiClient) {
  const { body } = await admin.request('GET', '/apis');
  const groups = (body as { groups: { name: string; versions: { groupVersion: string }[] }[] }).groups;
  const places = [
    { apiGroup: '', path: '/api/v1' },
    ...groups.flatMap(({ name, versions }) =>
      versions.map(({ groupVersion }) => ({ apiGroup: name, path: `/apis/${groupVersion}` })),
    ),
  ];
  const facts = new Map<string, readonly string[]>();
  for (const { apiGroup, path } of places) {
    for (const { name, verbs } of await discovered(admin, path)) {
      const known = facts.get(`${name}.${apiGroup}`) ?? [];
      facts.set(`${name}.${apiGroup}`, [...new Set([...known, ...verbs])].sort());
    }
  }
  return Object.fromEntries([...facts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('the facts about Kubernetes', () => {
  const firstServer = () => administrator([...servers.servers.values()][0] as RealApiServer);

  test('name the resources, subresources, and verbs that the server serves, and no others', async () => {
    const served = apiResources(REAL_KUBERNETES).filter(({ isServedByDefault }) => isServedByDefault);
    const facts = served.flatMap(({ apiGroup, name, verbs, subresources }) => [
      ...(verbs.length === 0 ? [] : [[`${name}.${apiGroup}`, [...verbs].sort()] as const]),
      ...Object.entries(subresources).map(([sub, its]) => [`${name}/${sub}.${apiGroup}`, [...its].sort()] as const),
    ]);

    expect(Object.fromEntries(facts.sort(([a], [b]) => (a < b ? -1 : 1)))).toEqual(await factsOf(firstServer()));
  });

  test('are the cluster roles and bindings that the server creates', async () => {
    const admin = firstServer();
    const isBootstrap = ({ metadata }: { metadata: { labels?: Record<string, string> } }) =>
      metadata.labels?.['kubernetes.io/bootstrapping'] === 'rbac-defaults';
    const names = async (kind: string) => {
      const { body } = await admin.request('GET', `${RBAC}/${kind}`);
      const { items } = body as { items: { metadata: { name: string; labels?: Record<string, string> } }[] };
      return items
        .filter(isBootstrap)
        .map(({ metadata }) => metadata.name)
        .sort();
    };
    const { clusterRoles, clusterRoleBindings } = builtInRoles(REAL_KUBERNETES);

    expect(clusterRoles.map(({ name }) => name).sort()).toEqual(await names('clusterroles'));
    expect(clusterRoleBindings.map(({ name }) => name).sort()).toEqual(await names('clusterrolebindings'));
  });
});

async function isAllowed(admin: ApiClient, { who, request }: Question): Promise<boolean> {
  const attributes =
    'path' in request
      ? { nonResourceAttributes: request }
      : { resourceAttributes: { ...request, apiGroup: undefined, group: request.apiGroup } };
  const { body } = await admin.request('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
    spec: { user: who.user, groups: who.groups, ...attributes },
  });
  return (body as { status: { allowed: boolean } }).status.allowed;
}

/** Waits until the caches of the server contain all objects. The object that this creates comes last. */
async function cachesAreThere(admin: ApiClient, own: string): Promise<void> {
  const sentinel = { name: `sentinel-${own}`, label: `sentinel-to-${own}` };
  await apply(admin, {
    clusterRoles: [
      {
        name: sentinel.name,
        labels: { [sentinel.label]: 'x' },
        rules: [{ verbs: ['get'], nonResourceURLs: ['/sentinel'] }],
      },
      {
        name: `${sentinel.name}-aggregate`,
        rules: [],
        aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [sentinel.label]: 'x' } }] },
      },
    ],
    roles: [],
    clusterRoleBindings: [
      { name: sentinel.name, role: `${sentinel.name}-aggregate`, subjects: [{ kind: 'User', name: sentinel.name }] },
    ],
    roleBindings: [],
  });
  const question = { who: { user: sentinel.name, groups: [] }, request: { verb: 'get', path: '/sentinel' } };
  while (!(await isAllowed(admin, question))) await pause(100);
  // Every kind of object has its own cache, and the caches are filled in parallel.
  await pause(1000);
}

function withBuiltIns(policy: RbacPolicy): RbacPolicy {
  const { clusterRoles, clusterRoleBindings } = builtInRoles(REAL_KUBERNETES);
  return {
    ...policy,
    clusterRoles: [...clusterRoles, ...policy.clusterRoles],
    clusterRoleBindings: [...clusterRoleBindings, ...policy.clusterRoleBindings],
  };
}

/** The smallest policy for which the answers still differ. */
async function smallest(admin: ApiClient, policy: RbacPolicy, question: Question): Promise<RbacPolicy> {
  let small = policy;
  let tries = 0;
  for (const kind of ['roleBindings', 'clusterRoleBindings', 'roles', 'clusterRoles'] as const) {
    for (const item of policy[kind]) {
      const fewer = {
        ...small,
        [kind]: (small[kind] as readonly unknown[]).filter((other) => other !== item),
      } as RbacPolicy;
      // With other names, because the server still has the objects of the whole policy.
      const suffix = `-t${tries++}`;
      const renamed = JSON.parse(JSON.stringify({ fewer, question }), (key, value) =>
        ['name', 'user', 'role'].includes(key) && typeof value === 'string' && /-p\d+$/.test(value)
          ? value + suffix
          : value,
      ) as { fewer: RbacPolicy; question: Question };
      const who = {
        ...renamed.question.who,
        groups: question.who.groups.map((group) => (/-p\d+$/.test(group) ? group + suffix : group)),
      };
      await apply(admin, renamed.fewer);
      await cachesAreThere(admin, `${question.who.user.replaceAll(/\W/g, '')}${suffix}`.toLowerCase());
      const asked = { ...renamed.question, who };
      const real = await isAllowed(admin, asked);
      if (real !== authorizer(withBuiltIns(renamed.fewer))(who, asked.request).allowed) small = fewer;
    }
  }
  return small;
}

test('the built-in roles are those of the real server', async () => {
  const admin = administrator(servers.servers.get('email') as RealApiServer);
  const { clusterRoles } = builtInRoles(REAL_KUBERNETES);
  const sorted = (rules: readonly PolicyRule[]) =>
    rules
      .map((rule) =>
        JSON.stringify(
          Object.entries(rule)
            .map(([key, values]) => [key, [...values].sort()])
            .sort(),
        ),
      )
      .sort();

  for (const { name } of clusterRoles) {
    const { body } = await admin.request('GET', `${RBAC}/clusterroles/${encodeURIComponent(name)}`);

    expect([name, sorted((body as { rules: PolicyRule[] }).rules)]).toEqual([
      name,
      sorted(effectiveRules(clusterRoles, name)),
    ]);
  }
}, 60_000);

test(`${POLICIES * QUESTIONS} questions about ${POLICIES} random policies have the same answer`, async () => {
  const admin = administrator(servers.servers.get('email') as RealApiServer);
  const cases = Array.from({ length: POLICIES }, (_, index): PolicyCase => {
    const [sample] = fc.sample(policyCase(`p${index}`, QUESTIONS), { seed: SEED + index, numRuns: 1 });
    return sample as PolicyCase;
  });
  await each(cases, ({ policy }) => apply(admin, policy));
  await cachesAreThere(admin, 'all');

  const differences: { policy: RbacPolicy; question: Question; real: boolean }[] = [];
  let allowed = 0;
  await each(cases, async ({ policy, questions }) => {
    const decide = authorizer(withBuiltIns(policy));
    for (const question of questions) {
      const real = await isAllowed(admin, question);
      if (real) allowed += 1;
      if (decide(question.who, question.request).allowed !== real) differences.push({ policy, question, real });
    }
  });

  const [first] = differences;
  const shown = first && { ...first, policy: await smallest(admin, first.policy, first.question) };
  expect({ differences: differences.length, seed: SEED, first: shown }).toEqual({ differences: 0, seed: SEED });
  // If nothing were allowed, every evaluator would agree.
  expect(allowed).toBeGreaterThan((POLICIES * QUESTIONS) / 100);
}, 600_000);

test.each(['email', 'sub'] as const)(
  `${TOKENS} random tokens are the same people by the claim %s, or nobody`,
  async (claim) => {
    const real = servers.servers.get(claim) as RealApiServer;
    const now = Math.floor(Date.now() / 1000);
    const target = { issuerUrl: issuer.issuerUrl, clientId: 'client', now };
    const cases = fc.sample(tokenCase(target), { seed: SEED, numRuns: TOKENS });
    const policy = withBuiltIns(NO_POLICY);
    const simulated = simulatedApiServer({ authentication: configs[claim], policy, caPem: ca.caPem });
    const request = { verb: 'get', path: '/version' };
    await knowsIssuer(real, target);

    const differences: { token: TokenCase; real: unknown; simulated: unknown }[] = [];
    let people = 0;
    let stricter = 0;
    await each(cases, async (token) => {
      const text = issuer.token(token);
      const [ours, theirs] = await Promise.all([simulated.ask(text, request), real.ask(text, request)]);
      if (theirs.status !== 401) people += 1;
      if (JSON.stringify(who(ours)) === JSON.stringify(who(theirs))) return;
      if (ours.status === 401 && isKnownToBeStricter(token)) stricter += 1;
      else {
        differences.push({
          token,
          real: { ...who(theirs), reason: theirs.reason },
          simulated: { ...who(ours), reason: ours.reason },
        });
      }
    });

    const [first] = differences.sort((a, b) => JSON.stringify(a.token).length - JSON.stringify(b.token).length);
    expect({ differences: differences.length, seed: SEED, first }).toEqual({ differences: 0, seed: SEED });
    expect(people).toBeGreaterThan(TOKENS / 10);
    expect(people).toBeLessThan(TOKENS);
    expect(stricter).toBeLessThan(TOKENS / 50);
  },
  600_000,
);

test('tokens are accepted with the same key sets', async () => {
  const real = servers.servers.get('email') as RealApiServer;
  const now = Math.floor(Date.now() / 1000);
  const target = { issuerUrl: issuer.issuerUrl, clientId: 'client', now };
  const simulated = simulatedApiServer({
    authentication: configs.email,
    policy: withBuiltIns(NO_POLICY),
    caPem: ca.caPem,
  });
  const request = { verb: 'get', path: '/version' };
  await knowsIssuer(real, target);

  const differences: object[] = [];
  let accepted = 0;
  // One after the other, because both servers read the same set. A new key makes them read it.
  for (const [index, set] of KEY_SETS.entries()) {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const kid = `key-${index}`;
    const key = JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid });
    issuer.publish(set.replaceAll('KEY', key).replaceAll('NEXT', key.slice(1, -1)));
    const token = issuer.signedBy(privateKey, kid, rightClaims(target));
    const [ours, theirs] = [await simulated.ask(token, request), await real.ask(token, request)];
    if (theirs.status !== 401) accepted += 1;
    if (ours.status !== theirs.status) differences.push({ set, real: theirs, simulated: ours });
  }
  issuer.publish(undefined);

  expect(differences).toEqual([]);
  expect(accepted).toBeGreaterThan(10);
  expect(accepted).toBeLessThan(KEY_SETS.length);
}, 600_000);

/** Waits until a server has fetched the keys of the issuer, which it does in the background after its start. */
async function knowsIssuer(real: RealApiServer, target: Parameters<typeof rightClaims>[0]): Promise<void> {
  const claims = JSON.stringify(rightClaims(target));
  const token = issuer.token({ claims, header: [], signature: 'RS256', change: 'nothing' });
  while ((await real.ask(token, { verb: 'get', path: '/version' })).status === 401) await pause(200);
}

/** What both servers say about a person, in the same order. */
function who({ status, user }: ApiAnswer) {
  return { status, name: user?.name, groups: [...(user?.groups ?? [])].sort() };
}

/** Tokens that only the real server accepts. They are listed in the documentation of the simulated one. */
function isKnownToBeStricter({ claims }: TokenCase): boolean {
  return claims.includes('"_claim_names"');
}

function rightClaims({ issuerUrl, clientId, now }: { issuerUrl: string; clientId: string; now: number }): object {
  return {
    iss: issuerUrl,
    aud: clientId,
    exp: now + 3600,
    iat: now,
    sub: '00u1',
    email: 'ana@example.com',
    groups: ['eks-a'],
    tenant: 'x',
  };
}
