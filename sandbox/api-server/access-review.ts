import { z } from 'zod';
import type { AccessRequest } from '../../rbac';
import { bodyOf, startHttpsServer } from '../https-server';
import type { CertificateWithKey } from '../okta/certificate-authority';
import { clusterOf, type ReviewServer, reviewUrl } from './review-server';
import type { ReviewedUser } from './token-review';

export interface AccessReviewProps {
  /** Whether a user may make a request at a cluster, for a reason beside RBAC. */
  readonly allows: (cluster: string, user: ReviewedUser, request: AccessRequest) => boolean;
  readonly certificate: CertificateWithKey;
}

const MOST_CHARACTERS = 100_000;

const text = z.string().default('');
const SPEC = z.object({
  user: text,
  groups: z.array(z.string()).default([]),
  extra: z.record(z.string(), z.array(z.string())).default({}),
  resourceAttributes: z
    .object({
      ...{ verb: text, group: text, resource: text },
      ...{ subresource: z.string().optional(), name: z.string().optional(), namespace: z.string().optional() },
    })
    .optional(),
  nonResourceAttributes: z.object({ verb: text, path: text }).optional(),
});

/**
 * Starts a webhook that authorizes requests which RBAC does not allow. It replaces the authorizer of EKS for access
 * policies.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/webhook/
 */
export async function startAccessReview({ allows, certificate }: AccessReviewProps): Promise<ReviewServer> {
  const server = await startHttpsServer(certificate, async (message, response) => {
    const spec = specOf(await bodyOf(message, MOST_CHARACTERS));
    const cluster = clusterOf(message);
    const request = spec && requestOf(spec);
    if (spec === undefined || request === undefined || cluster === undefined) {
      response.writeHead(400, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    const user = { name: spec.user, groups: spec.groups, extra: spec.extra };
    const review = {
      ...{ apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview' },
      status: { allowed: allows(cluster, user, request) },
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(review));
  });
  return { url: (cluster) => reviewUrl(server.port, cluster), close: server.close };
}

function specOf(body: string): z.infer<typeof SPEC> | undefined {
  try {
    return SPEC.parse((JSON.parse(body) as { spec?: unknown }).spec);
  } catch {
    return undefined;
  }
}

function requestOf({ resourceAttributes, nonResourceAttributes }: z.infer<typeof SPEC>): AccessRequest | undefined {
  if (resourceAttributes === undefined) return nonResourceAttributes;
  const { group: apiGroup, ...rest } = resourceAttributes;
  return { ...rest, apiGroup };
}
