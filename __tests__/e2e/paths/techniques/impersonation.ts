import { builtInRoles } from '../../../../rbac';
import { REAL_KUBERNETES } from '../../../../sandbox/api-server/real';
import type { Attempt, Gain } from '../attacker';
import type { Credentials } from '../client';
import { isDone } from '../creating';

const CONTROL_PLANE_USERS = builtInRoles(REAL_KUBERNETES).clusterRoleBindings.flatMap(({ subjects }) =>
  subjects.filter(({ kind }) => kind === 'User').map(({ name }) => name),
);

export async function impersonatesServiceAccounts(attempt: Attempt, place: string): Promise<readonly Gain[]> {
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

export async function impersonatesUsersAndGroups(attempt: Attempt): Promise<readonly Gain[]> {
  const { user } = attempt;
  const names = await attempt.names('default');
  const users = await Promise.all(
    [...new Set([...CONTROL_PLANE_USERS, ...names])].map(async (name) => {
      const credentials = await impersonated(attempt, name);
      if (credentials === undefined) return [];
      return [{ does: 'impersonates a user, such as one of the control plane', to: user(name, credentials) }];
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

export async function impersonatesAccountsInGroups(attempt: Attempt, place: string): Promise<readonly Gain[]> {
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
