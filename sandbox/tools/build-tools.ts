import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { withLockFile } from './lock-file';

/** The programs of the real world, each by the file that it is in. */
export interface Tools {
  readonly etcd: string;
  readonly kubeApiserver: string;
  readonly kubeControllerManager: string;
  readonly kubelogin: string;
}

export interface BuildToolsOptions {
  /** Told what is happening, a line each. */
  readonly report: (line: string) => void;
  /**
   * Where built programs are kept, outside of the repository.
   * @default - `okta-eks-access` in `XDG_CACHE_HOME`, or in `~/.cache`
   */
  readonly cache?: string;
  /**
   * A folder with `kube-apiserver` and `etcd`, as Kubernetes' own test tools take one.
   * @default - `KUBEBUILDER_ASSETS`, if it is set
   * @see https://book.kubebuilder.io/reference/envtest
   */
  readonly assets?: string;
}

/** A program and the module, a folder beside this file, that pins its version. */
interface Program {
  readonly name: string;
  readonly module: string;
  readonly package: string;
  /** Whether a folder of assets has to have it. */
  readonly inAssets: boolean;
}

const KUBELOGIN: Program = {
  name: 'kubelogin',
  module: 'kubelogin',
  package: 'github.com/int128/kubelogin',
  inAssets: false,
};
const ETCD: Program = { name: 'etcd', module: 'etcd', package: 'go.etcd.io/etcd/server/v3', inAssets: true };
const KUBE_APISERVER: Program = {
  name: 'kube-apiserver',
  module: 'kubernetes',
  package: 'k8s.io/kubernetes/cmd/kube-apiserver',
  inAssets: true,
};
const KUBE_CONTROLLER_MANAGER: Program = {
  name: 'kube-controller-manager',
  module: 'kubernetes',
  package: 'k8s.io/kubernetes/cmd/kube-controller-manager',
  inAssets: false,
};

const TICK_MS = 10_000;

/**
 * Builds what is not built yet. What an interrupted build has made stays: finished programs in the cache, compiled packages in
 * Go's own.
 */
export async function buildTools(options: BuildToolsOptions): Promise<Tools> {
  return {
    kubelogin: await programFile(KUBELOGIN, options),
    etcd: await programFile(ETCD, options),
    kubeApiserver: await programFile(KUBE_APISERVER, options),
    kubeControllerManager: await programFile(KUBE_CONTROLLER_MANAGER, options),
  };
}

/** Whether nothing is left to build, so that Go is not needed. */
export function toolsAreBuilt(options: Pick<BuildToolsOptions, 'cache' | 'assets'>): boolean {
  return [KUBELOGIN, ETCD, KUBE_APISERVER, KUBE_CONTROLLER_MANAGER].every(
    (program) => assetFile(program, options) !== undefined || existsSync(builtFile(program, options)),
  );
}

async function programFile(program: Program, options: BuildToolsOptions): Promise<string> {
  const asset = assetFile(program, options);
  if (asset !== undefined) return asset;
  const file = builtFile(program, options);
  if (existsSync(file)) return file;
  const folder = join(file, '..');
  mkdirSync(folder, { recursive: true });
  const waiting = (pid: number) => options.report(`${program.name}: waiting for process ${pid}, which builds it`);
  await withLockFile(join(folder, 'lock'), waiting, async () => {
    // Whoever held the lock before may have built it.
    if (!existsSync(file)) await build(program, file, options.report);
  });
  return file;
}

function assetFile({ name, inAssets }: Program, { assets }: Pick<BuildToolsOptions, 'assets'>): string | undefined {
  const folder = assets ?? process.env.KUBEBUILDER_ASSETS;
  if (!folder) return undefined;
  const file = join(folder, name);
  if (existsSync(file)) return file;
  if (inAssets) throw new Error(`KUBEBUILDER_ASSETS names ${folder}, in which there is no ${name}.`);
  return undefined;
}

/** The file by the content of the module files and the machine: another version is another folder. */
function builtFile({ name, module }: Program, { cache }: Pick<BuildToolsOptions, 'cache'>): string {
  const hash = createHash('sha256').update(linkerFlags(module));
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(__dirname, module, file)));
  const version = `${module}-${process.platform}-${process.arch}-${hash.digest('hex').slice(0, 16)}`;
  return join(cache ?? defaultCache(), version, name);
}

/** Kubernetes' programs take their version from the linker, and kubectl fails with one that has none. */
function linkerFlags(module: string): string {
  const [, version] = readFileSync(join(__dirname, module, 'go.mod'), 'utf8').match(/k8s\.io\/kubernetes (v\S+)/) ?? [];
  return version === undefined ? '-s -w' : `-s -w -X=k8s.io/component-base/version.gitVersion=${version}`;
}

function defaultCache(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'okta-eks-access');
}

async function build(program: Program, file: string, report: (line: string) => void): Promise<void> {
  // Renamed when it is whole: nobody ever starts half a program.
  const unfinished = `${file}.${process.pid}`;
  const started = Date.now();
  let packages = 0;
  report(`${program.name}: building`);
  const ticks = setInterval(
    () => report(`${program.name}: ${packages} packages compiled, ${seconds(started)} s`),
    TICK_MS,
  );
  try {
    await goBuild(program, unfinished, () => {
      packages += 1;
    });
    renameSync(unfinished, file);
    report(`${program.name}: built in ${seconds(started)} s`);
  } finally {
    clearInterval(ticks);
    rmSync(unfinished, { force: true });
  }
}

/** Runs `go build`, which prints the name of each package that it compiles, and what is wrong if it fails. */
async function goBuild(program: Program, output: string, compiled: () => void): Promise<void> {
  const child = spawn('go', ['build', '-v', `-ldflags=${linkerFlags(program.module)}`, '-o', output, program.package], {
    cwd: join(__dirname, program.module),
    // A workspace or vendoring around this repository must not choose other versions than the module files.
    env: { ...process.env, GOWORK: 'off', GOFLAGS: '-mod=readonly -buildvcs=false' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const last: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    compiled();
    last.push(line);
    if (last.length > 20) last.shift();
  });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0)
    throw new Error(`${program.name} could not be built; the last lines of go build:\n${last.join('\n')}`);
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}
