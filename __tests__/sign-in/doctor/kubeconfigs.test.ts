import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { combinedFacts } from '../../../live/facts/live-facts';
import { clusterContexts } from '../../../sign-in/doctor/cluster-contexts';
import { contextOf, kubeconfigFiles, readKubeconfigs } from '../../../sign-in/doctor/kubeconfigs';
import { accessWith } from '../../access-files';
import { CA_BASE64, CA_PEM } from '../certificate';

const folder = mkdtempSync(join(tmpdir(), 'kubeconfigs-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const entries = (name: string, server: string, client: string, more = '') => `
contexts: [{ name: ${name}, context: { cluster: ${name}, user: ${name} } }]
clusters: [{ name: ${name}, cluster: { server: '${server}' ${more} } }]
users:
- name: ${name}
  user: { exec: { command: kubectl-oidc_login, args: [get-token, '--oidc-client-id=${client}'], env: [{ name: A, value: b }] } }
`;
const one = file('one', `current-context: prod${entries('prod', 'https://one.example', '0oa1')}`);
const two = file('two', `current-context: stage${entries('prod', 'https://two.example', '0oa9')}`);

test('are those of an option, of KUBECONFIG, or of the home directory', () => {
  expect(kubeconfigFiles({ KUBECONFIG: 'a' }, 'b')).toEqual(['b']);
  expect(kubeconfigFiles({ KUBECONFIG: `a${delimiter}${delimiter}b` }, undefined)).toEqual(['a', 'b']);
  expect(kubeconfigFiles({ KUBECONFIG: '', HOME: '/home/ana' }, undefined)).toEqual(['/home/ana/.kube/config']);
});

test('are merged as kubectl does: what comes first counts, and files that are missing do not', () => {
  const { files, missing, current, contexts } = readKubeconfigs([join(folder, 'no'), one, two]);
  const context = contextOf(readKubeconfigs([one, two]), 'prod');

  expect({ files, missing, current, names: [...contexts.keys()] }).toEqual({
    ...{ files: [one, two], missing: [join(folder, 'no')], current: 'prod', names: ['prod'] },
  });
  expect(context).toMatchObject({ server: 'https://one.example', clientId: '0oa1', isComplete: true });
  expect(context?.exec).toMatchObject({ command: 'kubectl-oidc_login', environment: { A: 'b' } });
});

test('have authorities as data, or in a file beside them', () => {
  file('ca.pem', `-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----\n${CA_PEM}`);
  const authorityOf = (more: string) =>
    contextOf(readKubeconfigs([file('with-ca', entries('prod', 'https://a', 'b', more))]), 'prod')?.authority;

  expect(authorityOf(`, certificate-authority-data: ${CA_BASE64}`)).toBe(CA_PEM.trim());
  expect(authorityOf(', certificate-authority: ca.pem')).toBe(CA_PEM.trim());
  expect(authorityOf(', certificate-authority: no.pem')).toBeNull();
  expect(authorityOf('')).toBeUndefined();
});

test('have contexts whose user or cluster is missing', () => {
  const half = readKubeconfigs([file('half', 'contexts: [{ name: prod, context: { cluster: a, user: b } }]')]);

  expect(contextOf(half, 'prod')).toMatchObject({ isComplete: false, server: undefined, exec: undefined });
  expect(contextOf(half, 'no')).toBeUndefined();
});

test('fail on a damaged file, with its place', () => {
  const broken = file('broken', 'a: [');

  expect(() => readKubeconfigs([broken])).toThrow(`${broken}, line 1, column `);
});

describe('the clusters to look at', () => {
  const clusters = Object.fromEntries(
    ['prod', 'stage', 'lab'].map((key) => [
      key,
      { kind: 'existing-eks', region: 'eu-west-1', ...(key !== 'prod' && { app: 'other' }) },
    ]),
  );
  const access = accessWith({ clusters });
  const only = accessWith();
  const fact = (value: string) => ({ value, source: 'outputs.json' });
  const facts = {
    ...combinedFacts([]),
    clientIds: new Map([
      ['prod', fact('0oa1')],
      ['other', fact('0oa2')],
    ]),
    endpoints: new Map([['stage', fact('https://stage.example')]]),
  };
  const files = (current: string, ...texts: string[]) =>
    readKubeconfigs(
      texts.map((text, index) =>
        file(`${current}-${texts.length}-${index}`, index === 0 ? `current-context: '${current}'${text}` : text),
      ),
    );
  const chosen = (props: Omit<Parameters<typeof clusterContexts>[0], 'facts'>) =>
    clusterContexts({ ...props, facts }).map(({ cluster, context }) => [cluster.key, context]);

  const byName = entries('prod', 'https://x.example', '0oa7');
  const byServer = entries('mine', 'https://stage.example', '0oa7');
  const byClient = entries('mine', 'https://x.example', '0oa1');
  const shared = entries('mine', 'https://x.example', '0oa2');

  test.each([
    ['prod', byName, [['prod', 'prod']]],
    ['mine', byServer, [['stage', 'mine']]],
    ['mine', byClient, [['prod', 'mine']]],
    // Two clusters have this app.
    [
      'mine',
      shared,
      [
        ['prod', undefined],
        ['stage', undefined],
        ['lab', undefined],
      ],
    ],
  ])('are that of the context %s', (current, text, expected) => {
    expect(chosen({ access, kubeconfigs: files(current, text) })).toEqual(expected);
  });

  test('are the only one of the file, whatever its context is called', () => {
    expect(chosen({ access: only, kubeconfigs: files('mine', entries('mine', 'https://y.example', '0oa8')) })).toEqual([
      ['prod', 'mine'],
    ]);
  });

  test('are the named ones, each with its context', () => {
    const named = ['stage', 'lab'].flatMap((key) => access.clusters[key] ?? []);

    expect(chosen({ access, named, kubeconfigs: files('prod', byName, byServer) })).toEqual([
      ['stage', 'mine'],
      ['lab', undefined],
    ]);
  });

  test('have the named context', () => {
    const named = [access.clusters.lab ?? never()];

    expect(chosen({ access, named, context: 'mine', kubeconfigs: files('prod', byName, byServer) })).toEqual([
      ['lab', 'mine'],
    ]);
    expect(chosen({ access, context: 'mine', kubeconfigs: files('prod', byName, byServer) })).toEqual([
      ['stage', 'mine'],
    ]);
  });

  test('are all of the file without a kubeconfig', () => {
    expect(chosen({ access, kubeconfigs: readKubeconfigs([]) })).toHaveLength(3);
  });
});

function never(): never {
  throw new Error('no cluster');
}
