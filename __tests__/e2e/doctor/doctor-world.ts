import type { JWTPayload } from 'jose';
import { type Access, readAccess } from '../../../model';
import { freePort } from '../../../sandbox/free-port';
import { runKubectl } from '../../../sandbox/kubectl';
import type { RealWorld } from '../../../sandbox/real-world';
import { programFile } from '../../../sandbox/tools/build-tools';
import { DAY } from '../../day';
import { realWorld, tools } from '../world';
import { DEPLOYER, type Laptop, laptop } from './laptop';

export const EDITOR = 'eks-editors@demo.example';
export const ADMIN = 'eks-admins@demo.example';

/** The world in which the doctor is tried, and the laptops of its people. */
export interface DoctorWorld {
  readonly world: RealWorld;
  readonly access: Access;
  /** A new laptop on which everything is well. */
  laptopOf(login: string): Promise<Laptop>;
  /** A token with other claims, signed by the issuer. */
  tokenWith(changes: JWTPayload): Promise<string>;
  /** The access file with other keys. */
  accessWith(changes: object): Access;
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
    claims: { tenant: { existing: true } },
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
  const world = await realWorld(access);
  const { kubelogin } = await tools();
  const kubectl = await programFile(
    { name: 'kubectl', module: 'kubectl', package: 'k8s.io/kubernetes/cmd/kubectl', inAssets: false },
    { report: (line) => process.stderr.write(`${line}\n`) },
  );
  return {
    ...{ world, access },
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
    async kubectl(args, input, cluster = 'prod') {
      const kubeconfig = world.servers.get(cluster)?.adminKubeconfig ?? '';
      const text = input === undefined ? undefined : JSON.stringify(input);
      const { code, stderr } = await runKubectl({ folder: world.folder, kubeconfig, args, input: text });
      if (code !== 0) throw new Error(stderr);
    },
  };
}
