import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type AuthenticationConfig, authenticationOfEks } from '../../authentication/authentication-config';
import type { Access } from '../../model';
import { allClusters } from '../../model/derived/access';
import { type Cluster, type EksCluster, eksClusters } from '../../model/derived/clusters';
import type { AccessProof, ProofDifference } from '../../model/review/access-proof';
import { writeKubeconfig } from '../api-server/kubeconfig';
import { REAL_KUBERNETES, startRealApiServers } from '../api-server/real';
import type { RunningApiServer } from '../api-server/real-api-server';
import { oktaEnvironment } from '../apis-environment';
import type { Cluster as CreatedCluster } from '../aws/eks/cluster';
import { providerOf } from '../aws/eks/identity-provider';
import { controlPlaneOf, environmentOf, type LocalAws, startLocalAws } from '../aws/local-aws';
import type { AwsCredentials } from '../aws/signature';
import { OrganizationWithClaims } from '../okta/assumed-claims';
import { createCertificateAuthority } from '../okta/certificate-authority';
import { fillOrganization } from '../okta/fill-organization';
import { startIssuer } from '../okta/issuer';
import { createPrivateFolder } from '../private-folder';
import { addProofPeople } from '../proof/proof-people';
import { proveClusters } from '../proof/prove-real-world';
import { signInCluster } from '../real-world';
import { headlessUser } from '../sign-in/kubelogin';
import type { Stacks } from '../synthesized/read-stacks';
import type { Tools } from '../tools/build-tools';
import type { AwsTools } from '../tools/python-environment';
import { organizationNames, stateObjects } from './left-behind';
import { selfManagedContexts, selfManagedName, trustSelfManaged } from './self-managed-clusters';

export interface RehearsalWorldProps {
  readonly tools: Tools;
  readonly aws: AwsTools;
  /** File of Chromium. */
  readonly chromium: string;
  /** The file at the end, whose required claims tokens get if no stack makes them. */
  readonly access: Access;
}

/** A local Okta and a local AWS with nothing but what a file looks up, for Terraform to work on. */
export interface RehearsalWorld {
  /** The private folder, in which Terraform keeps its state. */
  readonly folder: string;
  /** File with the contexts of clusters outside EKS. */
  readonly kubeconfig: string;
  /** What Terraform reads from its environment, with the credentials of an account. It has secrets. */
  variablesOf(account: string | undefined): Readonly<Record<string, string | undefined>>;
  /** Makes what a file expects to exist: people, groups, zones, clusters. What exists already stays as it is. */
  prepare(access: Access, stacks: Stacks): Promise<void>;
  /** Signs people in, asks what they may do, and compares the answers with the file. The people leave afterwards. */
  prove(access: Access): Promise<AccessProof>;
  /** What Terraform made and did not remove, as sentences. */
  left(): readonly string[];
  /** Fails when a program ends unexpectedly. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

/** Starts the world. `close`, or the end of this process, removes everything. */
export async function startRehearsalWorld(props: RehearsalWorldProps): Promise<RehearsalWorld> {
  const { path: folder, remove } = createPrivateFolder(false);
  const closers: (() => Promise<void>)[] = [async () => remove()];
  const close = async () => {
    for (const closer of [...closers].reverse()) await closer();
  };
  try {
    const ca = await createCertificateAuthority();
    const caFile = join(folder, 'ca.pem');
    writeFileSync(caFile, ca.caPem);
    const password = randomBytes(6).toString('base64url');
    const organization = new OrganizationWithClaims(password, props.access);
    const issuer = await startIssuer({ organization, ca, management: { httpProxy: true, rateLimit: NO_LIMIT } });
    closers.push(() => issuer.close());
    const { management } = issuer;
    if (management === undefined) throw new Error('The local Okta has no management API.');
    const servers = new Map<string, RunningApiServer>();
    let expected: Access = props.access;
    const startServer = async (name: string): Promise<RunningApiServer> => {
      const server = await apiServers.add(name);
      servers.set(name, server);
      const created = aws.eks.clusterById(name);
      const declared = eksClusters(expected).find((cluster) => created !== undefined && isSame(created, cluster));
      if (declared !== undefined) await addNamespaces(server, declared, expected);
      return server;
    };
    const aws = await startLocalAws({
      ...{ tools: props.aws, folder, kubernetes: REAL_KUBERNETES, startApiServer: startServer },
    });
    closers.push(() => aws.close());
    const apiServers = await startRealApiServers({ tools: props.tools, folder, clusters: [], ca, iam: aws.iam });
    closers.push(() => apiServers.close());
    const accounts = new Map<string, AwsCredentials>();
    const kubeconfig = join(folder, 'self-managed.kubeconfig');
    writeKubeconfig(kubeconfig, []);
    const lookedUp = new Set<string>();
    const names = () => organizationNames(organization);
    const trusted = new Map<string, AuthenticationConfig>();
    const find = (
      cluster: Cluster,
    ): { server: RunningApiServer; authentication?: AuthenticationConfig } | undefined => {
      if (cluster.kind === 'self-managed') {
        const server = servers.get(selfManagedName(cluster));
        return server && { server, authentication: trusted.get(selfManagedName(cluster)) };
      }
      const created = inEks(aws, cluster);
      const server = created && servers.get(created.id);
      const config = created?.association?.config;
      return server && { server, ...(config && { authentication: authenticationOfEks(providerOf(config)) }) };
    };

    return {
      ...{ folder, kubeconfig, close },
      variablesOf: (account) => ({
        ...(account === undefined ? aws.environment : environmentOf(aws.url, accounts.get(account) ?? aws.credentials)),
        ...oktaEnvironment(management, caFile),
        PATH: `${props.aws.folder}${delimiter}${process.env.PATH}`,
      }),
      async prepare(access, stacks) {
        expected = access;
        for (const account of accountsOf(access)) {
          if (!accounts.has(account)) accounts.set(account, await aws.createUser({ name: 'sandbox', account }));
        }
        const known = new Set(names());
        fillOrganization(organization, lookUps(stacks));
        for (const name of names()) if (!known.has(name)) lookedUp.add(name);
        for (const cluster of allClusters(access)) {
          if (cluster.kind === 'self-managed' && !servers.has(selfManagedName(cluster))) {
            await startServer(selfManagedName(cluster));
          }
          if (cluster.kind === 'existing-eks' && inEks(aws, cluster) === undefined) {
            await adopt(aws, cluster, await startServer(`existing-${cluster.key}`));
            lookedUp.add(`the cluster ${cluster.name} of EKS`);
          }
        }
        writeKubeconfig(kubeconfig, selfManagedContexts(access, servers));
        for (const cluster of Object.values(access.clusters)) {
          const server = find(cluster)?.server;
          if (server !== undefined) await addNamespaces(server, cluster, access);
        }
      },
      async prove(access) {
        await trustSelfManaged(access, { organization, servers, trusted, issuerUrl: issuer.issuerUrl });
        const present = new Set(organization.people().map(({ id }) => id));
        const { people, unprovedRules } = addProofPeople(organization, access);
        try {
          const found = Object.values(access.clusters).map((cluster) => ({ cluster, ...find(cluster) }));
          const asked = found.flatMap(({ cluster, server, authentication }) =>
            server === undefined || authentication === undefined
              ? []
              : [{ key: cluster.key, server, authentication, policy: NO_POLICY }],
          );
          const signInClusters = asked.map((cluster) => signInCluster(cluster, cluster.server, organization));
          const persons = new Map(
            people.map(({ login }) => [
              login,
              headlessUser({
                ...{ login, password, folder, issuerCa: caFile, clusters: signInClusters },
                ...{ kubelogin: props.tools.kubelogin, chromium: props.chromium },
              }),
            ]),
          );
          const proof = await proveClusters(access, {
            ...{ people, clusters: asked, persons, unprovedRules },
            differences: found.flatMap(({ cluster, authentication }) =>
              authentication === undefined ? [withoutSignIn(cluster)] : [],
            ),
            servers: new Map(asked.map(({ key, server }) => [key, server])),
          });
          // Their tokens would be those of the next proof.
          for (const person of persons.values()) person.forgetTokens();
          return proof;
        } finally {
          for (const { id } of organization.people()) if (!present.has(id)) organization.removeUser(id);
        }
      },
      left: () => [
        ...names().filter((name) => !lookedUp.has(name)),
        ...aws.eks
          .all()
          .map(({ name }) => `the cluster ${name} of EKS`)
          .filter((name) => !lookedUp.has(name)),
        ...stateObjects(folder),
      ],
      failed: Promise.race([apiServers.failed, aws.failed]),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Terraform asks for each object several times. */
const NO_LIMIT = { limit: 1_000_000, windowSeconds: 60 };
const NO_POLICY = { clusterRoles: [], roles: [], clusterRoleBindings: [], roleBindings: [] };

/** What the stacks look up in Okta, without what they make. */
function lookUps(stacks: Stacks): Stacks {
  return Object.fromEntries(
    Object.entries(stacks).map(([name, { data = {} }]) => [
      name,
      { data: Object.fromEntries(Object.entries(data).filter(([type]) => type.startsWith('okta_'))) },
    ]),
  );
}

/** The accounts in which a file has clusters without a role to assume. */
function accountsOf(access: Access): readonly string[] {
  const accounts = eksClusters(access).flatMap(({ settings }) => settings.account ?? []);
  return accounts.filter(({ roleArn }) => roleArn === undefined).map(({ id }) => id);
}

/** Creates the namespaces that the file expects to exist. */
async function addNamespaces(
  { admin }: RunningApiServer,
  { namespaces }: Cluster,
  { namespaces: declared }: Access,
): Promise<void> {
  for (const name of namespaces) {
    // Those that exist already are answered with 409.
    if (!declared[name]?.create) await admin.request('POST', '/api/v1/namespaces', { metadata: { name } });
  }
}

function inEks({ eks }: LocalAws, declared: EksCluster): CreatedCluster | undefined {
  return eks.all().find((cluster) => isSame(cluster, declared));
}

function isSame(created: CreatedCluster, { name, settings }: EksCluster): boolean {
  const { account } = settings;
  return (
    created.name === name &&
    created.region === settings.region &&
    (account === undefined || created.account === account.id)
  );
}

async function adopt(aws: LocalAws, { name, settings }: EksCluster, server: RunningApiServer): Promise<void> {
  const caller = aws.caller(settings.region);
  const account = settings.account?.id ?? caller.account;
  aws.eks.adopt({
    ...{ id: server.name, name, controlPlane: controlPlaneOf(server), caller: { ...caller, account } },
    roleArn: `arn:aws:iam::${account}:role/${name}`,
    accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' },
  });
}

function withoutSignIn({ key }: Cluster): ProofDifference {
  return {
    ...{ login: null, cluster: key, question: 'whether people can sign in' },
    ...{ expected: 'an API server that trusts Okta', given: 'none' },
  };
}
