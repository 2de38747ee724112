import type { JWTPayload } from 'jose';
import { type Access, readAccess } from '../../../model';
import { freePort } from '../../../sandbox/free-port';
import { httpsFetch } from '../../../sandbox/https-fetch';
import { runKubectl } from '../../../sandbox/kubectl';
import { type RealWorld, startRealWorld } from '../../../sandbox/real-world';
import { readStacks } from '../../../sandbox/synthesized/read-stacks';
import { programFile } from '../../../sandbox/tools/build-tools';
import { defineAccessStacks } from '../../../stacks';
import { DAY } from '../../day';
import { inSynthesizedFolder } from '../../synthesized';
import { tools } from '../world';
import { DEPLOYER, type Laptop, laptop } from './laptop';

export const EDITOR = 'eks-editors@demo.example';
export const ADMIN = 'eks-admins@demo.example';

/** The world in which the doctor is tried, and the laptops of its people. */
export interface DoctorWorld {
  readonly world: RealWorld;
  readonly access: Access;
  /** The access file as it is written. */
  readonly file: object;
  /** A new laptop on which everything is well. */
  laptopOf(login: string): Promise<Laptop>;
  /** A token with other claims, signed by the issuer. */
  tokenWith(changes: JWTPayload): Promise<string>;
  /** The access file with other keys. */
  accessWith(changes: object): Access;
  /** Calls Okta's management API as its administrator. */
  okta(method: string, path: string, body?: object): Promise<unknown>;
  /** Runs kubectl as administrator of a cluster. */
  kubectl(args: readonly string[], input?: object, cluster?: string): Promise<void>;
}

/** Starts the world. Its ports are free ones, so that other tests do not hold them. */
export async function doctorWorld(): Promise<DoctorWorld> {
  const redirectPorts = [await freePort(), await freePort()];
  const file = {
    okta: { orgName: 'example' },
    authorizationServer: { name: 'EKS' },
    signIn: { redirectPorts, refresh: { lifetime: '12h' } },
    claims: { tenant: '"shop"' },
    identityProvider: { requiredClaims: { tenant: 'shop' } },
    groups: { 'eks-admins': {}, 'eks-editors': {}, 'eks-viewers': {} },
    namespaces: { 'team-a': { podSecurity: 'baseline' } },
    clusters: {
      prod: { kind: 'existing-eks', region: 'eu-west-1', namespaces: ['team-a'], deployers: [DEPLOYER] },
      stage: { kind: 'existing-eks', region: 'eu-west-1' },
    },
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: 'eks-editors', role: 'edit', clusters: ['prod'], namespaces: ['team-a'] },
      { group: 'eks-viewers', role: 'view', clusters: '*' },
    ],
  };
  const access = readAccess(file, DAY);
  const stacks = inSynthesizedFolder((app) => defineAccessStacks(app, access), readStacks);
  const clusters = Object.keys(access.clusters);
  const world = await startRealWorld({ stacks, access, clusters, tools: await tools(), management: {} });
  const { kubelogin } = await tools();
  const kubectl = await programFile(
    { name: 'kubectl', module: 'kubectl', package: 'k8s.io/kubernetes/cmd/kubectl', inAssets: false },
    { report: (line) => process.stderr.write(`${line}\n`) },
  );
  return {
    ...{ world, access, file },
    laptopOf: (login) => laptop({ world, access, kubectl, kubelogin, login }),
    async tokenWith(changes) {
      const { issuerUrl = '', clientId } = world.clusters.find(({ key }) => key === 'prod')?.authentication ?? {};
      const now = Math.floor(Date.now() / 1000);
      return world.issuer.signForTest(issuerUrl.split('/').at(-1) ?? '', {
        ...{ iss: issuerUrl, aud: clientId, sub: '00u1', email: EDITOR, iat: now, exp: now + 3600 },
        ...{ groups: ['eks-editors'], tenant: 'shop' },
        ...changes,
      });
    },
    accessWith: (changes) => readAccess({ ...file, ...changes }, DAY),
    async okta(method, path, body) {
      const { url = '', apiToken = '' } = world.issuer.management ?? {};
      const response = await httpsFetch(world.issuer.caPem)(`${url}/api/v1${path}`, {
        ...{ method, headers: { authorization: `SSWS ${apiToken}`, 'content-type': 'application/json' } },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
    async kubectl(args, input, cluster = 'prod') {
      const kubeconfig = world.servers.get(cluster)?.adminKubeconfig ?? '';
      const text = input === undefined ? undefined : JSON.stringify(input);
      const { code, stderr } = await runKubectl({ folder: world.folder, kubeconfig, args, input: text });
      if (code !== 0) throw new Error(stderr);
    },
  };
}
