import type { Attempt, Gain } from '../attacker';
import { NODE } from '../playing-field';

/** Asks a kubelet through the API server, which connects to no loopback address, and says so once a request is admitted. */
export async function connectsToNode({ send }: Attempt): Promise<readonly Gain[]> {
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    const { body } = await send(method, `/api/v1/nodes/${NODE}/proxy/run/default/pod/container`);
    if (body.message === 'address not allowed')
      return [{ does: 'runs commands in every pod of a node through its kubelet', to: 'node' }];
  }
  return [];
}
