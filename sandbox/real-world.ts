import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessError } from '../constraints/access-error';
import type { LiveFact, LiveFacts } from '../live/facts/live-facts';
import type { Access } from '../model';
import { eksClusters } from '../model/derived/clusters';
import type { ProofDifference } from '../model/review/access-proof';
import { writeKubeconfig } from './api-server/kubeconfig';
import {
  REAL_KUBERNETES,
  type RealApiServer,
  type RealApiServers,
  type RealCluster,
  startRealApiServers,
} from './api-server/real';
import { realClusters } from './api-server/real-clusters';
import { synthesizedClusters } from './api-server/synthesized-clusters';
import { adoptClusters } from './aws/adopt-clusters';
import { awsContexts } from './aws/aws-contexts';
import { type LocalAws, startLocalAws } from './aws/local-aws';
import { startHttpsServer } from './https-server';
import { OrganizationWithClaims } from './okta/assumed-claims';
import { createCertificateAuthority } from './okta/certificate-authority';
import type { DemoPerson } from './okta/demo-people';
import { fillOrganization } from './okta/fill-organization';
import { type RunningIssuer, startIssuer } from './okta/issuer';
import type { ManagementOptions } from './okta/management/management-api';
import type { Organization } from './okta/organization';
import { createPrivateFolder } from './private-folder';
import { addProofPeople } from './proof/proof-people';
import { stackDifferences } from './proof/stack-differences';
import { type HeadlessUser, headlessUser, kubeloginContext, type SignInCluster } from './sign-in/kubelogin';
import type { Stacks } from './synthesized/read-stacks';
import type { Tools } from './tools/build-tools';
import type { AwsTools } from './tools/python-environment';

export interface RealWorldProps {
  readonly stacks: Stacks;
  readonly access: Access;
  /** Keys of the clusters that get an API server. */
  readonly clusters: readonly string[];
  readonly tools: Tools;
  /**
   * The people who try out the access.
   * @default - one person in each group, and one in no group
   */
  readonly people?: readonly DemoPerson[];
  /**
   * Whether to keep the private folder.
   * @default false
   */
  readonly keep?: boolean;
  /**
   * Serves Okta's management API: `issuer.management`.
   * @default - no management API
   */
  readonly management?: ManagementOptions;
  /**
   * The programs of the local AWS, which then decides who enters the clusters in EKS with IAM.
   * @default - no AWS; random tokens replace IAM credentials
   */
  readonly aws?: AwsTools;
}

/** A local Okta and real API servers that contain the resources of the stacks. */
export interface RealWorld {
  /** The private folder with keys, tokens and logs. */
  readonly folder: string;
  readonly organization: Organization;
  readonly issuer: RunningIssuer;
  readonly people: readonly DemoPerson[];
  /** What the stacks have and the access file does not have, and the reverse. */
  readonly differences: readonly ProofDifference[];
  /** Why group rules are not proved, in sentences. */
  readonly unprovedRules: readonly string[];
  /** The password of all people. */
  readonly password: string;
  readonly clusters: readonly RealCluster[];
  /** The API servers by cluster key. */
  readonly servers: ReadonlyMap<string, RealApiServer>;
  /** Kubeconfig that signs in with the user's own browser, with one context for each cluster and each IAM role. */
  readonly kubeconfig: string;
  /** Folder in which this kubeconfig caches tokens. */
  readonly tokens: string;
  /** @default - the option `aws` is off */
  readonly aws?: LocalAws;
  /** What only Okta and AWS would know of the file, from the local Okta and the API servers. */
  readonly facts: LiveFacts;
  /** Serves a page on this machine, with the certificate authority of the run. Returns its URL. */
  serve(page: string): Promise<string>;
  /** A headless user. */
  headless(login: string, chromium: string): HeadlessUser;
  /** Fails when a program ends unexpectedly. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

/** Starts the world. `close`, or the end of this process, removes everything. */
export async function startRealWorld(props: RealWorldProps): Promise<RealWorld> {
  const { stacks, access, tools } = props;
  const { path: folder, remove } = createPrivateFolder(props.keep ?? false);
  const closers: (() => Promise<void>)[] = [async () => remove()];
  const close = async () => {
    for (const closer of [...closers].reverse()) await closer();
  };
  try {
    const ca = await createCertificateAuthority();
    const issuerCa = join(folder, 'ca.pem');
    writeFileSync(issuerCa, ca.caPem);
    const password = randomBytes(6).toString('base64url');
    const organization = new OrganizationWithClaims(password, access);
    const issuer = await startIssuer({ organization, ca, management: props.management });
    closers.push(() => issuer.close());
    const filled = fillOrganization(organization, stacks);
    const resolver = filled.resolver((serverId) => issuer.issuerUrl(serverId));
    const differences = stackDifferences(access, {
      ...{ stacks, resolver, organization },
      clusters: synthesizedClusters(stacks, resolver, access),
    });
    const { people, unprovedRules } = addProofPeople(organization, access, props.people);
    const clusters = realClusters(props.clusters, { stacks, resolver, access });
    const aws =
      props.aws &&
      (await startLocalAws({
        ...{ tools: props.aws, folder, kubernetes: REAL_KUBERNETES, account: accountOf(access) },
        startApiServer: (name) => apiServers.add(name),
      }));
    if (aws !== undefined) closers.push(() => aws.close());
    const apiServers = await startRealApiServers({ tools, folder, clusters, ca, ...(aws && { iam: aws.iam }) });
    closers.push(() => apiServers.close());
    if (aws !== undefined) adoptClusters(aws, access, { clusters, servers: apiServers.servers });
    const signInClusters = clusters.map((cluster) =>
      signInCluster(cluster, apiServers.servers.get(cluster.key) as RealApiServer, organization),
    );
    const tokens = join(folder, 'tokens');
    const kubeconfig = join(folder, 'kubeconfig');
    const { kubelogin } = tools;
    writeKubeconfig(kubeconfig, [
      ...signInClusters.map((cluster) => kubeloginContext(cluster, { kubelogin, issuerCa, tokens })),
      ...[...apiServers.servers.values()].flatMap(iamContexts),
      ...(aws === undefined || props.aws === undefined
        ? []
        : awsContexts(aws, { tools: props.aws, access, clusters, servers: apiServers.servers })),
    ]);
    return {
      ...{ folder, organization, issuer, people, password, clusters, kubeconfig, tokens, aws, close },
      differences,
      unprovedRules: [...organization.unsupportedExpressions(), ...unprovedRules],
      servers: apiServers.servers,
      facts: worldFacts(access, clusters, apiServers),
      failed: Promise.race([apiServers.failed, ...(aws ? [aws.failed] : [])]),
      async serve(page) {
        const server = await startHttpsServer(await ca.serverCertificate(), (_request, response) => {
          response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
        });
        closers.push(() => server.close());
        return `https://localhost:${server.port}/`;
      },
      headless: (login, chromium) =>
        headlessUser({ login, password, folder, kubelogin, issuerCa, chromium, clusters: signInClusters }),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The settings of kubelogin for a cluster: the scopes and redirect ports that its app allows. */
export function signInCluster(
  { key, authentication }: Pick<RealCluster, 'key' | 'authentication'>,
  { url: server, caPem }: Pick<RealApiServer, 'url' | 'caPem'>,
  organization: Organization,
): SignInCluster {
  const { issuerUrl, clientId } = authentication;
  const app = organization.appByClientId(clientId);
  if (app === undefined)
    throw new AccessError(`The cluster ${key} trusts the app ${clientId}, which the local Okta does not have.`);
  return {
    ...{ key, server, caPem, issuerUrl },
    app: {
      ...{ name: app.label, clientId },
      scopes: ['email', 'profile', ...(app.grantTypes.includes('refresh_token') ? ['offline_access'] : [])],
      redirectPorts: app.redirectUris.map((uri) => Number(new URL(uri).port)),
      deviceCode: false,
    },
  };
}

function worldFacts(
  { clusters: ofFile }: Access,
  clusters: readonly RealCluster[],
  { servers }: RealApiServers,
): LiveFacts {
  const fact = (value: string): LiveFact => ({ value, source: 'the sandbox' });
  const all = [...servers.values()];
  const issuerUrl = clusters[0]?.authentication.issuerUrl;
  return {
    ...(issuerUrl !== undefined && { issuerUrl: fact(issuerUrl) }),
    clientIds: new Map(
      clusters.map(({ key, authentication }) => [ofFile[key]?.app ?? key, fact(authentication.clientId)]),
    ),
    endpoints: new Map(all.map(({ key, url }) => [key, fact(url)])),
    certificateAuthorities: new Map(all.map(({ key, caPem }) => [key, fact(Buffer.from(caPem).toString('base64'))])),
  };
}

/** A context such as `production/on-call` for each IAM role that has access. */
function iamContexts({ key, url: server, caPem, iamTokens }: RealApiServer) {
  return [...iamTokens].map(([principalArn, token]) => ({
    name: `${key}/${principalArn.split('/').at(-1)}`,
    ...{ server, caPem },
    user: { token },
  }));
}

/** The account of the run: that of clusters for which the file names no role to assume, or else of the first cluster. */
function accountOf(access: Access): string | undefined {
  const accounts = eksClusters(access).flatMap(({ settings }) => settings.account ?? []);
  return (accounts.find(({ roleArn }) => roleArn === undefined) ?? accounts[0])?.id;
}
