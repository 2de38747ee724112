import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessError } from '../../../constraints/access-error';
import { type FlagFacts, flagFacts } from '../../../live/facts/flag-facts';
import { accessWith } from '../../access-files';
import { CA_BASE64, CA_PEM } from '../../sign-in/certificate';

const folder = mkdtempSync(join(tmpdir(), 'flags-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ca = join(folder, 'ca.pem');
writeFileSync(ca, CA_PEM);

const one = accessWith();
const two = accessWith({
  clusters: { prod: { kind: 'eks', region: 'eu-west-1', app: 'a=b' }, dev: { kind: 'eks', region: 'eu-west-1' } },
});

function problems(access: typeof one, flags: FlagFacts): readonly string[] {
  try {
    flagFacts(access, flags);
    return [];
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    return error.message.split('\n');
  }
}

test('needs no names where the file has one app and one cluster', () => {
  const { issuerUrl, clientIds, endpoints, certificateAuthorities } = flagFacts(one, {
    issuer: 'https://example.okta.com/oauth2/aus1',
    clientId: ['0oa1'],
    endpoint: ['https://A.gr7.eu-west-1.eks.amazonaws.com/?a=b'],
    certificateAuthority: [ca],
  });

  expect(issuerUrl).toEqual({ value: 'https://example.okta.com/oauth2/aus1', source: '--issuer' });
  expect([...clientIds]).toEqual([['prod', { value: '0oa1', source: '--client-id' }]]);
  expect([...endpoints]).toEqual([
    ['prod', { value: 'https://A.gr7.eu-west-1.eks.amazonaws.com/?a=b', source: '--endpoint' }],
  ]);
  expect([...certificateAuthorities]).toEqual([['prod', { value: CA_BASE64, source: '--certificate-authority' }]]);
});

test('reads only the certificates of a file, and not a private key beside them', () => {
  const file = join(folder, 'with-key.pem');
  writeFileSync(
    file,
    `subject=CN=prod\n${CA_PEM}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n${CA_PEM}`,
  );
  const { certificateAuthorities } = flagFacts(one, { certificateAuthority: [file] });

  expect(Buffer.from(certificateAuthorities.get('prod')?.value ?? '', 'base64').toString()).toBe(CA_PEM + CA_PEM);
});

test('takes the longest name that fits, because an app can have = in its name', () => {
  const { clientIds } = flagFacts(two, { clientId: ['a=b=0oa1', 'dev=0oa2'] });

  expect([...clientIds].map(([app, { value }]) => [app, value])).toEqual([
    ['a=b', '0oa1'],
    ['dev', '0oa2'],
  ]);
});

test('says everything that is wrong', () => {
  const missing = join(folder, 'no.pem');

  expect(
    problems(two, {
      issuer: 'http://example.okta.com',
      clientId: ['0oa1', 'dve=0oa2', 'dev=a b'],
      endpoint: ['dev=https://one', 'dev=https://two', 'https://user:secret@three'],
      certificateAuthority: [`prod=${missing}`, `dev=${__filename}`],
    }),
  ).toEqual([
    "--issuer: This is not an https URL without a query, such as https://example.okta.com/oauth2/aus1abcd. Given: 'http://example.okta.com'.",
    '--client-id: The access file has several apps. Write --client-id NAME=VALUE. The apps are a=b, dev.',
    "--client-id: The access file has no app 'dve'. Did you mean 'dev'? The apps are a=b, dev.",
    "--client-id: This is not a client ID of Okta, such as 0oa1bcd2EFGH3ijkl4x7. Given: 'a b'.",
    "--endpoint: The cluster 'dev' has two values.",
    '--endpoint: The access file has several clusters. Write --endpoint NAME=VALUE. The clusters are prod, dev.',
    `--certificate-authority: The file cannot be read: ENOENT: no such file or directory, open '${missing}'.`,
    '--certificate-authority: This is not certificates in PEM, encoded in base64, as DescribeCluster gives them.',
  ]);
});
