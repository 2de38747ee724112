import fc from 'fast-check';
import { startAccessReview } from '../../sandbox/api-server/access-review';
import { startTokenReview } from '../../sandbox/api-server/token-review';
import { httpsFetch } from '../../sandbox/https-fetch';
import { createCertificateAuthority } from '../../sandbox/okta/certificate-authority';
import { IssuerWorld } from './okta/issuer-world';
import { RawClient, rawRequest } from './raw-requests';

/** A server of the sandbox that the other users of a machine can reach. */
interface Listener {
  readonly port: number;
  readonly caPem: string;
  /** Whether it still does what it is for. */
  works(): Promise<boolean>;
  close(): Promise<void>;
}

/** All listeners of the sandbox, by name. */
export const LISTENERS: readonly (readonly [string, () => Promise<Listener>])[] = [
  [
    'issuer',
    async () => {
      const { issuer, fetch, url } = await IssuerWorld.start().then((world) => ({
        ...world,
        url: world.url.bind(world),
      }));
      return {
        ...{ port: issuer.port, caPem: issuer.caPem, close: issuer.close },
        works: async () => (await fetch(url('/.well-known/openid-configuration'))).status === 200,
      };
    },
  ],
  [
    'management API',
    async () => {
      const world = await IssuerWorld.start({});
      return {
        ...{ port: world.issuer.port, caPem: world.issuer.caPem, close: world.issuer.close },
        works: async () => Array.isArray(await world.api('GET', '/groups')),
      };
    },
  ],
  [
    'token review',
    async () => {
      const { caPem, serverCertificate } = await createCertificateAuthority();
      const userOf = () => ({ name: 'ana', groups: [] });
      const server = await startTokenReview({ userOf, certificate: await serverCertificate() });
      const url = server.url('production');
      const body = JSON.stringify({ spec: { token: 'secret' } });
      return {
        ...{ port: Number(new URL(url).port), caPem, close: server.close },
        works: async () => (await httpsFetch(caPem)(url, { method: 'POST', body })).status === 200,
      };
    },
  ],
  [
    'access review',
    async () => {
      const { caPem, serverCertificate } = await createCertificateAuthority();
      const server = await startAccessReview({ allows: () => true, certificate: await serverCertificate() });
      const url = server.url('production');
      const body = JSON.stringify({ spec: { user: 'ana', nonResourceAttributes: { verb: 'get', path: '/' } } });
      return {
        ...{ port: Number(new URL(url).port), caPem, close: server.close },
        works: async () => (await httpsFetch(caPem)(url, { method: 'POST', body })).status === 200,
      };
    },
  ],
];

/** Sends odd requests to a listener. Returns those without an answer, and whether the listener still works. */
export async function attack(
  listener: Listener,
  count: number,
): Promise<{ unanswered: readonly string[]; works: boolean }> {
  const client = new RawClient(listener.port, listener.caPem);
  try {
    const unanswered = await client.unanswered(fc.sample(rawRequest(), { seed: 20_260_615, numRuns: count }));
    return { unanswered: unanswered.map(({ text }) => text), works: await listener.works() };
  } finally {
    client.close();
    await listener.close();
  }
}
