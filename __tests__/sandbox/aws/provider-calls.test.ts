import { setTimeout as pause } from 'node:timers/promises';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { type EksWorld, KEY, startEksWorld } from './eks-world';
import calls from './provider-calls.json';

/** A call that version 5.100 of the Terraform provider made, and the status of the answer. */
interface Call {
  readonly call: string;
  readonly status: number;
  readonly body?: unknown;
}

const signer = new SignatureV4({ credentials: KEY, region: 'us-east-1', service: 'eks', sha256: Sha256 });

/** Waits until the local EKS is doing nothing, as the provider does by asking again. */
async function settled({ eks }: EksWorld): Promise<void> {
  const isBusy = () =>
    eks
      .all()
      .some(
        ({ status, updates }) =>
          ['CREATING', 'DELETING'].includes(status) ||
          [...updates.values()].some((update) => update.status === 'InProgress'),
      );
  while (isBusy()) await pause(1);
}

async function send({ url }: EksWorld, { call, body }: Call): Promise<{ status: number; body: unknown }> {
  const [method = '', path = ''] = call.split(' ');
  const text = body === undefined ? undefined : JSON.stringify(body);
  const { headers } = await signer.sign({
    ...{ method, protocol: 'http:', hostname: '127.0.0.1', path, headers: { host: new URL(url).host } },
    ...(text !== undefined && { body: text }),
  });
  const response = await fetch(`${url}${path}`, { method, headers, body: text });
  return { status: response.status, body: await response.json() };
}

describe('the recorded calls of the Terraform provider', () => {
  test('are answered as AWS does, from the creation of a cluster to its end', async () => {
    const world = await startEksWorld();
    const answers: unknown[] = [];

    try {
      for (const recorded of calls as readonly Call[]) {
        const { status, body } = await send(world, recorded);
        answers.push({ call: recorded.call, status });
        expect({ call: recorded.call, status, body }).toMatchObject({ call: recorded.call, status: recorded.status });
        await settled(world);
      }
    } finally {
      await world.close();
    }

    expect(answers).toHaveLength(37);
    expect(world.events).toEqual([
      'start',
      'trust https://lab.okta.test/oauth2/auslab00000000000008',
      'distrust',
      'trust https://lab.okta.test/oauth2/auslab00000000000008',
      'distrust',
      'stop',
    ]);
  });
});
