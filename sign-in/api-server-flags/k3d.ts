import { shown } from '../../constraints/finding';
import { shQuoted } from '../sh-quoted';
import { flagText, oidcFlags } from './api-server-flag';
import type { AuthenticationTarget } from './authentication-target';
import { refuse } from './refuse';

/** What k3d puts before the name of a cluster in its kubeconfig context. */
const CONTEXT = 'k3d-';

/**
 * The command that creates a k3d cluster, for a POSIX shell. k3d takes what follows the last `@` for the nodes, and `\@` for
 * an `@`.
 * @see https://k3d.io/stable/usage/k3s/
 */
export const k3d: AuthenticationTarget = (config, { key, settings: { kubeconfigContext } }) => {
  const flags = oidcFlags(config);
  refuse(
    flags
      .filter(({ value }) => value.includes('\\'))
      .map(({ name, value }) => ({
        message: `k3d cannot pass a backslash in --${name}: it reads it as an escape of @.`,
        given: shown(value),
        allowed: 'a value without a backslash',
        fix: 'Use another value in the access file.',
      })),
  );
  const name = kubeconfigContext.startsWith(CONTEXT) ? kubeconfigContext.slice(CONTEXT.length) : key;
  const args = flags.map((flag) => `--kube-apiserver-arg=${flagText(flag).replaceAll('@', '\\@')}@server:*`);
  const lines = [`k3d cluster create ${shQuoted(name)}`, ...args.map((arg) => `  --k3s-arg ${shQuoted(arg)}`)];
  return `${lines.join(' \\\n')}\n`;
};
