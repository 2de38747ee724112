import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Access, readAccess } from '../model';
import { synthesizedClusters } from '../sandbox/api-server/synthesized-clusters';
import { createCertificateAuthority } from '../sandbox/okta/certificate-authority';
import { addDemoPeople } from '../sandbox/okta/demo-people';
import { fillOrganization } from '../sandbox/okta/fill-organization';
import { startIssuer } from '../sandbox/okta/issuer';
import { Organization } from '../sandbox/okta/organization';
import { type RealWorld, startRealWorld } from '../sandbox/real-world';
import { signIn } from '../sandbox/sign-in/authorization-code';
import { findChromium } from '../sandbox/sign-in/chromium';
import { readStacks, type Stacks } from '../sandbox/synthesized/read-stacks';
import { buildTools } from '../sandbox/tools/build-tools';
import { ROOT, synthesis } from './app';
import { type Figure, met, table } from './figure';
import { writeFleet } from './fleet';
import { median, run } from './measure';
import { processesIn } from './processes-in';

const SANDBOX = ['--require', 'cdktf', '--require', './register-typescript.cjs', 'cli/sandbox.ts'];
const START = ['--require', 'cdktf', '--require', './register-typescript.cjs', 'cli/start.ts'];
const RUNS = 3;
const SIGN_INS = 300;
const AT_ONCE = 20;

/** The time and memory of the sandbox, after its programs are built. */
async function figures(folder: string): Promise<readonly Figure[]> {
  const tools = await buildTools({ report: (line) => process.stderr.write(`${line}\n`) });
  const starts = Array.from({ length: RUNS }, () => run({ args: START, cwd: ROOT, env: { CDKTF_OUTDIR: folder } }));
  const ready: number[] = [];
  for (let index = 0; index < RUNS; index += 1) ready.push(await secondsToReady(folder));

  const worldOf = async (clusters: number) => {
    const file = writeFleet(folder, clusters);
    const outdir = join(folder, `world-${clusters}`);
    run(synthesis(outdir, file));
    const access = readAccess(JSON.parse(readFileSync(file, 'utf8')), '2026-06-15');
    const stacks = readStacks(outdir);
    const world = await startRealWorld({ stacks, access, clusters: Object.keys(access.clusters), tools });
    return { world, stacks, access };
  };
  const one = await worldOf(1);
  const signedIn = await secondsToFirstKubectl(one.world);
  const memoryOfOne = megabytes(one.world);
  await one.world.close();
  const three = await worldOf(3);
  const memoryOfThree = megabytes(three.world);
  await three.world.close();

  return [
    { what: 'npm start', value: median(starts), unit: 's', goal: { most: 6 }, from: `${RUNS} runs` },
    { what: 'npm run sandbox to ready', value: median(ready), unit: 's', goal: { most: 10 }, from: `${RUNS} runs` },
    {
      what: 'npm run sandbox to the first signed-in kubectl',
      value: median(ready) + signedIn,
      unit: 's',
      goal: { most: 15 },
      from: 'ready, and one kubectl with a headless browser',
    },
    {
      what: 'sign-ins per second at the local issuer',
      value: await signInsPerSecond(one.stacks, one.access),
      unit: '/s',
      from: `${SIGN_INS} sign-ins, ${AT_ONCE} at a time, with clients and issuer in one process`,
    },
    {
      what: 'memory of a sandbox with 1 cluster',
      value: memoryOfOne,
      unit: 'MB',
      from: 'resident memory of all processes, including this one',
    },
    { what: 'memory of a sandbox with 3 clusters', value: memoryOfThree, unit: 'MB', from: 'the same' },
  ];
}

function secondsToReady(folder: string): Promise<number> {
  const start = process.hrtime.bigint();
  const sandbox = spawn(process.execPath, SANDBOX, { cwd: ROOT, env: { ...process.env, CDKTF_OUTDIR: folder } });
  return new Promise((resolve, reject) => {
    sandbox.once('error', reject);
    sandbox.stdout.once('data', () => {
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      sandbox.once('exit', () => resolve(seconds));
      sandbox.kill('SIGTERM');
    });
  });
}

async function secondsToFirstKubectl(world: RealWorld): Promise<number> {
  const chromium = findChromium();
  if (chromium === undefined) throw new Error('Chromium is not installed. Run apt-get install chromium.');
  const [person] = world.people;
  const start = process.hrtime.bigint();
  const { code, stderr } = await world.headless(person?.login ?? '', chromium).kubectl('cluster-1', ['auth', 'whoami']);
  if (code !== 0) throw new Error(stderr);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

async function signInsPerSecond(stacks: Stacks, access: Access): Promise<number> {
  const ca = await createCertificateAuthority();
  const password = 'bench';
  const organization = new Organization(password);
  const issuer = await startIssuer({ organization, ca });
  try {
    const { resolver } = fillOrganization(organization, stacks);
    const [person] = addDemoPeople(organization).people;
    const [cluster] = synthesizedClusters(stacks, resolver(issuer.issuerUrl), access);
    const { issuerUrl = '', clientId = '' } = cluster?.authentication ?? {};
    const login = person?.login ?? '';
    const once = () => signIn({ issuerUrl, clientId, caPem: ca.caPem, login, password, scopes: ['openid', 'email'] });
    await once();
    const start = process.hrtime.bigint();
    for (let done = 0; done < SIGN_INS; done += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, once));
    return SIGN_INS / (Number(process.hrtime.bigint() - start) / 1e9);
  } finally {
    await issuer.close();
  }
}

/** The resident memory of this process and of the programs of a world, whose working directory is its folder. */
function megabytes({ folder }: RealWorld): number {
  const kilobytes = [String(process.pid), ...processesIn(folder)].map((pid) =>
    Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(join('/proc', pid, 'status'), 'utf8'))?.[1] ?? 0),
  );
  return kilobytes.reduce((sum, size) => sum + size, 0) / 1024;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const measured = await figures(folder);
    const machine = { node: process.version, processors: availableParallelism() };
    process.stdout.write(`${table(measured)}\n\nNode ${machine.node}, ${machine.processors} processors.\n\n`);
    // The last line is JSON, for programs.
    const json = { ...machine, figures: measured.map((figure) => ({ ...figure, met: met(figure) })) };
    process.stdout.write(`${JSON.stringify(json)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
