import type { AwsIdentities } from './identities';
import { type SignedRequest, verifySignature } from './signature';

const PREFIX = 'k8s-aws-v1.';
const CLUSTER_HEADER = 'x-k8s-aws-id';

/**
 * The ARN of whoever made a token with `aws eks get-token`; undefined if it is not such a token, or not for this
 * cluster. The token is a signed call of STS, which only its maker could sign.
 * @param endpoint URL of the local AWS, for which the call has to be.
 * @see https://github.com/kubernetes-sigs/aws-iam-authenticator#how-does-it-work
 */
export async function arnOfToken(
  token: string,
  {
    clusterName,
    endpoint,
    identities,
    now,
  }: {
    readonly clusterName: string;
    readonly endpoint: string;
    readonly identities: AwsIdentities;
    /** Milliseconds since 1970. @default - the time of this machine */
    readonly now?: number;
  },
): Promise<string | undefined> {
  const request = token.startsWith(PREFIX) ? callOf(token.slice(PREFIX.length), endpoint, clusterName) : undefined;
  if (request === undefined) return undefined;
  try {
    const scope = await verifySignature(request, (id) => identities.credentialsOf(id), now);
    if (scope.service !== 'sts') return undefined;
    const { arn } = await identities.identityOf(scope.accessKeyId);
    return arn;
  } catch {
    // A signature that is not right is a token that is not accepted.
    return undefined;
  }
}

/** The call that a token stands for; undefined if it is another call than the one that names its maker. */
function callOf(encoded: string, endpoint: string, clusterName: string): SignedRequest | undefined {
  const text = Buffer.from(encoded, 'base64url').toString('utf8');
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const query = url.searchParams;
  const signed = query.get('X-Amz-SignedHeaders')?.split(';') ?? [];
  const isRight =
    url.origin === new URL(endpoint).origin &&
    url.pathname === '/' &&
    query.get('Action') === 'GetCallerIdentity' &&
    query.getAll('Action').length === 1 &&
    signed.includes(CLUSTER_HEADER) &&
    signed.includes('host');
  if (!isRight) return undefined;
  const headers = { host: url.host, [CLUSTER_HEADER]: clusterName };
  return { method: 'GET', url: `${url.pathname}${url.search}`, headers, body: Buffer.alloc(0) };
}
