import { SYSTEM_NAMESPACES } from '../../../constraints/kubernetes/initial-namespaces';
import { type Cluster, readAccess } from '../../../model';
import type { Guards } from '../../../model/derived/guards';
import { refusingGuard } from '../../../model/derived/refusing-guard';
import { builtInRoles, effectiveRules } from '../../../rbac';
import { type Chain, findPaths, OTHER_NAMESPACES, type Terrain } from '../../../rbac/paths/find-paths';
import type { PlacedRules, Refuses } from '../../../rbac/paths/permission';
import { STEPS, type Step } from '../../../rbac/paths/steps';
import { REAL_KUBERNETES } from '../../../sandbox/api-server/real';
import { DAY } from '../../day';
import { resources, synthesizedAccess } from '../../synthesized';
import { BUILD_TIMEOUT, TIMEOUT } from '../world';
import { attacker, type Identity, type Reached } from './attacker';
import { bind, ELSEWHERE, furnishNamespace, KUBE_SYSTEM, type PlayingField, until } from './playing-field';
import { type RealCluster, startRealCluster } from './real-cluster';
import { GUARDED_STARTS, isProvable, STARTS, type Start, UNPROVED } from './starts';

const AT_ONCE = 6;
const POLICIES = '/apis/admissionregistration.k8s.io/v1';
const KINDS = {
  ValidatingAdmissionPolicy: 'validatingadmissionpolicies',
  ValidatingAdmissionPolicyBinding: 'validatingadmissionpolicybindings',
};
const CHANGES = ['create', 'update', 'patch', 'delete', 'deletecollection'];

let cluster: RealCluster;
let field: PlayingField;
let attack: (start: Identity) => Promise<Reached>;

beforeAll(async () => {
  cluster = await startRealCluster();
  ({ field } = cluster);
  attack = attacker(field);
}, BUILD_TIMEOUT);

afterAll(() => cluster?.close());

/** A start in the cluster, with names of its own. */
interface Placed {
  readonly identity: Identity;
  readonly chains: readonly Chain[];
}

let starts = 0;

/**
 * Places a start in the cluster, and asks for its paths.
 * @param guards of the project, which are in force already.
 */
async function place(start: Start, guards?: Guards): Promise<Placed> {
  const number = starts++;
  const own = (name: string) => (name.startsWith('team-') ? `${name}-${number}` : name);
  const namespaces = new Map([...start.terrain.namespaces].map(([name, terrain]) => [own(name), terrain]));
  const placed = start.placed.map(
    (given, at): PlacedRules => ({
      ...given,
      role: given.role === 'role' ? `start-${number}-${at}` : given.role,
      namespace: given.namespace && own(given.namespace),
      rules: given.rules.map(({ resourceNames, ...rule }) => ({
        ...rule,
        ...(resourceNames && { resourceNames: resourceNames.map(own) }),
      })),
    }),
  );
  const guarded = start.guarded.map(own);
  const ownNamespaces = [
    ...new Set([...namespaces.keys(), ...placed.flatMap(({ namespace }) => namespace ?? []), ...guarded]),
  ].filter((name) => name !== KUBE_SYSTEM);
  for (const name of ownNamespaces) await createNamespace(name, namespaces.get(name));
  const user = `start-${number}@example.com`;
  const subject = { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: `okta:${user}` };
  for (const [at, { role, kind, namespace, rules }] of placed.entries()) {
    const isOwn = role.startsWith('start-');
    await bind(field, { name: role, kind, namespace }, subject, isOwn ? rules : undefined, `start-${number}-${at}`);
  }
  for (const [name, roles] of start.terrain.groups) {
    for (const [at, { kind, namespace, rules }] of roles.entries()) {
      await bind(field, { name: `${name}-${at}`, kind, namespace }, { ...subject, kind: 'Group', name }, rules);
    }
  }
  for (const name of guarded) await guard(name);
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: cluster.issuer.issuerUrl, aud: 'client', sub: user, email: user, iat: now, exp: now + 3600 };
  const token = { claims: JSON.stringify(claims), header: [], signature: 'RS256', change: 'nothing' } as const;
  const credentials = { token: cluster.issuer.token(token) };
  for (const part of placed) await until(`${part.role} of ${user} to be in force`, () => isInForce(part, credentials));
  const identity: Identity = {
    ...{ name: `okta:${user}`, credentials, readsAwsAuth: start.terrain.readsAwsAuth },
    roles: placed.map(({ role: name, kind, namespace }) => ({ name, kind, namespace })),
    namespaces: [...ownNamespaces, KUBE_SYSTEM, ELSEWHERE],
    guards:
      guards === undefined
        ? guarded.map((namespace) => ({ name: `guard-${namespace}`, namespace }))
        : [{ name: 'oidc-system-namespaces', namespace: KUBE_SYSTEM }],
  };
  const refuses: Refuses = (request) =>
    guards === undefined
      ? request.namespace !== undefined && guarded.includes(request.namespace) && CHANGES.includes(request.verb)
      : refusingGuard(guards, [], request) !== undefined;
  return { identity, chains: findPaths({ placed, refuses }, { ...start.terrain, namespaces }) };
}

async function createNamespace(
  name: string,
  terrain?: Terrain['namespaces'] extends ReadonlyMap<string, infer One> ? One : never,
) {
  const { podSecurity, holds = [] } = terrain ?? {};
  await furnishNamespace(field, name, podSecurity && { 'pod-security.kubernetes.io/enforce': podSecurity });
  if (!holds.includes('cluster-admin')) return;
  await field.must('POST', `/api/v1/namespaces/${name}/serviceaccounts`, { metadata: { name: 'holder' } });
  const subject = { kind: 'ServiceAccount', name: 'holder', namespace: name };
  await bind(
    field,
    { name: 'cluster-admin', kind: 'ClusterRole', namespace: null },
    subject,
    undefined,
    `holder-${name}`,
  );
}

/** A policy that refuses every change in a namespace to everybody but the API server and kube-system. */
async function guard(namespace: string) {
  const name = `guard-${namespace}`;
  const exempt = `request.userInfo.username == "system:apiserver" || "system:serviceaccounts:${KUBE_SYSTEM}" in request.userInfo.groups`;
  const rule = {
    apiGroups: ['*'],
    apiVersions: ['*'],
    operations: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'],
    resources: ['*/*'],
  };
  await field.must('POST', `${POLICIES}/validatingadmissionpolicies`, {
    metadata: { name },
    spec: {
      matchConstraints: {
        resourceRules: [{ ...rule, scope: 'Namespaced' }],
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      },
      validations: [{ expression: exempt, message: 'guarded' }],
    },
  });
  await field.must('POST', `${POLICIES}/validatingadmissionpolicybindings`, {
    metadata: { name },
    spec: { policyName: name, validationActions: ['Deny'] },
  });
  const isRefused = async () => !(await field.admits(namespace, 'configmaps', { metadata: { name: 'probe' } }));
  await until(`the guard ${name} to be in force`, isRefused);
}

/** Whether the API server knows a role and its binding. */
function isInForce({ role, namespace, rules }: PlacedRules, credentials: Identity['credentials']): Promise<boolean> {
  const known = rules.length > 0 ? rules : effectiveRules(builtInRoles(REAL_KUBERNETES).clusterRoles, role);
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [] } = known[0] ?? {};
  const [resource, subresource] = (resources[0] ?? '').split('/');
  return field.isAllowed(credentials, {
    ...{ verb: verbs[0], group: apiGroups[0], resource, subresource, name: resourceNames[0] },
    ...(namespace !== null && { namespace }),
  });
}

interface Walked extends Placed {
  readonly reached: Reached;
}

async function walk(start: Start, guards?: Guards): Promise<Walked> {
  const placed = await place(start, guards);
  return { ...placed, reached: await attack(placed.identity) };
}

const provable = STARTS.filter(isProvable);
const walks = new Map<Start, Promise<Walked>>();

/** Walks from all starts: some at once, then one at a time those that change what others have. */
function walkAll() {
  const together = provable.filter(({ isAlone }) => !isAlone);
  const alone = provable.filter(({ isAlone }) => isAlone);
  const lanes = Array.from({ length: AT_ONCE }, () => Promise.resolve() as Promise<unknown>);
  for (const [at, start] of together.entries()) {
    const lane = at % AT_ONCE;
    const walked = (lanes[lane] as Promise<unknown>).then(() => walk(start));
    lanes[lane] = walked.catch(() => {});
    walks.set(start, walked);
  }
  let before: Promise<unknown> = Promise.all(lanes);
  for (const start of alone) {
    const walked = before.then(() => walk(start));
    before = walked.catch(() => {});
    walks.set(start, walked);
  }
  for (const walked of walks.values()) walked.catch(() => {});
}

/** Steps that are no attempt: what somebody has already, and what whoever may do everything can do. */
const NO_ATTEMPT = ['has it by a role', 'uses what runs there', 'runs a privileged pod'];

/** What is certain, in the words of the attacker. */
function expected(chains: readonly Chain[]) {
  const certain = chains.filter((chain) => chain.certain);
  const has = (kind: Chain['target']['kind']) => certain.some(({ target }) => target.kind === kind);
  const isClusterAdmin = has('cluster-admin');
  const accounts = certain.flatMap(({ target }) => (target.kind === 'service-accounts' ? [target.namespace] : []));
  return {
    isClusterAdmin,
    isNode: has('node'),
    ...(!isClusterAdmin && {
      serviceAccountsOf: [...new Set(accounts)].map((name) => (name === OTHER_NAMESPACES ? ELSEWHERE : name)).sort(),
    }),
  };
}

function actual({ isClusterAdmin, isNode, serviceAccountsOf }: Reached) {
  return { isClusterAdmin, isNode, ...(!isClusterAdmin && { serviceAccountsOf: [...serviceAccountsOf].sort() }) };
}

/** Compares what an attacker reached with what is certain, and the steps to the targets with those that succeeded. */
function expectAsPathsSay({ chains, reached }: Walked, { step }: Start) {
  expect(actual(reached)).toEqual(expected(chains));
  const walked = [...reached.walked];
  for (const { certain, target, steps } of chains) {
    // Whoever may do everything has a node by that.
    if (!certain || target.kind !== (reached.isClusterAdmin ? 'cluster-admin' : 'node')) continue;
    const tried = steps.map(({ does }) => does.replace(OTHER_NAMESPACES, ELSEWHERE));
    expect(walked).toEqual(expect.arrayContaining(tried.filter((does) => !NO_ATTEMPT.includes(does))));
  }
  if (step === undefined) return;
  expect(walked).toContainEqual(expect.stringMatching(new RegExp(`^${step.does.replace('{place}', '\\S+')}$`)));
}

describe('an attacker on a real API server', () => {
  beforeAll(walkAll);

  test.each(provable.map((start) => ({ name: start.name, start })))(
    'gets as far as paths say, and no further: $name',
    async ({ start }) => expectAsPathsSay((await walks.get(start)) as Walked, start),
    TIMEOUT,
  );

  test('tries everything but what the API server does not have', () => {
    const left = STARTS.filter((start) => !isProvable(start)).map(({ name }) => name);

    expect(left).toEqual(UNPROVED);
  });

  test('walks every certain step that the API server has', () => {
    const [, minor] = REAL_KUBERNETES.split('.').map(Number);
    const isThere = ({ since }: Step) => since === undefined || Number(since.split('.')[1]) <= (minor ?? 0);
    const certain = STEPS.filter((step) => step.isCertain && isThere(step));

    expect([...new Set(provable.flatMap(({ step }) => step ?? []))]).toEqual(certain);
  });
});

describe('with the guard of the namespaces of Kubernetes', () => {
  const guarded = readAccess(
    {
      okta: { orgName: 'example' },
      groups: { 'eks-admins': {} },
      clusters: { real: { kind: 'existing-eks', region: 'eu-west-1' } },
      grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
      guards: { systemNamespaces: ['eks-admins'] },
    },
    DAY,
  );
  const guards = (guarded.clusters.real as Cluster).guards;

  beforeAll(async () => {
    await Promise.allSettled(walks.values());
    for (const { manifest } of resources(synthesizedAccess(guarded)['guards-real'], 'kubernetes_manifest')) {
      await field.must('POST', `${POLICIES}/${KINDS[manifest.kind as keyof typeof KINDS]}`, manifest);
    }
    for (const namespace of SYSTEM_NAMESPACES) {
      const isRefused = async () => !(await field.admits(namespace, 'configmaps', { metadata: { name: 'probe' } }));
      await until(`the guard of ${namespace} to be in force`, isRefused);
    }
    // What everybody gained before the guards is no answer.
    attack = attacker(field);
  }, TIMEOUT);

  test.each(GUARDED_STARTS.map((start) => ({ name: start.name, start })))(
    'an attacker gets as far as paths say, and no further: $name',
    async ({ start }) => expectAsPathsSay(await walk(start, guards), start),
    TIMEOUT,
  );
});
