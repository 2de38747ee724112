import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError, type ClusterReader, type LiveAssociation, type LiveCluster } from '../../../live/aws/cluster-reader';
import type { LiveFacts } from '../../../live/facts/live-facts';
import { oktaApi as connectedApi } from '../../../live/okta/okta-api';
import type { OktaCredentials } from '../../../live/okta/okta-credentials';
import type { Access, Cluster } from '../../../model';
import type { RealWorld } from '../../../sandbox/real-world';
import { signIn } from '../../../sandbox/sign-in/authorization-code';
import { clusterContexts } from '../../../sign-in/doctor/cluster-contexts';
import { type Diagnosis, diagnose } from '../../../sign-in/doctor/diagnose';
import { doctorContext } from '../../../sign-in/doctor/doctor-context';
import { kubeconfigFiles, readKubeconfigs } from '../../../sign-in/doctor/kubeconfigs';
import { machineWith } from '../../../sign-in/doctor/machine';
import { type Kubeconfig, kubeconfigOf } from '../../../sign-in/kubeconfig/kubeconfig';
import { signInDataOf } from '../../../sign-in/kubeconfig/sign-in-data-of';

/** A kubeconfig that a test can change. */
export type ChangeableKubeconfig = {
  'current-context'?: string;
  clusters: { name: string; cluster: Record<string, unknown> }[];
  users: { name: string; user: Record<string, unknown> & { exec?: Record<string, unknown> & { args: string[] } } }[];
  contexts: { name: string; context: { cluster: string; user: string } }[];
};

/** What AWS knows, which a test can change. */
export interface LiveAws {
  cluster: Mutable<LiveCluster>;
  association: Mutable<LiveAssociation> | undefined;
  accessEntries: readonly string[];
  refusals: readonly { readonly reason: string; readonly times: number }[];
}

type Mutable<Thing> = { -readonly [Key in keyof Thing]: Thing[Key] };

/** The laptop of a person who can sign in, until a test breaks something. */
export interface Laptop {
  access: Access;
  /** What outputs of the stacks would say. */
  facts: LiveFacts;
  kubeconfig: ChangeableKubeconfig | undefined;
  /** A token that kubelogin keeps; undefined for none. */
  idToken: string | undefined;
  refreshToken: string | undefined;
  /** Programs on PATH: a file, or a shell script. */
  programs: Record<string, { readonly file: string } | { readonly script: string }>;
  environment: Record<string, string>;
  cluster: string;
  login: string | undefined;
  context: string | undefined;
  signIn: boolean;
  /** What AWS knows about the cluster; undefined if the person has no credentials of AWS. */
  aws: LiveAws | undefined;
  /** Credentials for Okta; undefined if the person has none. */
  okta: OktaCredentials | undefined;
  /** Milliseconds by which its clock is ahead. */
  ahead: number;
  readonly home: string;
}

export interface LaptopProps {
  readonly world: RealWorld;
  readonly access: Access;
  readonly kubectl: string;
  readonly kubelogin: string;
  readonly login: string;
}

/** A laptop on which everything is well: its person has signed in to the cluster `prod`. */
export async function laptop({ world, access, kubectl, kubelogin, login }: LaptopProps): Promise<Laptop> {
  const home = join(world.folder, 'laptop');
  const { data } = signInDataOf(access, { facts: world.facts, keys: Object.keys(access.clusters), named: true });
  const kubeconfig: Kubeconfig = kubeconfigOf(data);
  const app = data.apps.find(({ name }) => name === 'prod');
  const { idToken, refreshToken } = await signIn({
    ...{ issuerUrl: data.issuerUrl, clientId: app?.clientId ?? '', login, password: world.password },
    ...{ scopes: ['openid', ...(app?.scopes ?? [])], caPem: world.issuer.caPem, redirectPort: app?.redirectPorts[0] },
  });
  return {
    ...{ access, facts: world.facts, idToken, refreshToken, home },
    kubeconfig: JSON.parse(JSON.stringify(kubeconfig)) as ChangeableKubeconfig,
    programs: { kubectl: { file: kubectl }, 'kubectl-oidc_login': { file: kubelogin } },
    environment: { HOME: home, SSL_CERT_FILE: join(world.folder, 'ca.pem'), SSL_CERT_DIR: home },
    ...{ cluster: 'prod', login, context: undefined, signIn: false, ahead: 0 },
    aws: undefined,
    okta: undefined,
  };
}

/** What the doctor says about a laptop. */
export async function examined(laptop: Laptop, { issuer }: RealWorld): Promise<Diagnosis> {
  const { access, facts, login, cluster: key, ahead, signIn } = laptop;
  const environment = written(laptop);
  const kubeconfigs = readKubeconfigs(kubeconfigFiles(environment, undefined));
  const machine = machineWith(environment, () => Date.now() + ahead);
  const named = [access.clusters[key] as Cluster];
  const [chosen] = clusterContexts({ access, facts, kubeconfigs, named, context: laptop.context });
  const reader = readerOf(laptop.aws);
  const { cluster, context: contextName } = chosen as { cluster: Cluster; context: string | undefined };
  const address = { url: issuer.management?.url ?? '', caPem: issuer.caPem };
  const oktaApi = laptop.okta && connectedApi({ organization: access.okta, credentials: laptop.okta, address });
  try {
    return await diagnose(
      doctorContext({
        ...{ access, cluster, facts, machine, kubeconfigs, contextName, login, signIn, reader, oktaApi },
      }),
    );
  } finally {
    await oktaApi?.close();
  }
}

/** Writes the files of a laptop. Returns the environment of its programs. */
export function written({
  home,
  kubeconfig,
  idToken,
  refreshToken,
  programs,
  environment,
}: Laptop): Record<string, string> {
  rmSync(home, { recursive: true, force: true });
  const cache = join(home, '.kube', 'cache', 'oidc-login');
  const bin = join(home, 'bin');
  for (const folder of [cache, bin]) mkdirSync(folder, { recursive: true });
  for (const [name, program] of Object.entries(programs)) {
    if ('file' in program) symlinkSync(program.file, join(bin, name));
    else writeFileSync(join(bin, name), `#!/bin/sh\n${program.script}\n`, { mode: 0o700 });
  }
  if (kubeconfig !== undefined) writeFileSync(join(home, '.kube', 'config'), JSON.stringify(kubeconfig));
  if (idToken !== undefined) {
    const entry = { id_token: idToken, ...(refreshToken !== undefined && { refresh_token: refreshToken }) };
    writeFileSync(join(cache, 'entry'), JSON.stringify(entry), { mode: 0o600 });
  }
  return { PATH: bin, ...environment };
}

/** What asks AWS. Without credentials, every call fails as the AWS SDK does then. */
function readerOf(aws: LiveAws | undefined): ClusterReader {
  const known = async <Key extends keyof LiveAws>(key: Key): Promise<LiveAws[Key]> => {
    if (aws === undefined) throw new AwsError('other', 'There are no AWS credentials.');
    return aws[key];
  };
  return {
    cluster: () => known('cluster'),
    association: () => known('association'),
    accessEntries: () => known('accessEntries'),
    refusals: () => known('refusals'),
  };
}

/** What AWS knows about the cluster `prod` where everything is well. */
export function liveAws({ facts }: Pick<Laptop, 'facts'>): LiveAws {
  return {
    cluster: {
      ...{ status: 'ACTIVE', account: '111122223333', endpointPublic: true, publicCidrs: ['0.0.0.0/0'] },
      ...{ egressMode: 'AWS_MANAGED', accessMode: 'API', logs: ['api', 'audit'] },
      endpoint: facts.endpoints.get('prod')?.value,
      certificateAuthority: facts.certificateAuthorities.get('prod')?.value,
    },
    association: {
      ...{ name: 'Okta', status: 'ACTIVE', issuer_url: facts.issuerUrl?.value ?? '' },
      client_id: facts.clientIds.get('prod')?.value ?? '',
      ...{ username_claim: 'email', username_prefix: 'okta:', groups_claim: 'groups', groups_prefix: 'okta:' },
      required_claims: { tenant: 'shop' },
    },
    accessEntries: [DEPLOYER],
    refusals: [],
  };
}

/** The role with which Terraform deploys. */
export const DEPLOYER = 'arn:aws:iam::111122223333:role/deployer';
