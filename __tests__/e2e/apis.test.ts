import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import {
  DeleteAccessEntryCommand,
  DescribeClusterCommand,
  DescribeIdentityProviderConfigCommand,
  DisassociateIdentityProviderConfigCommand,
  EKSClient,
  ListAccessEntriesCommand,
} from '@aws-sdk/client-eks';
import { readAccess } from '../../model';
import type { AccessRequest } from '../../rbac';
import { oktaEnvironment, writeEnvironmentFile } from '../../sandbox/apis-environment';
import { httpsFetch } from '../../sandbox/https-fetch';
import { runKubectl } from '../../sandbox/kubectl';
import { type RealWorld, startRealWorld } from '../../sandbox/real-world';
import { signIn } from '../../sandbox/sign-in/authorization-code';
import { readStacks } from '../../sandbox/synthesized/read-stacks';
import { awsTools } from '../../sandbox/tools/python-environment';
import { defineAccessStacks } from '../../stacks';
import { DAY } from '../day';
import { inSynthesizedFolder } from '../synthesized';
import { BUILD_TIMEOUT, TIMEOUT, tools } from './world';

// The SDK warns about versions of Node.js that this package supports.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const ACCOUNT = '444455556666';
const ON_CALL = `arn:aws:iam::${ACCOUNT}:role/on-call`;
const access = readAccess(
  {
    okta: { orgName: 'example' },
    groups: { 'eks-admins': {}, 'eks-viewers': {} },
    clusters: {
      prod: {
        ...{ kind: 'eks', region: 'eu-west-1', version: '1.35', authenticationMode: 'API', name: 'production' },
        account: { id: ACCOUNT },
        breakGlass: { roleArn: ON_CALL, expires: '2099-01-31', reason: 'Okta is down' },
      },
    },
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: 'eks-viewers', role: 'view', clusters: '*' },
    ],
  },
  DAY,
);
const PODS: AccessRequest = { verb: 'list', apiGroup: '', resource: 'pods', namespace: 'default' };
const VIEWER = 'eks-viewers@demo.example';

let world: RealWorld;
let programs: string;
let eks: EKSClient;

beforeAll(async () => {
  const stacks = inSynthesizedFolder((app) => defineAccessStacks(app, access), readStacks);
  const aws = await awsTools({ report: (line) => process.stderr.write(`${line}\n`) });
  programs = aws.folder;
  world = await startRealWorld({
    ...{ stacks, access, clusters: ['prod'], tools: await tools(), aws, management: { httpProxy: true } },
  });
  const { url: endpoint, credentials } = world.aws ?? {
    url: '',
    credentials: { accessKeyId: '', secretAccessKey: '' },
  };
  eks = new EKSClient({ region: 'eu-west-1', endpoint, credentials, maxAttempts: 1 });
}, BUILD_TIMEOUT);

afterAll(async () => {
  eks?.destroy();
  await world?.close();
});

async function token(): Promise<string> {
  const { issuerUrl, clientId } = world.clusters[0]?.authentication ?? { issuerUrl: '', clientId: '' };
  const { password, issuer } = world;
  const { idToken } = await signIn({
    ...{ issuerUrl, clientId, scopes: ['openid', 'email', 'profile'], login: VIEWER, password, caPem: issuer.caPem },
  });
  return idToken;
}

const status = async (idToken: string) => (await world.servers.get('prod')?.ask(idToken, PODS))?.status;

/** Asks until the answer is the expected one: the API server keeps a token that was right for ten seconds. */
async function until<Value>(expected: Value, ask: () => Promise<Value>): Promise<Value> {
  for (let attempt = 0; ; attempt += 1) {
    const given = await ask();
    if (given === expected || attempt === 300) return given;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const asOnCall = async () => {
  const { folder, kubeconfig } = world;
  const args = ['auth', 'whoami', '-o', 'jsonpath={.status.userInfo}'];
  const { code, stdout, stderr } = await runKubectl({ folder, kubeconfig, context: 'prod/on-call', args });
  return code === 0 ? (JSON.parse(stdout) as object) : stderr;
};

describe('the APIs of a sandbox', () => {
  test(
    'know the clusters of the file',
    async () => {
      const { cluster } = await eks.send(new DescribeClusterCommand({ name: 'production' }));
      const identityProviderConfig = { type: 'oidc', name: 'Okta' };
      const { identityProviderConfig: found } = await eks.send(
        new DescribeIdentityProviderConfigCommand({ clusterName: 'production', identityProviderConfig }),
      );
      const { accessEntries } = await eks.send(new ListAccessEntriesCommand({ clusterName: 'production' }));

      const server = world.servers.get('prod');
      expect(cluster).toMatchObject({
        ...{ endpoint: server?.url, status: 'ACTIVE', version: '1.35', accessConfig: { authenticationMode: 'API' } },
        arn: `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/production`,
        certificateAuthority: { data: Buffer.from(server?.caPem ?? '').toString('base64') },
      });
      expect(found?.oidc).toMatchObject({
        ...{ status: 'ACTIVE', issuerUrl: world.clusters[0]?.authentication.issuerUrl },
        ...{ usernameClaim: 'email', usernamePrefix: 'okta:', groupsClaim: 'groups', groupsPrefix: 'okta:' },
      });
      expect(accessEntries).toEqual([ON_CALL, `arn:aws:iam::${ACCOUNT}:user/sandbox`]);
    },
    TIMEOUT,
  );

  test(
    'decide who enters with IAM',
    async () => {
      expect(await asOnCall()).toMatchObject({
        ...{ username: `arn:aws:sts::${ACCOUNT}:assumed-role/on-call/EKSGetTokenAuth` },
        groups: ['break-glass', 'system:authenticated'],
      });

      await eks.send(new DeleteAccessEntryCommand({ clusterName: 'production', principalArn: ON_CALL }));

      const refused = await until(true, async () => /Unauthorized|logged in/.test(String(await asOnCall())));
      expect(refused).toBe(true);
    },
    TIMEOUT,
  );

  test(
    'change who signs in, in Okta and in EKS',
    async () => {
      const before = await token();
      expect(await status(before)).toBe(200);
      const { management, caPem } = world.issuer;
      const fetch = httpsFetch(caPem);
      const headers = { authorization: `SSWS ${management?.apiToken}`, 'content-type': 'application/json' };
      const ids = world.organization;
      const [group, user] = [ids.groupByName('eks-viewers')?.id, ids.userByLogin(VIEWER)?.id];
      const path = `${management?.url}/api/v1/groups/${group}/users/${user}`;

      expect((await fetch(path, { method: 'DELETE', headers })).status).toBe(204);
      await expect(token()).rejects.toThrow('User is not assigned to the client application.');
      await eks.send(
        new DisassociateIdentityProviderConfigCommand({
          ...{ clusterName: 'production', identityProviderConfig: { type: 'oidc', name: 'Okta' } },
        }),
      );

      expect(await until<number | undefined>(401, () => status(before))).toBe(401);
    },
    TIMEOUT,
  );

  test('are in an environment that only its owner can read, and not in the arguments of a program', () => {
    const file = join(world.folder, 'env');
    const { aws, issuer } = world;
    if (aws === undefined || issuer.management === undefined) throw new Error('no APIs');

    writeEnvironmentFile(file, { ...aws.environment, ...oktaEnvironment(issuer.management, 'ca.pem') }, programs);

    expect(statSync(file).mode & 0o777).toBe(0o600);
    const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    for (const secret of [aws.credentials.secretAccessKey, issuer.management.apiToken]) {
      expect(processes).not.toContain(secret);
    }
  });
});
