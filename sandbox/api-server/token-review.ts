import { createServer } from 'node:https';
import type { ServerCertificate } from '../okta/certificate-authority';
import type { ApiUser } from './api-server';

export interface TokenReviewProps {
  /** Who has which token, by the name of the cluster. */
  readonly tokens: ReadonlyMap<string, ReadonlyMap<string, ApiUser>>;
  readonly certificate: ServerCertificate;
}

export interface TokenReviewServer {
  /** What the API server of a cluster is told. */
  url(cluster: string): string;
  close(): Promise<void>;
}

/**
 * Starts what stands in for EKS' authenticator of IAM: it knows the tokens of this run.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#webhook-token-authentication
 */
export async function startTokenReview({ tokens, certificate }: TokenReviewProps): Promise<TokenReviewServer> {
  const server = createServer({ cert: certificate.certificatePem, key: certificate.keyPem }, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const known = tokens.get(decodeURIComponent((request.url ?? '').split('/')[1]?.split('?')[0] ?? ''));
      const review = reviewed(Buffer.concat(parts).toString(), known);
      response.writeHead(review === undefined ? 400 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(review ?? {}));
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: (cluster) => `https://127.0.0.1:${port}/${encodeURIComponent(cluster)}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function reviewed(body: string, known: ReadonlyMap<string, ApiUser> | undefined): object | undefined {
  const token = tokenOf(body);
  if (token === undefined) return undefined;
  const user = known?.get(token);
  return {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenReview',
    status: user
      ? { authenticated: true, user: { username: user.name, groups: user.groups } }
      : { authenticated: false },
  };
}

function tokenOf(body: string): string | undefined {
  try {
    const { spec } = JSON.parse(body) as { spec?: { token?: unknown } };
    return typeof spec?.token === 'string' ? spec.token : undefined;
  } catch {
    return undefined;
  }
}
