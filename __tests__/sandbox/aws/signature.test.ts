import { createHash } from 'node:crypto';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { type AwsCredentials, type SignedRequest, verifySignature } from '../../../sandbox/aws/signature';

const NOW = Date.parse('2026-11-26T12:00:00Z');
const KEY: AwsCredentials = { accessKeyId: 'AKIA1', secretAccessKey: 'secret' };
const SESSION: AwsCredentials = { accessKeyId: 'ASIA1', secretAccessKey: 'secret', sessionToken: 'session' };

interface Parts {
  readonly credentials?: AwsCredentials;
  readonly path?: string;
  readonly query?: Record<string, string | string[]>;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

const requestOf = ({ path = '/clusters', query = {}, body, headers = {} }: Parts) => ({
  ...{ method: 'POST', protocol: 'http:', hostname: '127.0.0.1', path, query },
  headers: { host: '127.0.0.1:1', ...headers },
  ...(body !== undefined && { body }),
});

const signer = ({ credentials = KEY }: Parts) =>
  new SignatureV4({ credentials, region: 'eu-west-1', service: 'eks', sha256: Sha256 });

function arrived(request: ReturnType<typeof requestOf>): SignedRequest {
  const query = new URLSearchParams(
    Object.entries(request.query).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value]),
    ),
  );
  return {
    ...{ method: request.method, url: `${request.path}?${query}`, headers: request.headers },
    body: Buffer.from(request.body ?? ''),
  };
}

async function signed(parts: Parts = {}): Promise<SignedRequest> {
  const options = { signingDate: new Date(NOW) };
  return arrived((await signer(parts).sign(requestOf(parts), options)) as ReturnType<typeof requestOf>);
}

async function presigned(parts: Parts = {}): Promise<SignedRequest> {
  const options = { signingDate: new Date(NOW), expiresIn: 60 };
  return arrived((await signer(parts).presign(requestOf(parts), options)) as ReturnType<typeof requestOf>);
}

function verify(request: SignedRequest, now = NOW) {
  return verifySignature(request, (id) => [KEY, SESSION].find(({ accessKeyId }) => accessKeyId === id), now);
}

describe('a signature', () => {
  test.each<[string, Parts]>([
    ['a call', {}],
    ['a body', { body: '{"name":"a"}' }],
    ['an ARN in the path', { path: '/access-entries/arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fa' }],
    ['a query', { query: { 'a b': 'c+d', list: ['2', '1'] } }],
    ['the key of a session', { credentials: SESSION }],
  ])('of %s is right', async (_name, parts) => {
    expect(await verify(await signed(parts))).toEqual({
      ...{ accessKeyId: parts.credentials?.accessKeyId ?? 'AKIA1', region: 'eu-west-1', service: 'eks' },
    });
    expect((await verify(await presigned({ ...parts, body: undefined }))).service).toBe('eks');
  });

  test.each<[string, (request: SignedRequest) => SignedRequest]>([
    ['another method', (request) => ({ ...request, method: 'GET' })],
    ['another path', (request) => ({ ...request, url: '/clusters/other' })],
    ['another query', (request) => ({ ...request, url: `${request.url}&a=b` })],
    ['another host', (request) => ({ ...request, headers: { ...request.headers, host: 'other' } })],
    [
      'another body with its hash',
      (request) => ({
        ...request,
        headers: { ...request.headers, 'x-amz-content-sha256': createHash('sha256').update('b').digest('hex') },
        body: Buffer.from('b'),
      }),
    ],
  ])('is wrong for %s', async (_name, changed) => {
    await expect(verify(changed(await signed({ body: 'a' })))).rejects.toMatchObject({
      ...{ status: 403, type: 'InvalidSignatureException' },
      message: expect.stringContaining('does not match the signature you provided'),
    });
  });

  test('is wrong for a body that its hash does not fit', async () => {
    const request = await signed({ body: 'a' });

    await expect(verify({ ...request, body: Buffer.from('b') })).rejects.toMatchObject({
      type: 'InvalidSignatureException',
      message: 'The x-amz-content-sha256 header is not the hash of the body.',
    });
  });

  test.each([-301, 301])('is not valid %p seconds from now', async (seconds) => {
    await expect(verify(await signed(), NOW + seconds * 1000)).rejects.toMatchObject({
      type: 'InvalidSignatureException',
      message: 'Signature expired: 20261126T120000Z is not within the time of the service.',
    });
    expect((await verify(await signed(), NOW + Math.sign(seconds) * 300_000)).service).toBe('eks');
  });

  test('in a URL is valid for as long as the URL says', async () => {
    expect((await verify(await presigned(), NOW + 60_000)).service).toBe('eks');
    await expect(verify(await presigned(), NOW + 61_000)).rejects.toMatchObject({ type: 'InvalidSignatureException' });
  });

  test('in a URL covers its headers', async () => {
    const request = await presigned({ headers: { 'x-k8s-aws-id': 'production' } });

    expect((await verify(request)).service).toBe('eks');
    await expect(
      verify({ ...request, headers: { ...request.headers, 'x-k8s-aws-id': 'other' } }),
    ).rejects.toMatchObject({ type: 'InvalidSignatureException' });
  });

  test.each<[string, AwsCredentials]>([
    ['an unknown key', { accessKeyId: 'AKIA2', secretAccessKey: 'secret' }],
    ['the key of a session without its token', { ...SESSION, sessionToken: undefined }],
    ['the key of a session with another token', { ...SESSION, sessionToken: 'other' }],
    ['the key of a user with a token', { ...KEY, sessionToken: 'session' }],
  ])('with %s is refused', async (_name, credentials) => {
    await expect(verify(await signed({ credentials }))).rejects.toMatchObject({
      ...{ status: 403, type: 'UnrecognizedClientException' },
    });
  });

  test('with another secret is wrong', async () => {
    await expect(verify(await signed({ credentials: { ...KEY, secretAccessKey: 'other' } }))).rejects.toMatchObject({
      ...{ status: 403, type: 'InvalidSignatureException' },
    });
  });

  test('is needed', async () => {
    const request = { method: 'GET', url: '/clusters', headers: {}, body: Buffer.alloc(0) };

    await expect(verify(request)).rejects.toMatchObject({ status: 403, type: 'MissingAuthenticationTokenException' });
  });
});
