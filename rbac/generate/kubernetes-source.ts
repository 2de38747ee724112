import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

/** The source of a Kubernetes release. */
export interface KubernetesSource {
  /** Such as `1.36.3`. */
  readonly release: string;
  readonly folder: string;
}

const MODULE = 'k8s.io/kubernetes';

/**
 * Downloads the source of a release with Go, which caches it and respects GOPROXY and its other settings.
 * @param version a minor version, such as `1.36`, for its newest release; or a release, such as `1.36.3`.
 * @throws Error when the version is malformed or has no release, or when Go is missing or fails.
 */
export function kubernetesSource(version: string): KubernetesSource {
  if (!/^1\.\d+(\.\d+)?$/.test(version)) {
    throw new Error(
      `'${version}' is not a Kubernetes version. Allowed: a minor version or a release, as in npm run kubernetes-facts -- 1.36 or npm run kubernetes-facts -- 1.36.3.`,
    );
  }
  const { error, stdout, stderr } = spawnSync('go', ['mod', 'download', '-json', `${MODULE}@v${version}`], {
    // No Go module or workspace around this repository may override the version.
    cwd: tmpdir(),
    env: { ...process.env, GOWORK: 'off' },
    encoding: 'utf8',
  });
  if (error !== undefined) {
    throw new Error(
      `Go could not be started to download the source of Kubernetes (${error.message}). Install Go and add it to PATH: https://go.dev/doc/install`,
    );
  }
  if (stdout === '') throw new Error(`Go could not download Kubernetes ${version}: ${stderr.trim()}`);
  const { Version = '', Dir, Error: reason } = JSON.parse(stdout) as { Version?: string; Dir?: string; Error?: string };
  if (reason !== undefined || Dir === undefined) {
    throw new Error(
      `Go could not download Kubernetes ${version}: ${reason}. To list the releases, run: go list -m -versions ${MODULE}`,
    );
  }
  // Go falls back to an alpha, a beta, or a release candidate.
  if (Version.includes('-')) throw new Error(`Kubernetes ${version} is not released yet; Go found only ${Version}.`);
  return { release: Version.slice(1), folder: Dir };
}
