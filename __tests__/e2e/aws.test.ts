import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import {
  AssociateAccessPolicyCommand,
  AssociateIdentityProviderConfigCommand,
  CreateAccessEntryCommand,
  CreateClusterCommand,
  DeleteAccessEntryCommand,
  DeleteClusterCommand,
  DescribeClusterCommand,
  DescribeIdentityProviderConfigCommand,
  DisassociateIdentityProviderConfigCommand,
  EKSClient,
  UpdateClusterConfigCommand,
  waitUntilClusterActive,
  waitUntilClusterDeleted,
} from '@aws-sdk/client-eks';
import { apiClient } from '../../sandbox/api-server/api-client';
import { REAL_KUBERNETES, type RealApiServers, startRealApiServers } from '../../sandbox/api-server/real';
import type { RunningApiServer } from '../../sandbox/api-server/real-api-server';
import { type LocalAws, startLocalAws } from '../../sandbox/aws/local-aws';
import { type CertificateAuthority, createCertificateAuthority } from '../../sandbox/okta/certificate-authority';
import { createPrivateFolder } from '../../sandbox/private-folder';
import { type AwsTools, awsTools } from '../../sandbox/tools/python-environment';
import { startTestIssuer, type TestIssuer } from './differential/test-issuer';
import { BUILD_TIMEOUT, TIMEOUT, tools } from './world';

// The SDK warns about versions of Node.js that this package supports.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const REGION = 'eu-west-1';
const VIEW = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';
const SUBNETS = { subnetIds: ['subnet-1', 'subnet-2'] };
const WAIT = { maxWaitTime: 300, minDelay: 0.1, maxDelay: 0.5 };

const folder = createPrivateFolder(false);
let python: AwsTools;
let ca: CertificateAuthority;
let issuer: TestIssuer;
let aws: LocalAws;
let servers: RealApiServers;
let eks: EKSClient;
const started = new Map<string, RunningApiServer>();

beforeAll(async () => {
  const programs = await tools();
  python = await awsTools({ report: (line) => process.stderr.write(`${line}\n`) });
  ca = await createCertificateAuthority();
  issuer = await startTestIssuer(ca);
  aws = await startLocalAws({
    ...{ tools: python, folder: folder.path, kubernetes: REAL_KUBERNETES },
    async startApiServer(name) {
      const server = await servers.add(name);
      started.set(name, server);
      return server;
    },
  });
  servers = await startRealApiServers({
    ...{ tools: programs, folder: folder.path, clusters: [], ca, iam: aws.iam },
  });
  eks = new EKSClient({ region: REGION, endpoint: aws.url, credentials: aws.credentials, maxAttempts: 1 });
  await createCluster('production', 'CONFIG_MAP');
}, BUILD_TIMEOUT);

afterAll(async () => {
  eks?.destroy();
  await servers?.close();
  await aws?.close();
  await issuer?.close();
  folder.remove();
});

async function createCluster(name: string, authenticationMode: 'CONFIG_MAP' | 'API'): Promise<void> {
  const roleArn = 'arn:aws:iam::123456789012:role/eks';
  await eks.send(
    new CreateClusterCommand({ name, roleArn, resourcesVpcConfig: SUBNETS, accessConfig: { authenticationMode } }),
  );
  await waitUntilClusterActive({ client: eks, ...WAIT }, { name });
}

/** The AWS CLI. It runs beside this process, which answers it. */
function cli(args: readonly string[], credentials = aws.environment): Promise<{ code: number | null; output: string }> {
  const env = { PATH: `${python.folder}${delimiter}${process.env.PATH}`, ...credentials, AWS_DEFAULT_REGION: REGION };
  const child = spawn('aws', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((done, reject) => {
    child.once('error', reject).once('close', (code) => done({ code, output }));
  });
}

async function iamToken(cluster: string, ...args: string[]): Promise<string> {
  const { output } = await cli(['eks', 'get-token', '--cluster-name', cluster, ...args]);
  return (JSON.parse(output) as { status: { token: string } }).status.token;
}

/** How the API server of a cluster answers a token, found by what EKS says about the cluster. */
async function answer(cluster: string, token: string, path: string): Promise<number> {
  const { cluster: found } = await eks.send(new DescribeClusterCommand({ name: cluster }));
  const caPem = Buffer.from(found?.certificateAuthority?.data ?? '', 'base64').toString();
  return (await apiClient(found?.endpoint ?? '', caPem, token).request('GET', path)).status;
}

async function whoAmI(cluster: string, token: string): Promise<unknown> {
  const { cluster: found } = await eks.send(new DescribeClusterCommand({ name: cluster }));
  const caPem = Buffer.from(found?.certificateAuthority?.data ?? '', 'base64').toString();
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  const { status, body } = await apiClient(found?.endpoint ?? '', caPem, token).request(
    'POST',
    '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    review,
  );
  const { username, groups } = (body as { status?: { userInfo?: Record<string, unknown> } }).status?.userInfo ?? {};
  return status === 201 ? { username, groups } : status;
}

/** Asks until the answer is the expected one: the API server keeps a token that was right for ten seconds. */
async function until(expected: unknown, ask: () => Promise<unknown>): Promise<unknown> {
  for (let attempt = 0; ; attempt += 1) {
    const given = await ask();
    if (JSON.stringify(given) === JSON.stringify(expected) || attempt === 300) return given;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function personToken(): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...{ iss: issuer.issuerUrl, aud: 'client', sub: '00u1', email: 'ana@example.com', iat: now, exp: now + 3600 },
    groups: ['eks-viewers'],
  };
  return issuer.token({ claims: JSON.stringify(claims), header: [], signature: 'RS256', change: 'nothing' });
}

const NAMED = { clusterName: 'production', identityProviderConfig: { type: 'oidc', name: 'Okta' } };

describe('the local AWS', () => {
  test(
    'lets a person in while an identity provider is associated',
    async () => {
      const token = personToken();
      const oidc = {
        ...{ identityProviderConfigName: 'Okta', issuerUrl: issuer.issuerUrl, clientId: 'client' },
        ...{ usernameClaim: 'email', usernamePrefix: 'okta:', groupsClaim: 'groups', groupsPrefix: 'okta:' },
      };
      const status = async () => {
        const { identityProviderConfig } = await eks.send(new DescribeIdentityProviderConfigCommand(NAMED));
        return identityProviderConfig?.oidc?.status;
      };

      expect(await whoAmI('production', token)).toBe(401);
      await eks.send(new AssociateIdentityProviderConfigCommand({ clusterName: 'production', oidc }));
      expect(await until('ACTIVE', status)).toBe('ACTIVE');
      // Active means that the API server trusts it already.
      expect(await whoAmI('production', token)).toEqual({
        username: 'okta:ana@example.com',
        groups: ['okta:eks-viewers', 'system:authenticated'],
      });
      await eks.send(new DisassociateIdentityProviderConfigCommand(NAMED));
      expect(await until(401, () => whoAmI('production', token))).toBe(401);
    },
    TIMEOUT,
  );

  test(
    'lets the creator in, and the roles of aws-auth as long as the mode reads it',
    async () => {
      const admin = [...started.values()][0]?.admin;
      const mapRoles = `- rolearn: arn:aws:iam::123456789012:role/mapped\n  username: mapped:{{SessionName}}\n  groups: [system:masters]\n`;
      await admin?.request('POST', '/api/v1/namespaces/kube-system/configmaps', {
        ...{ metadata: { name: 'aws-auth' }, data: { mapRoles } },
      });
      const creator = await iamToken('production');
      const mapped = await iamToken('production', '--role-arn', 'arn:aws:iam::123456789012:role/mapped');
      const update = async (authenticationMode: 'API_AND_CONFIG_MAP' | 'API') => {
        await eks.send(new UpdateClusterConfigCommand({ name: 'production', accessConfig: { authenticationMode } }));
        await waitUntilClusterActive({ client: eks, ...WAIT }, { name: 'production' });
      };

      expect(await whoAmI('production', creator)).toEqual({
        username: 'kubernetes-admin',
        groups: ['system:masters', 'system:authenticated'],
      });
      expect(await whoAmI('production', mapped)).toEqual({
        username: 'mapped:EKSGetTokenAuth',
        groups: ['system:masters', 'system:authenticated'],
      });
      await update('API_AND_CONFIG_MAP');
      expect(await answer('production', mapped, '/api/v1/nodes')).toBe(200);
      await update('API');
      const out = await until(401, () => whoAmI('production', mapped));
      const user = 'arn:aws:iam::123456789012:user/sandbox';
      const kept = await until({ username: user, groups: ['system:authenticated'] }, () =>
        whoAmI('production', creator),
      );

      expect(out).toBe(401);
      // The creator has an access entry with a policy instead, which allows everything without a group.
      expect(kept).toEqual({ username: user, groups: ['system:authenticated'] });
      expect(await answer('production', creator, '/api/v1/nodes')).toBe(200);
      const back = await cli([
        ...['eks', 'update-cluster-config', '--name', 'production'],
        ...['--access-config', 'authenticationMode=CONFIG_MAP'],
      ]);
      expect(back.code).not.toBe(0);
      expect(back.output).toContain(
        'An error occurred (InvalidParameterException) when calling the UpdateClusterConfig operation: Unsupported authentication mode update from API to CONFIG_MAP',
      );
    },
    TIMEOUT,
  );

  test(
    'lets an IAM role in while it has an access entry, with what its policies allow',
    async () => {
      const principalArn = 'arn:aws:iam::123456789012:role/on-call';
      const entry = { clusterName: 'production', principalArn };
      const token = await iamToken('production', '--role-arn', principalArn);
      const username = 'arn:aws:sts::123456789012:assumed-role/on-call/EKSGetTokenAuth';

      expect(await whoAmI('production', token)).toBe(401);
      await eks.send(new CreateAccessEntryCommand({ ...entry, kubernetesGroups: ['break-glass'] }));
      const user = { username, groups: ['break-glass', 'system:authenticated'] };
      expect(await until(user, () => whoAmI('production', token))).toEqual(user);
      const pods = (namespace: string) => answer('production', token, `/api/v1/namespaces/${namespace}/pods`);
      expect(await pods('default')).toBe(403);
      const scope = { type: 'namespace' as const, namespaces: ['kube-*'] };
      await eks.send(new AssociateAccessPolicyCommand({ ...entry, policyArn: VIEW, accessScope: scope }));
      expect(await until(200, () => pods('kube-system'))).toBe(200);
      expect([await pods('default'), await answer('production', token, '/api/v1/nodes')]).toEqual([403, 403]);
      expect(await answer('production', token, '/api/v1/namespaces/kube-system/secrets')).toBe(403);
      await eks.send(new DeleteAccessEntryCommand(entry));
      expect(await until(401, () => whoAmI('production', token))).toBe(401);
    },
    TIMEOUT,
  );

  test(
    'takes a token for its cluster only, and only the keys of the run',
    async () => {
      await createCluster('other', 'API');
      const token = await iamToken('production');
      const stranger = { ...aws.environment, AWS_SECRET_ACCESS_KEY: 'wrong' };

      expect(await whoAmI('other', await iamToken('other'))).toMatchObject({
        username: 'arn:aws:iam::123456789012:user/sandbox',
      });
      expect(await whoAmI('other', token)).toBe(401);
      const forged = await cli(['eks', 'get-token', '--cluster-name', 'other'], stranger);
      const { status } = JSON.parse(forged.output) as { status: { token: string } };
      expect(await whoAmI('other', status.token)).toBe(401);
      for (const args of [
        ['eks', 'list-clusters'],
        ['iam', 'list-users'],
        ['sts', 'get-caller-identity'],
      ]) {
        const refused = await cli(args, stranger);
        expect(refused.code).not.toBe(0);
        expect(refused.output).toContain('The request signature we calculated does not match');
      }
      const listed = await cli(['eks', 'list-clusters', '--query', 'clusters', '--output', 'text']);
      expect(listed.output.trim().split('\t')).toEqual(['other', 'production']);
    },
    TIMEOUT,
  );

  test(
    'ends the API server of a deleted cluster',
    async () => {
      const { cluster } = await eks.send(new DescribeClusterCommand({ name: 'other' }));

      await eks.send(new DeleteClusterCommand({ name: 'other' }));
      await waitUntilClusterDeleted({ client: eks, ...WAIT }, { name: 'other' });

      const caPem = Buffer.from(cluster?.certificateAuthority?.data ?? '', 'base64').toString();
      await expect(apiClient(cluster?.endpoint ?? '', caPem, '').request('GET', '/version')).rejects.toThrow(
        'ECONNREFUSED',
      );
    },
    TIMEOUT,
  );
});
