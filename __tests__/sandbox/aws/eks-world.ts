import { EKSClient } from '@aws-sdk/client-eks';
import type { EksIdentityProvider } from '../../../authentication/authentication-config';
import { startAwsServer } from '../../../sandbox/aws/aws-server';
import { Eks, type EksProps } from '../../../sandbox/aws/eks/eks';
import { AwsIdentities } from '../../../sandbox/aws/identities';

// The SDK warns about versions of Node.js that this package supports.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export const KEY = { accessKeyId: 'AKIAROOT', secretAccessKey: 'root-secret' };
/** The key of a user who may list clusters, and do nothing else. */
export const READER = { accessKeyId: 'AKIAREADER', secretAccessKey: 'reader-secret' };
export const ACCOUNT = '111122223333';
export const USER = `arn:aws:iam::${ACCOUNT}:user/pipeline`;
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/on-call`;

/** A local EKS whose API servers are none: they only remember what they are told. */
export interface EksWorld {
  readonly url: string;
  readonly client: EKSClient;
  readonly eks: Eks;
  /** What happened to the API servers, in order. */
  readonly events: string[];
  /** The providers that API servers trust, by the ID of their cluster. */
  readonly trusted: Map<string, EksIdentityProvider | undefined>;
  /** Makes every change of an identity provider wait, or fail, until it is set again. */
  gate: () => Promise<void>;
  /** The ConfigMap aws-auth of every cluster. */
  awsAuth: Record<string, string> | undefined;
  clientOf(credentials?: Partial<typeof KEY>): EKSClient;
  close(): Promise<void>;
}

export async function startEksWorld(props: Partial<EksProps> = {}): Promise<EksWorld> {
  const [events, trusted]: [string[], Map<string, EksIdentityProvider | undefined>] = [[], new Map()];
  const world = { gate: async () => {}, awsAuth: undefined as Record<string, string> | undefined };
  const eks = new Eks({
    controlPlanes: {
      async start(id) {
        events.push('start');
        return {
          ...{ endpoint: `https://127.0.0.1/${id}`, caPem: 'the authority' },
          async trust(provider) {
            await world.gate();
            events.push(provider === undefined ? 'distrust' : `trust ${provider.issuer_url}`);
            trusted.set(id, provider);
          },
          awsAuth: async () => world.awsAuth,
          async stop() {
            events.push('stop');
          },
        };
      },
    },
    durations: { cluster: 0, association: 0, update: 0 },
    day: '2026-11-26',
    ...props,
  });
  const identities = new AwsIdentities(async (key) => {
    throw new Error(`nobody has ${key}`);
  });
  identities.add(KEY, { arn: USER });
  identities.add(READER, { arn: `arn:aws:iam::${ACCOUNT}:user/reader`, actions: ['eks:ListClusters'] });
  const server = await startAwsServer({ eks, identities });
  const clients: EKSClient[] = [];
  const clientOf = (credentials = {}) => {
    const client = new EKSClient({
      ...{ endpoint: server.url, region: 'eu-west-1', maxAttempts: 1 },
      credentials: { ...KEY, ...credentials },
    });
    clients.push(client);
    return client;
  };
  const client = clientOf();
  return Object.assign(world, {
    ...{ url: server.url, client, eks, events, trusted, clientOf },
    async close() {
      for (const each of clients) each.destroy();
      await server.close();
    },
  });
}

/** What a call of the SDK was refused with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return `${$metadata?.httpStatusCode} ${name}: ${message}`;
  }
  return 'not refused';
}
