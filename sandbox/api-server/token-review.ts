import type { ApiUser } from '../../authentication/user-of-claims';
import { bodyOf, startHttpsServer } from '../https-server';
import type { CertificateWithKey } from '../okta/certificate-authority';

export interface TokenReviewProps {
  /** Users by their token, for each cluster. */
  readonly tokens: ReadonlyMap<string, ReadonlyMap<string, ApiUser>>;
  readonly certificate: CertificateWithKey;
}

const MOST_CHARACTERS = 100_000;

export interface TokenReviewServer {
  /** URL for the API server of a cluster. */
  url(cluster: string): string;
  close(): Promise<void>;
}

/**
 * Starts a webhook that authenticates the tokens of this run. It replaces the IAM authenticator of EKS.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#webhook-token-authentication
 */
export async function startTokenReview({ tokens, certificate }: TokenReviewProps): Promise<TokenReviewServer> {
  // Compares encoded paths, because the path of a request may not be decodable.
  const byPath = new Map([...tokens].map(([cluster, known]) => [`/${encodeURIComponent(cluster)}`, known]));
  const server = await startHttpsServer(certificate, async (request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    const review = reviewed(await bodyOf(request, MOST_CHARACTERS), byPath.get(path));
    response.writeHead(review === undefined ? 400 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(review ?? {}));
  });
  return {
    url: (cluster) => `https://127.0.0.1:${server.port}/${encodeURIComponent(cluster)}`,
    close: server.close,
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
