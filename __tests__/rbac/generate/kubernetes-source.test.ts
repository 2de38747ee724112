import { readFileSync } from 'node:fs';
import { kubernetesSource } from '../../../rbac/generate/kubernetes-source';
import { type FakeGo, fakeGo } from './fake-go';

describe('kubernetesSource', () => {
  let go: FakeGo;

  beforeEach(() => {
    go = fakeGo();
  });
  afterEach(() => go.remove());

  test.each(['1.36', '1.36.3'])('of %s is what Go downloads', (version) => {
    go.answers({ stdout: JSON.stringify({ Version: 'v1.36.3', Dir: '/cache/kubernetes@v1.36.3' }) });

    expect(kubernetesSource(version)).toEqual({ release: '1.36.3', folder: '/cache/kubernetes@v1.36.3' });
    expect(readFileSync(go.asked, 'utf8')).toBe(`mod download -json k8s.io/kubernetes@v${version}\n`);
  });

  test.each(['', '36', 'v1.36', '1.36.x', '2.0', '1.36.3.1', '--help'])('fails for %j', (version) => {
    expect(() => kubernetesSource(version)).toThrow(
      `'${version}' is not a Kubernetes version. Allowed: a minor version or a release, as in npm run kubernetes-facts -- 1.36 or npm run kubernetes-facts -- 1.36.3.`,
    );
  });

  test('fails for a version without a release', () => {
    go.answers({ stdout: JSON.stringify({ Version: 'v1.99', Error: 'no matching versions for query "v1.99"' }) });

    expect(() => kubernetesSource('1.99')).toThrow(
      'Go could not download Kubernetes 1.99: no matching versions for query "v1.99". To list the releases, run: go list -m -versions k8s.io/kubernetes',
    );
  });

  test('fails for a version that is not released yet', () => {
    go.answers({ stdout: JSON.stringify({ Version: 'v1.38.0-alpha.1', Dir: '/cache' }) });

    expect(() => kubernetesSource('1.38')).toThrow(
      'Kubernetes 1.38 is not released yet; Go found only v1.38.0-alpha.1.',
    );
  });

  test('fails with what Go says if it gives no answer', () => {
    go.answers({ stderr: 'go: GOFLAGS: parse error\n' });

    expect(() => kubernetesSource('1.36')).toThrow('Go could not download Kubernetes 1.36: go: GOFLAGS: parse error');
  });

  test('fails without Go', () => {
    process.env.PATH = '/nowhere';

    expect(() => kubernetesSource('1.36')).toThrow(
      'Go could not be started to download the source of Kubernetes (spawnSync go ENOENT). Install Go and add it to PATH: https://go.dev/doc/install',
    );
  });
});
