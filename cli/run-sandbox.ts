import { join } from 'node:path';
import type { AccessFormat } from '../input/access-format';
import { type Access, AccessError } from '../model';
import { eksClusters } from '../model/derived/clusters';
import { portalHtml } from '../report/portal-html';
import { type SandboxApis, type SandboxReport, sandboxText } from '../report/sandbox-text';
import { counted } from '../report/words';
import { REAL_KUBERNETES } from '../sandbox/api-server/real';
import { oktaEnvironment, writeEnvironmentFile } from '../sandbox/apis-environment';
import { CHROMIUM, GO, KUBECTL, missingTools, PYTHON } from '../sandbox/missing-tools';
import { readPeopleFile } from '../sandbox/okta/people-file';
import { proveRealWorld } from '../sandbox/proof/prove-real-world';
import { type RealWorld, startRealWorld } from '../sandbox/real-world';
import { findChromium } from '../sandbox/sign-in/chromium';
import { readStacks } from '../sandbox/synthesized/read-stacks';
import { buildTools, toolsAreBuilt } from '../sandbox/tools/build-tools';
import { type AwsTools, awsTools, awsToolsAreInstalled } from '../sandbox/tools/python-environment';
import { signInOf } from '../sign-in/portal/portal-data';
import { portalKubeconfig } from '../sign-in/portal/portal-kubeconfig';
import { portalOf } from '../sign-in/portal/portal-of';
import { outputFolder, publish, synthesizePrivately } from '../synthesize-access';
import { EXIT } from './exit-codes';
import { knownMember } from './known-name';
import { printError, printText } from './print';
import { printProof } from './print-proof';

export interface SandboxOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
  readonly check?: boolean;
  /** Keys of clusters. */
  readonly cluster?: readonly string[];
  readonly people?: string;
  readonly apis?: boolean;
  readonly keep?: boolean;
}

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/**
 * Starts the real world of an access file, which runs until a user stops it.
 * @param defaultClusters how many clusters get an API server if none are named.
 */
export async function runSandbox(options: SandboxOptions, defaultClusters: number): Promise<void> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  // Report all missing tools before building anything.
  const chromium = options.check ? findChromium() : undefined;
  const missing = missingTools([
    KUBECTL,
    ...(toolsAreBuilt({}) ? [] : [GO]),
    ...(options.apis && !awsToolsAreInstalled() ? [PYTHON] : []),
    ...(options.check && chromium === undefined ? [CHROMIUM] : []),
  ]);
  if (missing !== undefined) throw new AccessError(missing);
  const { access, stacks } = await synthesizePrivately(
    options.file,
    (folder, access) => {
      publish(folder, outputFolder());
      return { access, stacks: readStacks(folder) };
    },
    options.inputFormat,
  );
  const clusters =
    options.cluster?.map((name) => knownMember('cluster', name, access.clusters).key) ??
    Object.keys(access.clusters).slice(0, defaultClusters);
  const people = options.people === undefined ? undefined : readPeopleFile(options.people, Object.keys(access.groups));
  const report = (line: string) => printError(`${line}\n`);
  const tools = await buildTools({ report });
  const aws = options.apis ? await awsTools({ report }) : undefined;
  const world = await startRealWorld({
    stacks,
    access,
    clusters,
    tools,
    people,
    keep: options.keep,
    ...(aws && { aws, management: { httpProxy: true } }),
  });
  endOnSignals(world);
  try {
    if (chromium === undefined) {
      const portalUrl = await world.serve(portalPage(access, world, tools.kubelogin));
      const apis = aws && apisOf(access, world, aws);
      printText(sandboxText({ ...reportOf(access, world, seconds()), portalUrl, apis }));
      await world.failed;
    } else {
      report(`ready after ${seconds().toFixed(1)} s`);
      await Promise.race([check(access, world, chromium, report), world.failed]);
    }
  } finally {
    await world.close();
  }
}

/** Runs the whole proof without a user. */
async function check(
  access: Access,
  world: RealWorld,
  chromium: string,
  report: (line: string) => void,
): Promise<void> {
  const proof = await proveRealWorld(access, world, chromium);
  printProof(proof);
  report(`asked ${counted(proof.questions, 'question')} of ${counted(world.servers.size, 'API server')}`);
}

/** The portal of the file, whose kubeconfigs sign in with the kubelogin and the certificate authority of the run. */
function portalPage(access: Access, { folder, tokens, facts }: RealWorld, kubelogin: string): string {
  const portal = portalOf(access, facts);
  const args = [`--certificate-authority=${join(folder, 'ca.pem')}`, `--token-cache-dir=${tokens}`];
  return portalHtml(portal, portalKubeconfig(signInOf(portal), { kubelogin: { file: kubelogin, args } }));
}

function reportOf(access: Access, world: RealWorld, seconds: number): Omit<SandboxReport, 'portalUrl'> {
  const { folder, issuer, people, password, kubeconfig, tokens, servers } = world;
  return {
    ...{ seconds, kubeconfig, tokens, people, password },
    certificateAuthority: join(folder, 'ca.pem'),
    signOutUrl: `https://localhost:${issuer.port}/login/signout`,
    kubernetes: REAL_KUBERNETES,
    clusters: [...servers.values()].map(({ key, url, createdNamespaces }) => ({
      ...{ key, url, createdNamespaces },
      iamRoles: rolesOf(world, key),
      namespace: access.clusters[key]?.namespaces[0] ?? 'default',
    })),
    leftOut: Object.keys(access.clusters).filter((key) => !servers.has(key)),
  };
}

/** The names of the IAM roles that have access to a cluster. */
function rolesOf({ clusters }: RealWorld, key: string): readonly string[] {
  const { iamSessions = [] } = clusters.find((cluster) => cluster.key === key) ?? {};
  return iamSessions.map(({ principalArn }) => principalArn.split('/').at(-1) ?? principalArn);
}

/** Writes the environment for clients of the APIs. */
function apisOf(access: Access, { folder, aws, issuer }: RealWorld, tools: AwsTools): SandboxApis | undefined {
  const { management } = issuer;
  if (aws === undefined || management === undefined) return undefined;
  const environment = join(folder, 'env');
  const region = eksClusters(access)[0]?.settings.region ?? 'us-east-1';
  const variables = {
    ...aws.environment,
    ...{ AWS_REGION: region, AWS_DEFAULT_REGION: region },
    ...oktaEnvironment(management, join(folder, 'ca.pem')),
  };
  writeEnvironmentFile(environment, variables, tools.folder);
  return { environment, okta: `${management.url}/api/v1`, aws: aws.url };
}

function endOnSignals(world: RealWorld): void {
  for (const signal of SIGNALS) {
    process.once(signal, () => world.close().finally(() => process.exit(EXIT[signal])));
  }
}
