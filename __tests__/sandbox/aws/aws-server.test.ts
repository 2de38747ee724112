import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DescribeClusterCommand, ListClustersCommand } from '@aws-sdk/client-eks';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { startAwsServer } from '../../../sandbox/aws/aws-server';
import { Eks } from '../../../sandbox/aws/eks/eks';
import { AwsIdentities } from '../../../sandbox/aws/identities';
import { type EksWorld, KEY, READER, refusal, startEksWorld } from './eks-world';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

async function signedCall(
  url: string,
  service: string,
  {
    credentials = KEY as { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
    headers = {},
    body = '',
  },
): Promise<Response> {
  const signer = new SignatureV4({ credentials, region: 'eu-west-1', service, sha256: Sha256 });
  const signed = await signer.sign({
    ...{ method: 'POST', protocol: 'http:', hostname: '127.0.0.1', path: '/', body },
    headers: { host: new URL(url).host, ...headers },
  });
  return fetch(url, { method: 'POST', headers: signed.headers, body });
}

describe('the endpoint of the local AWS', () => {
  let world: EksWorld;

  beforeEach(async () => {
    world = await startEksWorld();
  });

  afterEach(() => world.close());

  test('takes the key of the run', async () => {
    expect((await world.client.send(new ListClustersCommand())).clusters).toEqual([]);
  });

  test('fails with another key, and with another secret', async () => {
    const list = (credentials: Partial<typeof KEY>) => world.clientOf(credentials).send(new ListClustersCommand());

    expect([
      await refusal(list({ accessKeyId: 'AKIAOTHER' })),
      await refusal(list({ secretAccessKey: 'wrong' })),
    ]).toEqual([
      '403 UnrecognizedClientException: The security token included in the request is invalid.',
      '403 InvalidSignatureException: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    ]);
  });

  test('fails for a call that the user may not make', async () => {
    const reader = world.clientOf(READER);

    expect((await reader.send(new ListClustersCommand())).clusters).toEqual([]);
    expect(await refusal(reader.send(new DescribeClusterCommand({ name: 'production' })))).toBe(
      '403 AccessDeniedException: User: arn:aws:iam::111122223333:user/reader is not authorized to perform: eks:DescribeCluster',
    );
  });

  test('fails for a body that is not JSON', async () => {
    const response = await signedCall(`${world.url}/`, 'eks', { body: '{' });
    const answer = [response.status, response.headers.get('x-amzn-errortype')];

    // The path is looked up first.
    expect(answer).toEqual([404, 'UnknownOperationException']);
    const signer = new SignatureV4({ credentials: KEY, region: 'eu-west-1', service: 'eks', sha256: Sha256 });
    const path = '/clusters';
    const { headers } = await signer.sign({
      ...{ method: 'POST', protocol: 'http:', hostname: '127.0.0.1', path, body: '{' },
      headers: { host: new URL(world.url).host },
    });
    const refused = await fetch(`${world.url}${path}`, { method: 'POST', headers, body: '{' });
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { __type: 'SerializationException', message: 'The body is not a JSON object.' },
    ]);
  });

  test('fails for a request that is too long', async () => {
    const response = await fetch(`${world.url}/clusters`, { method: 'POST', body: 'x'.repeat(1_000_001) });

    expect(response.status).toBe(413);
  });

  test.each([
    ['sts', FORM, /<ErrorResponse><Error><Type>Sender<\/Type><Code>InvalidClientTokenId<\/Code><Message>The security/],
    ['ec2', FORM, /^<Response><Errors><Error><Code>InvalidClientTokenId<\/Code>/],
    ['logs', { 'content-type': 'application/x-amz-json-1.1' }, /"__type":"UnrecognizedClientException"/],
  ])('fails in the form of the service %s', async (service, headers, form) => {
    const credentials = { accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' };

    const response = await signedCall(`${world.url}/`, service, { credentials, headers, body: 'Action=X' });

    expect([response.status, await response.text()]).toEqual([403, expect.stringMatching(form)]);
  });
});

describe('the services beside EKS', () => {
  test('get every signed call as it is, and give and take keys', async () => {
    const seen: unknown[] = [];
    const others = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        seen.push([request.method, request.url, Buffer.concat(parts).toString()]);
        response.end(
          '<Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken></Credentials>',
        );
      });
    });
    await new Promise<void>((resolve) => others.listen(0, '127.0.0.1', resolve));
    const identities = new AwsIdentities(async () => 'arn:aws:sts::111122223333:assumed-role/a/b');
    identities.add(KEY);
    const eks = new Eks({ controlPlanes: { start: () => Promise.reject(new Error('unused')) } });
    const { url, close } = await startAwsServer({
      ...{ eks, identities, others: `http://127.0.0.1:${(others.address() as AddressInfo).port}` },
    });

    try {
      const session = { accessKeyId: 'ASIA1', secretAccessKey: 's', sessionToken: 't' };
      const call = (credentials: typeof session | typeof KEY) =>
        signedCall(`${url}/`, 'sts', { credentials, headers: FORM, body: 'Action=AssumeRole' });

      expect((await call(session)).status).toBe(403);
      expect((await call(KEY)).status).toBe(200);
      expect((await call(session)).status).toBe(200);
      const body = 'Action=DeleteAccessKey&AccessKeyId=ASIA1';
      const left = await signedCall(`${url}/`, 'iam', { credentials: session, headers: FORM, body });
      expect(left.status).toBe(200);
      expect((await call(session)).status).toBe(403);
      expect(seen.slice(0, 2)).toEqual([
        ['POST', '/', 'Action=AssumeRole'],
        ['POST', '/', 'Action=AssumeRole'],
      ]);
      expect(seen).toHaveLength(3);
      expect(await identities.identityOf('ASIA1')).toEqual({ arn: 'arn:aws:sts::111122223333:assumed-role/a/b' });
    } finally {
      await close();
      await new Promise((resolve) => others.close(resolve));
    }
  });
});
