import { join } from 'node:path';
import { AccessError } from '../../model';
import { accessFiles, runCommandToEnd, SOUND } from './run-command';

const folder = accessFiles({
  'access.json': {
    ...SOUND,
    clusters: { ...SOUND.clusters, aws: { kind: 'existing-eks', region: 'eu-west-1' } },
    grants: [...SOUND.grants],
  },
  'eks.json': {
    ...SOUND,
    clusters: { prod: { kind: 'existing-eks', region: 'eu-west-1', namespaces: ['team-a'] } },
  },
  'outputs.json': {
    okta: { issuer_url: 'https://example.okta.com/oauth2/aus1', client_id_dev: '0oadev', client_id_prod: '0oaprod' },
  },
});
const FILE = ['--file', join(folder, 'access.json')];
const ISSUED = ['--issuer', 'https://example.okta.com/oauth2/aus1', '--client-id', '0oa1'];

describe('eks-access flags', () => {
  test('prints for a target, with the values of the command line', async () => {
    const { stdout, exitCode } = await runCommandToEnd('flags', 'dev', '--target', 'k3s', ...FILE, ...ISSUED);

    expect(stdout).toContain('  - oidc-issuer-url=https://example.okta.com/oauth2/aus1\n  - oidc-client-id=0oa1\n');
    expect(exitCode).toBe(0);
  });

  test('reads the issuer and the client ID of its app from outputs', async () => {
    const outputs = ['--outputs', join(folder, 'outputs.json')];

    const { stdout } = await runCommandToEnd('flags', 'prod', '--target', 'k3s', ...FILE, ...outputs);

    expect(stdout).toContain('  - oidc-issuer-url=https://example.okta.com/oauth2/aus1\n  - oidc-client-id=0oaprod\n');
  });

  test('prints the audit policy without a value of Okta', async () => {
    const { stdout } = await runCommandToEnd('flags', 'prod', '--target', 'audit-policy', ...FILE);

    expect(stdout).toContain('    userGroups:\n      - okta:eks-admins\n      - okta:eks-auditors\n');
  });

  test.each([
    [
      'a cluster of EKS',
      ['aws', ...FILE],
      "The cluster 'aws' is in EKS, where nobody can set flags or the audit policy of the API server. Its stack cluster-aws associates it with Okta instead, and docs/logs-insights.md reads its audit log. Clusters of kind self-managed: dev, prod.",
    ],
    [
      'a cluster of a file without others',
      ['prod', '--file', join(folder, 'eks.json')],
      "The cluster 'prod' is in EKS, where nobody can set flags or the audit policy of the API server. Its stack cluster-prod associates it with Okta instead, and docs/logs-insights.md reads its audit log. The access file has no cluster of kind self-managed.",
    ],
    [
      'an unknown cluster',
      ['prd', ...FILE],
      "The access file has no cluster 'prd'. Did you mean 'prod'? It has dev, prod, aws.",
    ],
    [
      'no issuer and no client ID',
      ['dev', ...FILE],
      "Missing: the issuer of the authorization server (--issuer URL) and the client ID of the app 'dev' (--client-id ID). Deploy the stack okta first; --outputs FILE then reads both: npx cdktf output okta --outputs-file FILE.",
    ],
    [
      'no client ID',
      ['dev', ...FILE, ...ISSUED.slice(0, 2)],
      "Missing: the client ID of the app 'dev' (--client-id ID). Deploy the stack okta first; --outputs FILE then reads both: npx cdktf output okta --outputs-file FILE.",
    ],
    [
      'the client ID of another app only',
      ['dev', ...FILE, ...ISSUED.slice(0, 2), '--client-id', 'prod=0oa1'],
      "Missing: the client ID of the app 'dev' (--client-id ID). Deploy the stack okta first; --outputs FILE then reads both: npx cdktf output okta --outputs-file FILE.",
    ],
    [
      'a wrong issuer and a wrong client ID',
      ['dev', ...FILE, '--issuer', 'http://example.okta.com', '--client-id', 'a b'],
      "--issuer: This is not an https URL without a query, such as https://example.okta.com/oauth2/aus1abcd. Given: 'http://example.okta.com'.\n--client-id: This is not a client ID of Okta, such as 0oa1bcd2EFGH3ijkl4x7. Given: 'a b'.",
    ],
  ])('fails for %s', async (_name, words, message) => {
    await expect(runCommandToEnd('flags', '--target', 'k3s', ...words)).rejects.toThrow(new AccessError(message));
  });
});
