import type { ApiUser } from '../../authentication/user-of-claims';
import { bodyOf, startHttpsServer } from '../https-server';
import type { CertificateWithKey } from '../okta/certificate-authority';
import { clusterOf, type ReviewServer, reviewUrl } from './review-server';

/** A user whom a webhook authenticated. */
export interface ReviewedUser extends ApiUser {
  /** What an authorizer gets to know beside name and groups. @default - nothing */
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

export interface TokenReviewProps {
  /** The user of a token at a cluster; undefined if the token is not accepted. */
  readonly userOf: (cluster: string, token: string) => ReviewedUser | undefined | Promise<ReviewedUser | undefined>;
  readonly certificate: CertificateWithKey;
}

const MOST_CHARACTERS = 100_000;

/**
 * Starts a webhook that authenticates tokens. It replaces the IAM authenticator of EKS.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#webhook-token-authentication
 */
export async function startTokenReview({ userOf, certificate }: TokenReviewProps): Promise<ReviewServer> {
  const server = await startHttpsServer(certificate, async (request, response) => {
    const token = tokenOf(await bodyOf(request, MOST_CHARACTERS));
    const cluster = clusterOf(request);
    if (token === undefined) {
      response.writeHead(400, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    const user = cluster === undefined ? undefined : await userOf(cluster, token);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reviewed(user)));
  });
  return { url: (cluster) => reviewUrl(server.port, cluster), close: server.close };
}

function reviewed(user: ReviewedUser | undefined): object {
  return {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenReview',
    status: user
      ? {
          authenticated: true,
          user: { username: user.name, groups: user.groups, ...(user.extra && { extra: user.extra }) },
        }
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
