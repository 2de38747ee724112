import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { arnOfToken } from '../../../sandbox/aws/iam-token';
import { AwsIdentities } from '../../../sandbox/aws/identities';

const KEY = { accessKeyId: 'AKIA1', secretAccessKey: 'secret' };
const ARN = 'arn:aws:iam::111122223333:user/ana';
const ENDPOINT = 'http://127.0.0.1:4000';
const NOW = Date.parse('2026-11-26T12:00:00Z');

const identities = new AwsIdentities(async () => 'unknown');
identities.add(KEY, { arn: ARN });

interface Parts {
  readonly host?: string;
  readonly service?: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly path?: string;
}

/** A token as `aws eks get-token` makes it. */
async function token({ host = '127.0.0.1:4000', service = 'sts', query, headers, path = '/' }: Parts = {}) {
  const signer = new SignatureV4({ credentials: KEY, region: 'eu-west-1', service, sha256: Sha256 });
  const signed = await signer.presign(
    {
      ...{ method: 'GET', protocol: 'http:', hostname: '127.0.0.1', path },
      query: query ?? { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      headers: { host, ...(headers ?? { 'x-k8s-aws-id': 'production' }) },
    },
    { signingDate: new Date(NOW), expiresIn: 60 },
  );
  const url = `http://${host}${path}?${new URLSearchParams(signed.query as Record<string, string>)}`;
  return `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`;
}

function arn(of: string, clusterName = 'production', now = NOW) {
  return arnOfToken(of, { clusterName, endpoint: ENDPOINT, identities, now });
}

describe('a token of aws eks get-token', () => {
  test('is of the user who signed it, for 15 minutes', async () => {
    expect([
      await arn(await token()),
      await arn(await token(), 'production', NOW + 900_000),
      await arn(await token(), 'production', NOW + 901_000),
    ]).toEqual([ARN, ARN, undefined]);
  });

  test('is for its cluster only', async () => {
    expect(await arn(await token(), 'other')).toBeUndefined();
  });

  test.each<[string, Parts]>([
    ['another host', { host: 'sts.example.com' }],
    ['another path', { path: '/other' }],
    ['another action', { query: { Action: 'GetSessionToken', Version: '2011-06-15' } }],
    ['another service', { service: 'iam' }],
    ['no cluster', { headers: {} }],
  ])('is not accepted for %s', async (_name, parts) => {
    expect(await arn(await token(parts))).toBeUndefined();
  });

  test.each(['', 'k8s-aws-v1.', 'k8s-aws-v1.####', 'eyJhbGciOiJSUzI1NiJ9.e30.x'])('is not %j', async (text) => {
    expect(await arn(text)).toBeUndefined();
  });

  test('is not accepted once it is changed', async () => {
    const url = Buffer.from((await token()).slice('k8s-aws-v1.'.length), 'base64url').toString();
    const other = url.replace(/Signature=./, (text) => (text.endsWith('0') ? 'Signature=1' : 'Signature=0'));

    expect(await arn(`k8s-aws-v1.${Buffer.from(other).toString('base64url')}`)).toBeUndefined();
  });
});
