import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { AccessError } from '../../constraints/access-error';

/** The files of the programs that the real world runs. */
export interface Tools {
  readonly etcd: string;
  readonly kubeApiserver: string;
  readonly kubeControllerManager: string;
  readonly kubelogin: string;
}

export interface BuildToolsOptions {
  /** Called with one line for each step. */
  readonly report: (line: string) => void;
  /**
   * Folder that keeps the built programs, outside the repository.
   * @default - `okta-eks-access` in `XDG_CACHE_HOME`, or in `~/.cache`
   */
  readonly cache?: string;
  /**
   * Folder with `kube-apiserver` and `etcd`, as in Kubernetes' own test tools.
   * @default - `KUBEBUILDER_ASSETS`; without it, both are built
   * @see https://book.kubebuilder.io/reference/envtest
   */
  readonly assets?: string;
}

/** A program and the folder of the Go module, beside this file, that pins its version. */
export interface Program {
  readonly name: string;
  readonly module: string;
  readonly package: string;
  /** Whether the folder of `KUBEBUILDER_ASSETS` must contain it. */
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
 * Builds the programs that are not in the cache yet. An interrupted build loses little: finished programs stay in the cache, and
 * compiled packages in Go's own cache. Two builds at the same time do the work twice and do no harm.
 * @throws AccessError when `KUBEBUILDER_ASSETS` lacks a program, or Go cannot build one.
 */
export async function buildTools(options: BuildToolsOptions): Promise<Tools> {
  return {
    kubelogin: await programFile(KUBELOGIN, options),
    etcd: await programFile(ETCD, options),
    kubeApiserver: await programFile(KUBE_APISERVER, options),
    kubeControllerManager: await programFile(KUBE_CONTROLLER_MANAGER, options),
  };
}

/** Whether every program is built, so that Go is not needed. */
export function toolsAreBuilt(options: Pick<BuildToolsOptions, 'cache' | 'assets'>): boolean {
  return [KUBELOGIN, ETCD, KUBE_APISERVER, KUBE_CONTROLLER_MANAGER].every(
    (program) => assetFile(program, options) !== undefined || existsSync(builtFile(program, options)),
  );
}

/**
 * Builds one program that is not in the cache yet.
 * @throws AccessError as `buildTools` does.
 */
export async function programFile(program: Program, options: BuildToolsOptions): Promise<string> {
  const asset = assetFile(program, options);
  if (asset !== undefined) return asset;
  const file = builtFile(program, options);
  if (existsSync(file)) return file;
  await build(program, file, options.report);
  return file;
}

function assetFile({ name, inAssets }: Program, { assets }: Pick<BuildToolsOptions, 'assets'>): string | undefined {
  const folder = assets ?? process.env.KUBEBUILDER_ASSETS;
  if (!folder) return undefined;
  const file = join(folder, name);
  if (existsSync(file)) return file;
  if (inAssets) {
    throw new AccessError(
      `KUBEBUILDER_ASSETS is ${folder}, which does not contain ${name}. Set it to a folder with kube-apiserver and etcd, or unset it to build them.`,
    );
  }
  return undefined;
}

/** The file of a program. Its folder depends on the module files and the machine, so each version has its own. */
function builtFile({ name, module }: Program, { cache }: Pick<BuildToolsOptions, 'cache'>): string {
  const hash = createHash('sha256').update(linkerFlags(module));
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(__dirname, module, file)));
  const version = `${module}-${process.platform}-${process.arch}-${hash.digest('hex').slice(0, 16)}`;
  return join(cache ?? defaultCache(), version, name);
}

/** The linker sets the version of Kubernetes' programs; kubectl fails against an API server that has none. */
function linkerFlags(module: string): string {
  const [, version] = readFileSync(join(__dirname, module, 'go.mod'), 'utf8').match(/k8s\.io\/kubernetes (v\S+)/) ?? [];
  return version === undefined ? '-s -w' : `-s -w -X=k8s.io/component-base/version.gitVersion=${version}`;
}

/** The folder that keeps programs, outside the repository. */
export function defaultCache(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'okta-eks-access');
}

async function build(program: Program, file: string, report: (line: string) => void): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  // Built in a folder of its own and then renamed, so that no other process ever starts half a program.
  const folder = mkdtempSync(`${file}-`);
  const unfinished = join(folder, program.name);
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
    rmSync(folder, { recursive: true });
  }
}

/** Runs `go build`, which prints the name of each package that it compiles, and the errors. */
async function goBuild(program: Program, output: string, compiled: () => void): Promise<void> {
  const child = spawn('go', ['build', '-v', `-ldflags=${linkerFlags(program.module)}`, '-o', output, program.package], {
    cwd: join(__dirname, program.module),
    // Neither a Go workspace around this repository nor vendoring may override the versions in the module files.
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
  if (code !== 0) {
    throw new AccessError(`Go could not build ${program.name}. The last lines of go build:\n${last.join('\n')}`);
  }
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}
