import { spawnSync } from 'node:child_process';
import { parse } from 'yaml';
import type { AUTHENTICATION_TARGETS } from '../../../sign-in/api-server-flags';

/** The targets that print flags. */
export type FlagTarget = Exclude<keyof typeof AUTHENTICATION_TARGETS, `authentication-config${string}`>;

/** How each tool makes arguments of kube-apiserver from what a target prints. */
const READERS: Readonly<Record<FlagTarget, (text: string) => readonly string[]>> = {
  // ArgumentsToCommand in cmd/kubeadm/app/util/arguments.go, for both versions.
  kubeadm: (text) => {
    const { extraArgs } = yaml(text).apiServer as { extraArgs: readonly { name: string; value: string }[] };
    return extraArgs.map(({ name, value }) => asKubelet(`--${name}=${checked(value)}`));
  },
  'kubeadm-v1beta3': (text) => {
    const { extraArgs } = yaml(text).apiServer as { extraArgs: Readonly<Record<string, string>> };
    return Object.entries(extraArgs).map(([name, value]) => asKubelet(`--${name}=${checked(value)}`));
  },
  // The tags of KubeAPIServerConfig in pkg/apis/kops/v1alpha2/componentconfig.go.
  kops: (text) => {
    const { kubeAPIServer } = yaml(text).spec as { kubeAPIServer: Readonly<Record<string, string | string[]>> };
    return Object.entries(kubeAPIServer).flatMap(([field, value]) => {
      const flag = KOPS_FLAGS[field];
      if (flag === undefined) throw new Error(`kOps has no field ${field}.`);
      return [value].flat().map((one) => asKubelet(`--${flag}=${checked(one)}`));
    });
  },
  k3d: (text) => {
    const [program, cluster, create, , ...words] = wordsOf(text);
    expect([program, cluster, create]).toEqual(['k3d', 'cluster', 'create']);
    return words.flatMap((word, index) =>
      words[index - 1] === '--k3s-arg' ? [`--${withoutPrefix(forServers(word), '--kube-apiserver-arg=')}`] : [],
    );
  },
  // GetArgs in pkg/daemons/config/types.go of K3s.
  k3s: (text) => (yaml(text)['kube-apiserver-arg'] as readonly string[]).map((arg) => `--${checked(arg)}`),
  rke2: (text) => (yaml(text)['kube-apiserver-arg'] as readonly string[]).map((arg) => asKubelet(`--${checked(arg)}`)),
  'static-pod': (text) => {
    const patch = yaml(text) as unknown as readonly { op: string; path: string; value: string }[];
    return patch.map(({ op, path, value }) => {
      expect({ op, path }).toEqual({ op: 'add', path: '/spec/containers/0/command/-' });
      return asKubelet(checked(value));
    });
  },
};

const KOPS_FLAGS: Readonly<Record<string, string>> = {
  oidcIssuerURL: 'oidc-issuer-url',
  oidcClientID: 'oidc-client-id',
  oidcUsernameClaim: 'oidc-username-claim',
  oidcUsernamePrefix: 'oidc-username-prefix',
  oidcGroupsClaim: 'oidc-groups-claim',
  oidcGroupsPrefix: 'oidc-groups-prefix',
  oidcRequiredClaim: 'oidc-required-claim',
};

/** The arguments of kube-apiserver that a tool makes from what a target prints. */
export function argumentsOf(target: FlagTarget, text: string): readonly string[] {
  return READERS[target](text);
}

/** YAML as Kubernetes' tools read it. */
function yaml(text: string): Readonly<Record<string, unknown>> {
  return parse(text, { version: '1.1' });
}

function checked(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`${String(value)} is not a text.`);
  return value;
}

/** An argument of a container: `$$` is `$`, and `$(NAME)` the variable. */
export function asKubelet(argument: string): string {
  return argument.replaceAll(/\$\$|\$\((\w+)\)/g, (whole, name) => (name === undefined ? '$' : `<${whole}>`));
}

/** The words of a shell command. */
function wordsOf(text: string): readonly string[] {
  const { stdout, stderr } = spawnSync('/bin/sh', ['-c', `k3d() { printf '%s\\0' k3d "$@"; }\n${text}`], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\0').slice(0, -1);
}

/** An argument for the servers: SplitFiltersFromFlag in cmd/util/filter.go of k3d. */
function forServers(flag: string): string {
  const parts = flag.split(/(?<!\\)@/);
  expect(parts).toHaveLength(2);
  expect(parts[1]).toBe('server:*');
  return (parts[0] as string).replaceAll('\\@', '@');
}

function withoutPrefix(text: string, prefix: string): string {
  expect(text.startsWith(prefix)).toBe(true);
  return text.slice(prefix.length);
}
