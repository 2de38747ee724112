import { startTokenReview } from '../../../sandbox/api-server/token-review';
import { httpsFetch } from '../../../sandbox/https-fetch';
import { createCertificateAuthority } from '../../../sandbox/okta/certificate-authority';
import { RawClient } from '../raw-requests';

const USER = { name: 'arn:aws:sts::111122223333:assumed-role/on-call/ana', groups: ['break-glass'] };

async function review(cluster: string, body: string): Promise<{ status: number; answer: unknown }> {
  const ca = await createCertificateAuthority();
  const server = await startTokenReview({
    userOf: (name, token) => (name === 'production' && token === 'secret' ? USER : undefined),
    certificate: await ca.serverCertificate(),
  });
  try {
    const response = await httpsFetch(ca.caPem)(`${server.url(cluster)}?timeout=10s`, { method: 'POST', body });
    return { status: response.status, answer: await response.json() };
  } finally {
    await server.close();
  }
}

describe('the review of IAM tokens', () => {
  const kind = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview' };

  test('authenticates a token of the run', async () => {
    const { answer } = await review('production', JSON.stringify({ spec: { token: 'secret' } }));

    expect(answer).toEqual({
      ...kind,
      status: { authenticated: true, user: { username: USER.name, groups: ['break-glass'] } },
    });
  });

  test.each([
    ['another token', 'production', 'secre'],
    ['a token of another cluster', 'tools', 'secret'],
  ])('does not authenticate %s', async (_name, cluster, token) => {
    const { answer } = await review(cluster, JSON.stringify({ spec: { token } }));

    expect(answer).toEqual({ ...kind, status: { authenticated: false } });
  });

  test.each(['', '{}', '{"spec":{"token":1}}'])('refuses the request %p', async (body) => {
    const { status } = await review('production', body);

    expect(status).toBe(400);
  });

  test('refuses a path that cannot be decoded', async () => {
    const { caPem, serverCertificate } = await createCertificateAuthority();
    const server = await startTokenReview({ userOf: () => undefined, certificate: await serverCertificate() });
    const client = new RawClient(Number(new URL(server.url('')).port), caPem);

    const answer = await client.answer({ text: 'POST /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n', ending: 'close' });

    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    await server.close();
  });

  test('refuses a body that is too long', async () => {
    const ca = await createCertificateAuthority();
    const server = await startTokenReview({ userOf: () => undefined, certificate: await ca.serverCertificate() });
    const body = JSON.stringify({ spec: { token: 'x'.repeat(100_000) } });

    const { status } = await httpsFetch(ca.caPem)(server.url('production'), { method: 'POST', body });

    expect(status).toBe(413);
    await server.close();
  });
});
