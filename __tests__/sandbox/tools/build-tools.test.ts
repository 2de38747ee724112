import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildTools, toolsAreBuilt } from '../../../sandbox/tools/build-tools';

/** A fake Go: logs what it builds, and writes the name of the package into the program. */
const GO = `#!/bin/sh
echo "$(basename "$PWD") $GOWORK $GOFLAGS $3 $6" >> "$BUILDS"
if [ "$6" = "$BROKEN" ]; then echo 'internal/thing' >&2; echo 'no space left on device' >&2; exit 1; fi
echo "$6" > "$5"
`;

const PACKAGES = [
  'kubelogin off -mod=readonly -buildvcs=false -ldflags=-s -w github.com/int128/kubelogin',
  'etcd off -mod=readonly -buildvcs=false -ldflags=-s -w go.etcd.io/etcd/server/v3',
  'kubernetes off -mod=readonly -buildvcs=false -ldflags=-s -w -X=k8s.io/component-base/version.gitVersion=v1.34.4 k8s.io/kubernetes/cmd/kube-apiserver',
  'kubernetes off -mod=readonly -buildvcs=false -ldflags=-s -w -X=k8s.io/component-base/version.gitVersion=v1.34.4 k8s.io/kubernetes/cmd/kube-controller-manager',
];

/** The programs in the cache, finished or not. */
function filesIn(cache: string): readonly string[] {
  return readdirSync(cache, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

describe('the programs of the real world', () => {
  const usual = { ...process.env };
  let folder: string;
  let cache: string;
  let lines: string[];
  const report = (line: string) => {
    lines.push(line.replace(/\d+ s/, 'N s'));
  };
  const builds = () => readFileSync(join(folder, 'builds'), 'utf8').trim().split('\n');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tools-'));
    cache = join(folder, 'cache');
    lines = [];
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/go'), GO);
    chmodSync(join(folder, 'bin/go'), 0o755);
    delete process.env.KUBEBUILDER_ASSETS;
    delete process.env.BROKEN;
    process.env.PATH = `${join(folder, 'bin')}:${usual.PATH}`;
    process.env.BUILDS = join(folder, 'builds');
  });

  afterEach(() => {
    process.env = { ...usual };
    rmSync(folder, { recursive: true });
  });

  test('are built from their modules and kept in the cache', async () => {
    const tools = await buildTools({ report, cache });

    expect(builds()).toEqual(PACKAGES);
    expect(readFileSync(tools.kubeApiserver, 'utf8')).toBe('k8s.io/kubernetes/cmd/kube-apiserver\n');
    expect(Object.values(tools).every((file) => file.startsWith(cache))).toBe(true);
    expect(lines.slice(0, 2)).toEqual(['kubelogin: building', 'kubelogin: built in N s']);
    expect(lines).toHaveLength(8);
  });

  test('are built once', async () => {
    const first = await buildTools({ report, cache });
    lines = [];

    const second = await buildTools({ report, cache });

    expect(second).toEqual(first);
    expect(builds()).toHaveLength(4);
    expect(lines).toEqual([]);
  });

  test('are whole when two builds run at the same time', async () => {
    const [first, second] = await Promise.all([buildTools({ report, cache }), buildTools({ report, cache })]);

    expect(second).toEqual(first);
    expect(Object.values(first).map((file) => readFileSync(file, 'utf8').trim())).toEqual(
      PACKAGES.map((line) => line.split(' ').at(-1)),
    );
    expect(filesIn(cache)).toHaveLength(4);
  });

  test('stay in the cache when a later one cannot be built', async () => {
    process.env.BROKEN = 'k8s.io/kubernetes/cmd/kube-apiserver';
    await expect(buildTools({ report, cache })).rejects.toThrow();
    delete process.env.BROKEN;

    await buildTools({ report, cache });

    expect(builds()).toEqual([...PACKAGES.slice(0, 3), ...PACKAGES.slice(2)]);
  });

  test('fails with the last lines of Go, and leaves no unfinished program', async () => {
    process.env.BROKEN = 'github.com/int128/kubelogin';

    const build = buildTools({ report, cache });

    await expect(build).rejects.toThrow(
      'Go could not build kubelogin. The last lines of go build:\ninternal/thing\nno space left on device',
    );
    expect(filesIn(cache)).toEqual([]);
  });

  test('are not built if KUBEBUILDER_ASSETS has them', async () => {
    process.env.KUBEBUILDER_ASSETS = folder;
    for (const name of ['etcd', 'kube-apiserver']) writeFileSync(join(folder, name), '');

    const tools = await buildTools({ report, cache });

    expect([tools.etcd, tools.kubeApiserver]).toEqual([join(folder, 'etcd'), join(folder, 'kube-apiserver')]);
    expect(builds()).toEqual([PACKAGES[0], PACKAGES[3]]);
  });

  test('fails where KUBEBUILDER_ASSETS lacks a program, without a stack trace', async () => {
    const build = buildTools({ report, cache, assets: folder });

    await expect(build).rejects.toMatchObject({
      name: 'AccessError',
      message: `KUBEBUILDER_ASSETS is ${folder}, which does not contain etcd. Set it to a folder with kube-apiserver and etcd, or unset it to build them.`,
    });
  });

  test('are found in the cache once they are built', async () => {
    const before = toolsAreBuilt({ cache });

    await buildTools({ report, cache });

    expect([before, toolsAreBuilt({ cache })]).toEqual([false, true]);
  });
});
