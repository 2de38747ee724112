import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessError } from '../../../constraints/access-error';
import { outputFacts } from '../../../live/facts/output-facts';
import { accessWith } from '../../access-files';
import { CA_BASE64, CA_PEM } from '../../sign-in/certificate';

const folder = mkdtempSync(join(tmpdir(), 'outputs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const access = accessWith({
  clusters: {
    prod: { kind: 'eks', region: 'eu-west-1', name: 'shared' },
    dev: { kind: 'existing-eks', region: 'eu-west-2', name: 'shared', app: 'Dev clusters' },
  },
});
const ISSUER = 'https://example.okta.com/oauth2/aus1';
const ENDPOINT = 'https://A.gr7.eu-west-1.eks.amazonaws.com';

const PRIVATE_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
});

const okta = { issuer_url: ISSUER, client_id_prod: '0oa1', client_id_Dev_clusters: '0oa2' };
const cluster = { endpoint: ENDPOINT, certificate_authority: CA_BASE64 };

function written(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** The outputs as `terraform output -json` prints them. */
function printed(outputs: Readonly<Record<string, string>>): object {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, { sensitive: false, type: 'string', value }]),
  );
}

function stateOf(outputs: Readonly<Record<string, string>>, region?: string): object {
  const resource = {
    mode: 'managed',
    type: 'aws_eks_cluster',
    instances: [{ attributes: { name: 'shared', arn: `arn:aws:eks:${region}:111122223333:cluster/shared` } }],
  };
  return {
    version: 4,
    terraform_version: '1.11.4',
    outputs: printed(outputs),
    resources: region === undefined ? [] : [resource],
  };
}

function found(...files: readonly string[]) {
  const { issuerUrl, clientIds, endpoints, certificateAuthorities } = outputFacts(access, files);
  const values = (facts: typeof clientIds) => Object.fromEntries([...facts].map(([name, { value }]) => [name, value]));
  return {
    issuerUrl: issuerUrl?.value,
    clientIds: values(clientIds),
    endpoints: values(endpoints),
    certificateAuthorities: values(certificateAuthorities),
  };
}

function problem(...files: readonly string[]): string {
  try {
    outputFacts(access, files);
  } catch (error) {
    if (AccessError.is(error)) return error.message.replaceAll(`${folder}/`, '');
    throw error;
  }
  return '';
}

const OF_OKTA = { issuerUrl: ISSUER, clientIds: { prod: '0oa1', 'Dev clusters': '0oa2' } };
const OF_PROD = { endpoints: { prod: ENDPOINT }, certificateAuthorities: { prod: CA_BASE64 } };

test.each([
  ['UTF-16, as Windows PowerShell redirects', Buffer.from(`\uFEFF${JSON.stringify({ okta })}`, 'utf16le')],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${JSON.stringify({ okta })}`)],
])('reads %s', (_, bytes) => {
  const file = join(folder, 'windows.json');
  writeFileSync(file, bytes);

  expect(found(file).issuerUrl).toBe(ISSUER);
});

test('reads what cdktf output writes, of every stack', () => {
  const file = written('cdktf.json', { okta, 'cluster-prod': cluster, 'rbac-prod': {} });

  expect(found(file)).toEqual({ ...OF_OKTA, ...OF_PROD });
});

test('says which file a value is from', () => {
  const file = written('source.json', { okta });

  expect(outputFacts(access, [file]).issuerUrl?.source).toBe(file);
});

test.each([
  ['the outputs of okta, by their names', 'a.json', printed(okta), ''],
  ['the state of okta', 'b.json', stateOf(okta), ''],
])('reads %s', (_, name, content, stack) => {
  expect(found(`${stack}${written(name, content)}`)).toMatchObject(OF_OKTA);
});

test.each([
  ['the outputs of a cluster, by the name of the file', 'cluster-prod.json', printed(cluster), ''],
  ['the outputs of a cluster, by the stack before the file', 'c.json', printed(cluster), 'cluster-prod='],
  ['the state of a cluster, by the name of the file', 'terraform.cluster-prod.tfstate', stateOf(cluster), ''],
  ['the state of a cluster, by the name and region of the cluster in it', 'd.json', stateOf(cluster, 'eu-west-1'), ''],
])('reads %s', (_, name, content, stack) => {
  expect(found(`${stack}${written(name, content)}`)).toMatchObject(OF_PROD);
});

test('puts files together', () => {
  const files = [written('okta.json', printed(okta)), written('cluster-prod.json', printed(cluster))];

  expect(found(...files)).toEqual({ ...OF_OKTA, ...OF_PROD });
});

test.each([
  [
    'a file that is not JSON, without its text',
    written('damaged.json', '{\n  "password": hunter2\n}'),
    'damaged.json: This is not JSON: line 2, column 15 is wrong. Allowed: what `cdktf output --outputs-file`, `terraform output -json`, or a state file holds.',
  ],
  [
    'JSON of another shape',
    written('list.json', '[]'),
    'list.json: This is not what `cdktf output --outputs-file`, `terraform output -json`, or a state file holds.',
  ],
  [
    'an encrypted state',
    written('encrypted.json', { serial: 1, lineage: 'a', meta: {}, encrypted_data: 'x' }),
    'encrypted.json: This state is encrypted. Use the output of `tofu output -json` instead.',
  ],
  [
    'a stack without outputs yet',
    written('empty.json', {}),
    'empty.json: It has no output of the stacks okta, cluster-prod, cluster-dev. Deploy them first, and write the outputs again.',
  ],
  [
    'a state without outputs',
    written('empty.tfstate', { version: 4, outputs: {}, resources: [] }),
    'empty.tfstate: It has no output of the stacks okta, cluster-prod, cluster-dev. Deploy them first, and write the outputs again.',
  ],
  [
    'a cluster that the file does not name',
    written('some.json', printed(cluster)),
    'some.json: It does not say which cluster it is of. Write --outputs STACK=FILE with one of the stacks okta, cluster-prod, cluster-dev.',
  ],
  [
    'a private key beside the certificates, which everybody would get',
    written('key.json', {
      'cluster-prod': { ...cluster, certificate_authority: Buffer.from(`${CA_PEM}${PRIVATE_KEY}`).toString('base64') },
    }),
    'key.json, output certificate_authority of cluster-prod: This is not certificates alone: something else is between them, such as a private key.',
  ],
  [
    'the password of an endpoint, without repeating it',
    written('password.json', { 'cluster-prod': { ...cluster, endpoint: 'https://user:hunter2@one?token=hunter2' } }),
    "password.json, output endpoint of cluster-prod: This is not an https URL, such as https://ABCD.gr7.eu-west-1.eks.amazonaws.com. Given: 'https://…@one?…'.",
  ],
  [
    'values of a wrong kind',
    written('wrong.json', {
      okta: { ...okta, issuer_url: 'http://no', client_id_prod: 7 },
      'cluster-prod': { ...cluster, certificate_authority: 'c2VjcmV0' },
    }),
    [
      "wrong.json, output issuer_url of okta: This is not an https URL without a query, such as https://example.okta.com/oauth2/aus1abcd. Given: 'http://no'.",
      'wrong.json, output client_id_prod of okta: This is not a text.',
      'wrong.json, output certificate_authority of cluster-prod: This is not certificates in PEM, encoded in base64, as DescribeCluster gives them.',
    ].join('\n'),
  ],
])('refuses %s', (_, file, message) => {
  expect(problem(file)).toBe(message);
});

test('refuses two files that contradict each other', () => {
  const now = written('now.json', { okta });
  const old = written('old.json', { okta: { ...okta, client_id_prod: '0oaOld' } });

  expect(problem(now, old)).toBe(
    'The client ID of prod differs between now.json and old.json. Leave out the older file.',
  );
});

test('says what is wrong with every file', () => {
  expect(problem(join(folder, 'no.json'), written('list.json', '[]')).split('\n')).toEqual([
    "--outputs: The file cannot be read: ENOENT: no such file or directory, open 'no.json'.",
    'list.json: This is not what `cdktf output --outputs-file`, `terraform output -json`, or a state file holds.',
  ]);
});
