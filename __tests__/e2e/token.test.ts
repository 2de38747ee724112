import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveFacts } from '../../live/facts/live-facts';
import { type Access, type AccessFile, readAccess } from '../../model';
import { httpsFetch } from '../../sandbox/https-fetch';
import { tokenPreview } from '../../sandbox/preview/token-preview';
import type { RealWorld } from '../../sandbox/real-world';
import { readStacks } from '../../sandbox/synthesized/read-stacks';
import { explainToken, type TokenExplanation } from '../../sign-in/token/explain-token';
import { checkedSignature } from '../../sign-in/token/signature';
import { defineAccessStacks } from '../../stacks';
import { DAY } from '../day';
import { inSynthesizedFolder } from '../synthesized';
import { BUILD_TIMEOUT, person, realWorld, TIMEOUT, tools } from './world';

const FILE: AccessFile = {
  okta: { orgName: 'example' },
  groups: { 'eks-admins': {}, 'eks-viewers': {} },
  claims: { tenant: '"shop"' },
  identityProvider: { requiredClaims: { tenant: 'shop' } },
  clusters: {
    prod: { kind: 'existing-eks', region: 'eu-west-1' },
    stage: { kind: 'existing-eks', region: 'eu-west-1', name: 's' },
  },
  namespaces: { 'team-a': { create: true } },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-viewers', role: 'view', clusters: ['prod'], namespaces: ['team-a'] },
  ],
};
const access: Access = readAccess(FILE, DAY);
const VIEWER = 'eks-viewers@demo.example';

let world: RealWorld;
let facts: LiveFacts;
let file: string;

beforeAll(async () => {
  world = await realWorld(access);
  file = join(world.folder, 'access.json');
  writeFileSync(file, JSON.stringify(FILE));
  const fact = (value: string) => ({ value, source: 'test' });
  facts = {
    issuerUrl: fact(world.clusters[0]?.authentication.issuerUrl ?? ''),
    clientIds: new Map(world.clusters.map(({ key, authentication }) => [key, fact(authentication.clientId)])),
    endpoints: new Map(),
    certificateAuthorities: new Map(),
  };
}, BUILD_TIMEOUT);

afterAll(() => world?.close());

/** Runs the command as a person does. It needs the issuer, which runs in this process. */
function explain(
  args: readonly string[],
  input = '',
  path = process.env.PATH,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const options = [
    ...['--file', file, '--issuer', facts.issuerUrl?.value ?? ''],
    ...[...facts.clientIds].flatMap(([app, { value }]) => ['--client-id', `${app}=${value}`]),
  ];
  const child = spawn(
    process.execPath,
    [join(__dirname, '../../eks-access.cjs'), 'token', 'explain', ...options, ...args],
    {
      env: { ...process.env, PATH: path, NODE_EXTRA_CA_CERTS: join(world.folder, 'ca.pem') },
    },
  );
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => {
    output.stdout += text;
  });
  child.stderr.on('data', (text: Buffer) => {
    output.stderr += text;
  });
  child.stdin.end(input);
  return new Promise((done, reject) => {
    child.once('error', reject).once('close', (code) => done({ code, ...output }));
  });
}

test(
  "explains the token in kubelogin's cache as the API server sees it, and prints no part of it",
  async () => {
    const viewer = person(world, VIEWER);
    const whoami = await viewer.kubectl('prod', ['auth', 'whoami', '--output=json']);
    const token = await viewer.idToken('prod');
    const tokens = readdirSync(world.folder).find((name) => name === `${encodeURIComponent(VIEWER)}.tokens`) ?? '';

    const cache = ['--cache', join(world.folder, tokens)];
    const { code, stdout, stderr } = await explain([...cache, '--cluster', 'prod', '--json']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('--issuer') });
    const { signature, clusters } = JSON.parse(stdout) as TokenExplanation;
    expect(signature.state).toBe('right');
    expect(clusters[0]).toMatchObject({ cluster: 'prod', accepted: true });
    const { userInfo } = (JSON.parse(whoami.stdout) as { status: { userInfo: { username: string; groups: string[] } } })
      .status;
    expect([clusters[0]?.user?.name, ...(clusters[0]?.user?.groups ?? []), 'system:authenticated']).toEqual([
      userInfo.username,
      ...userInfo.groups,
    ]);
    expect(clusters[0]?.roles.map(({ role, namespace }) => [role, namespace])).toEqual([['view', 'team-a']]);
    const text = await explain(cache);
    for (const part of token.split('.')) expect(stdout + stderr + text.stdout + text.stderr).not.toContain(part);
  },
  TIMEOUT,
);

test(
  'takes the token from standard input, as kubelogin prints it',
  async () => {
    const token = await person(world, VIEWER).idToken('prod');

    const { code, stdout } = await explain(['--cluster', 'stage'], JSON.stringify({ status: { token } }));

    expect(code).toBe(2);
    expect(stdout).toContain('stage: refused, 401\n    oidc: expected audience');
    expect(stdout).toContain('The token is for the app prod.');
  },
  TIMEOUT,
);

test(
  'signs in with kubelogin',
  async () => {
    const { kubelogin } = await tools();
    const bin = join(world.folder, 'bin');
    mkdirSync(bin);
    // The plugin of a person, whose browser is the one of the test, and whose system trusts the issuer.
    const browser = join(world.folder, `${encodeURIComponent(VIEWER)}.browser`);
    person(world, VIEWER);
    const plugin = `#!/bin/sh\nexec '${kubelogin}' "$@" '--certificate-authority=${world.folder}/ca.pem' '--browser-command=${browser}' --token-cache-storage=none\n`;
    writeFileSync(join(bin, 'kubectl-oidc_login'), plugin, { mode: 0o700 });

    const { code, stdout } = await explain(['--sign-in', '--cluster', 'prod'], '', `${bin}:${process.env.PATH}`);

    expect(stdout).toContain(`prod: accepted\n    user okta:${VIEWER}\n`);
    expect(code).toBe(0);
  },
  TIMEOUT,
);

const now = () => Math.floor(Date.now() / 1000);

test.each<[string, () => object]>([
  ['a valid token', () => ({})],
  ['one that has expired', () => ({ exp: now() - 60 })],
  ['one for another app', () => ({ aud: facts.clientIds.get('stage')?.value })],
  ['one of another issuer', () => ({ iss: 'https://example.okta.com/oauth2/other' })],
  ['one with email_verified: false', () => ({ email_verified: false })],
  ['one without the user name', () => ({ email: undefined })],
  ['one with another required claim', () => ({ tenant: 'other' })],
  ['one without the required claim', () => ({ tenant: undefined })],
  ['one with a group in another case', () => ({ groups: ['EKS-Viewers'] })],
  ['one with one group as text', () => ({ groups: 'eks-viewers' })],
  ['one with numbers as groups', () => ({ groups: [1] })],
  ['one that is not valid yet', () => ({ nbf: now() + 600 })],
])('makes of %s what the real API server makes of it', async (_, changes) => {
  const { issuerUrl, clientId } = world.clusters.find(({ key }) => key === 'prod')?.authentication ?? {};
  const token = await world.issuer.signForTest(String(issuerUrl).split('/').at(-1) ?? '', {
    ...{ iss: issuerUrl, aud: clientId, sub: '00u1', email: 'ana@example.com', iat: now(), exp: now() + 3600 },
    ...{ groups: ['eks-viewers'], tenant: 'shop' },
    ...changes(),
  });
  const source = { kind: 'issuer', issuerUrl: String(issuerUrl) } as const;
  const signature = await checkedSignature(token, source, httpsFetch(world.issuer.caPem));
  const clusters = Object.values(access.clusters).filter(({ key }) => key === 'prod');

  const { clusters: answers } = await explainToken({ token, access, clusters, facts, signature, now: Date.now() });

  const request = { verb: 'list', apiGroup: '', resource: 'pods', namespace: 'team-a' };
  const real = await world.servers.get('prod')?.ask(token, request);
  expect(answers[0]?.accepted).toBe(real?.status !== 401);
  expect((answers[0]?.roles.length ?? 0) > 0).toBe(real?.status === 200);
  if (real?.user !== undefined)
    expect([...(answers[0]?.user?.groups ?? []), 'system:authenticated']).toEqual(real.user.groups);
});

test(
  'previews the claims of the token that Okta then issues',
  async () => {
    const token = await person(world, VIEWER).idToken('prod');
    const stacks = inSynthesizedFolder((app) => defineAccessStacks(app, access), readStacks);
    const people = [{ login: VIEWER, groups: ['eks-viewers'] }];

    const { apps } = tokenPreview({ access, stacks, login: VIEWER, people, apps: access.apps });

    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >;
    const preview = apps.find(({ app }) => app === 'prod')?.claims ?? [];
    const compared = preview.filter(({ name, value }) => value !== null && name !== 'sub');
    expect(compared.map(({ name }) => name).sort()).toEqual(['email', 'groups', 'tenant']);
    for (const { name, value } of compared) expect([name, claims[name]]).toEqual([name, value]);
  },
  TIMEOUT,
);
