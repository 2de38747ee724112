import { join } from 'node:path';
import { Command } from 'commander';
import { synthesize } from '../main';
import { type Access, AccessError } from '../model';
import { differencesText, proofText } from '../report/proof-text';
import { sandboxText } from '../report/sandbox-text';
import { REAL_KUBERNETES } from '../sandbox/api-server/real';
import { CHROMIUM, GO, KUBECTL, missingTools } from '../sandbox/missing-tools';
import { readPeopleFile } from '../sandbox/okta/people-file';
import { proveRealWorld } from '../sandbox/proof/prove-real-world';
import { type RealWorld, startRealWorld } from '../sandbox/real-world';
import { findChromium } from '../sandbox/sign-in/chromium';
import { readStacks } from '../sandbox/synthesized/read-stacks';
import { buildTools, toolsAreBuilt } from '../sandbox/tools/build-tools';
import { EXIT } from './exit-codes';
import { knownName } from './known-name';
import { print } from './print';

interface SandboxOptions {
  readonly check?: boolean;
  readonly cluster?: readonly string[];
  readonly people?: string;
  readonly keep?: boolean;
}

/** How many clusters get an API server if none are named. */
const DEFAULT_CLUSTERS = 3;
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Starts the real world of the selected access file, which runs until a user stops it. */
async function sandbox(options: SandboxOptions): Promise<void> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  // Report all missing tools before building anything.
  const chromium = options.check ? findChromium() : undefined;
  const missing = missingTools([
    KUBECTL,
    ...(toolsAreBuilt({}) ? [] : [GO]),
    ...(options.check && chromium === undefined ? [CHROMIUM] : []),
  ]);
  if (missing !== undefined) throw new AccessError(missing);
  const { access, outdir } = synthesize();
  const clusters = chosenClusters(access, options.cluster);
  const people = options.people === undefined ? undefined : readPeopleFile(options.people, Object.keys(access.groups));
  const report = (line: string) => process.stderr.write(`${line}\n`);
  const tools = await buildTools({ report });
  const world = await startRealWorld({
    stacks: readStacks(outdir),
    access,
    clusters,
    tools,
    people,
    keep: options.keep,
  });
  endOnSignals(world);
  try {
    if (chromium === undefined) {
      print(sandboxText(reportOf(access, world, seconds())));
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
  print(proofText(proof));
  report(`asked ${proof.questions} questions of ${world.servers.size} API servers after ${proof.signIns} sign-ins`);
  if (proof.differences.length === 0) return;
  process.stderr.write(`\n${differencesText(proof)}`);
  process.exitCode = EXIT.wrongInput;
}

/** The named clusters, or the first ones of the file: each API server needs memory. */
function chosenClusters({ clusters }: Access, names: readonly string[] | undefined): readonly string[] {
  const keys = Object.keys(clusters);
  for (const name of names ?? []) knownName('cluster', name, keys);
  return names ?? keys.slice(0, DEFAULT_CLUSTERS);
}

function reportOf(access: Access, world: RealWorld, seconds: number): Parameters<typeof sandboxText>[0] {
  const { folder, issuer, people, password, kubeconfig, tokens, servers } = world;
  return {
    ...{ seconds, kubeconfig, tokens, people, password },
    certificateAuthority: join(folder, 'ca.pem'),
    signOutUrl: `https://localhost:${issuer.port}/login/signout`,
    kubernetes: REAL_KUBERNETES,
    clusters: [...servers.values()].map(({ key, url, iamTokens, createdNamespaces }) => ({
      ...{ key, url, createdNamespaces },
      iamRoles: [...iamTokens.keys()].map((arn) => arn.split('/').at(-1) ?? arn),
      namespace: access.clusters[key]?.namespaces[0] ?? 'default',
    })),
    leftOut: Object.keys(access.clusters).filter((key) => !servers.has(key)),
  };
}

function endOnSignals(world: RealWorld): void {
  for (const [signal, code] of Object.entries(SIGNALS)) {
    process.once(signal, () => world.close().finally(() => process.exit(code)));
  }
}

const command = new Command('sandbox')
  .description('Signs users in for real, with a local Okta and real API servers for the clusters of the access file.')
  .option('--check', 'run the whole proof without a user, then exit')
  .option(
    '--cluster <names...>',
    `the clusters that get an API server (default: the first ${DEFAULT_CLUSTERS} of the file)`,
  )
  .option('--people <file>', 'a JSON file with your own users (default: one user in each group, and one in none)')
  .option('--keep', 'keep the private folder with logs, keys, and state')
  .action(sandbox);

command.parseAsync().catch((error: Error) => {
  // An error that the user can fix needs no stack trace.
  process.stderr.write(`${AccessError.is(error) ? error.message : error.stack}\n`);
  process.exit(1);
});
