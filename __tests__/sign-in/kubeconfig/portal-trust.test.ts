import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { confirmPortal, type PortalTrustProps } from '../../../sign-in/kubeconfig/portal-trust';
import type { SignInData } from '../../../sign-in/sign-in-data';
import { changed, SIGN_IN } from './sign-in';

const URL = 'https://access.example.com/';
let folder: string;
let questions: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trust-'));
  questions = [];
});

afterEach(() => rmSync(folder, { recursive: true }));

function confirm(data: SignInData, changes: Partial<PortalTrustProps> = {}, yes = true): Promise<void> {
  return confirmPortal({
    ...{ url: URL, data, allowedHosts: ['k8s.example.com:6443'], environment: { XDG_CONFIG_HOME: folder } },
    confirm: async (text) => {
      questions.push(text);
      return yes;
    },
    ...changes,
  });
}

const fileOf = () => join(folder, 'okta-eks-access', 'portals.json');

describe('a portal', () => {
  test('is confirmed once, with its issuer and its API servers', async () => {
    await confirm(SIGN_IN);
    await confirm(SIGN_IN, { allowedHosts: [] });

    expect(questions).toEqual([
      `https://access.example.com/ is used for the first time.
Issuer, at which you sign in:
  https://example.okta.com/oauth2/aus1
API servers, to which kubectl sends your ID token:
  prod: ab12.gr7.eu-west-1.eks.amazonaws.com
  stage: cd34.gr7.eu-west-1.eks.amazonaws.com
  home: k8s.example.com:6443`,
    ]);
    expect(statSync(fileOf()).mode & 0o777).toBe(0o600);
  });

  test('is asked about again for a new API server, and only about that', async () => {
    await confirm(SIGN_IN);
    await confirm(changed({ endpoint: 'https://EVIL.gr7.eu-west-1.eks.amazonaws.com' }));

    expect(questions[1]).toBe(`https://access.example.com/ has API servers that it did not have before.
Issuer, at which you sign in:
  https://example.okta.com/oauth2/aus1
API servers, to which kubectl sends your ID token:
  prod: evil.gr7.eu-west-1.eks.amazonaws.com`);
  });

  test('is asked about again for another issuer, with all of its API servers', async () => {
    await confirm(SIGN_IN);
    await confirm({ ...SIGN_IN, issuerUrl: 'https://evil.example/oauth2/aus1' });

    expect(questions[1]).toContain('has another issuer than before. Before: https://example.okta.com/oauth2/aus1\n');
    expect(questions[1]).toContain('\n  prod: ab12.');
  });

  test('is not asked about for fewer clusters, and remembers those of earlier times', async () => {
    await confirm(SIGN_IN);
    await confirm({ ...SIGN_IN, clusters: SIGN_IN.clusters.slice(0, 1) });
    await confirm(SIGN_IN);

    expect(questions).toHaveLength(1);
  });

  test('is asked about again at another address', async () => {
    await confirm(SIGN_IN);
    await confirm(SIGN_IN, { url: 'https://access.example.org/' });

    expect(questions).toHaveLength(2);
  });

  test('is not remembered if a person refuses', async () => {
    await expect(confirm(SIGN_IN, {}, false)).rejects.toThrow('Nothing was written: the portal is not confirmed.');

    expect(existsSync(fileOf())).toBe(false);
  });

  test('fails for an API server outside EKS that nobody named, before any question', async () => {
    await expect(confirm(SIGN_IN, { allowedHosts: ['k8s.example.com'] })).rejects.toThrow(
      `https://access.example.com/ names API servers outside EKS' domains:
  k8s.example.com:6443
kubectl would send ID tokens to them. If they are clusters of your organization, add --allow-endpoint k8s.example.com:6443.`,
    );
    expect(questions).toEqual([]);
  });

  test('fails for another issuer than the one that a person gave', async () => {
    await expect(confirm(SIGN_IN, { issuer: 'https://example.okta.com/oauth2/aus2' })).rejects.toThrow(
      'https://access.example.com/ has the issuer https://example.okta.com/oauth2/aus1, not that of --issuer: https://example.okta.com/oauth2/aus2. Ask whoever runs the portal.',
    );
    await confirm(SIGN_IN, { issuer: SIGN_IN.issuerUrl });
  });

  test('names 40 API servers, and counts the rest', async () => {
    const [cluster] = SIGN_IN.clusters;
    const clusters = Array.from({ length: 100 }, (_, at) => ({
      ...(cluster as NonNullable<typeof cluster>),
      ...{ key: `c${at}`, endpoint: `https://a${at}.gr7.eu-west-1.eks.amazonaws.com` },
    }));

    await confirm({ ...SIGN_IN, clusters });

    expect(questions[0]).toContain('\n  c39: ');
    expect(questions[0]).toContain('\n  and 60 more');
  });

  test('fails for a damaged memory, without forgetting it', async () => {
    mkdirSync(join(folder, 'okta-eks-access'));
    writeFileSync(fileOf(), '{');

    await expect(confirm(SIGN_IN)).rejects.toThrow('portals.json, which remembers confirmed portals, is damaged.');
    expect(readFileSync(fileOf(), 'utf8')).toBe('{');
  });

  test('is remembered in the home directory where XDG_CONFIG_HOME is no absolute path', async () => {
    await confirm(SIGN_IN, { environment: { XDG_CONFIG_HOME: 'relative', HOME: folder } });

    expect(existsSync(join(folder, '.config', 'okta-eks-access', 'portals.json'))).toBe(true);
  });
});
