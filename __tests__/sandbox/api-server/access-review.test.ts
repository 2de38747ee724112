import type { AccessRequest } from '../../../rbac';
import { startAccessReview } from '../../../sandbox/api-server/access-review';
import type { ReviewedUser } from '../../../sandbox/api-server/token-review';
import { httpsFetch } from '../../../sandbox/https-fetch';
import { createCertificateAuthority } from '../../../sandbox/okta/certificate-authority';

async function review(body: string): Promise<{ status: number; answer: unknown; asked: unknown[] }> {
  const ca = await createCertificateAuthority();
  const asked: unknown[] = [];
  const server = await startAccessReview({
    allows(cluster: string, user: ReviewedUser, request: AccessRequest) {
      asked.push([cluster, user, request]);
      return request.verb === 'get';
    },
    certificate: await ca.serverCertificate(),
  });
  try {
    const url = server.url('eu 1/production');
    const response = await httpsFetch(ca.caPem)(`${url}?timeout=10s`, { method: 'POST', body });
    return { status: response.status, answer: await response.json(), asked };
  } finally {
    await server.close();
  }
}

describe('the review of access beside RBAC', () => {
  const spec = { user: 'ana', groups: ['a'], extra: { arn: ['arn:aws:iam::1:user/ana'] } };
  const user = { name: 'ana', groups: ['a'], extra: spec.extra };

  test.each([
    ['get', true],
    ['delete', false],
  ])('says whether a user may %s an object: %p', async (verb, allowed) => {
    const resourceAttributes = { verb, group: 'apps', version: 'v1', resource: 'deployments', namespace: 'team-a' };

    const { answer, asked } = await review(JSON.stringify({ spec: { ...spec, resourceAttributes } }));

    expect(answer).toEqual({
      ...{ apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', status: { allowed } },
    });
    expect(asked).toEqual([
      ['eu 1/production', user, { verb, apiGroup: 'apps', resource: 'deployments', namespace: 'team-a' }],
    ]);
  });

  test('says whether a user may get a URL', async () => {
    const nonResourceAttributes = { verb: 'get', path: '/metrics' };

    const { answer, asked } = await review(JSON.stringify({ spec: { ...spec, nonResourceAttributes } }));

    expect(answer).toMatchObject({ status: { allowed: true } });
    expect(asked).toEqual([['eu 1/production', user, nonResourceAttributes]]);
  });

  test.each(['', '{}', '{"spec":{"user":1}}', '{"spec":{"user":"ana"}}'])('refuses the request %p', async (body) => {
    const { status, asked } = await review(body);

    expect([status, asked]).toEqual([400, []]);
  });
});
