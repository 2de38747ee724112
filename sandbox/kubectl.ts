import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface KubectlProps {
  /** The private folder, which also holds the cache of kubectl. */
  readonly folder: string;
  readonly kubeconfig: string;
  readonly args: readonly string[];
  /**
   * Context of the kubeconfig.
   * @default - the current context
   */
  readonly context?: string;
  /** Standard input, for `-f -`. @default - nothing */
  readonly input?: string;
}

/** The result of a command. */
export interface KubectlResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs kubectl until it ends. It neither reads nor writes files in the home directory. */
export function runKubectl(props: KubectlProps): Promise<KubectlResult> {
  const { folder, kubeconfig, args, context, input = '' } = props;
  const child = spawn('kubectl', [...(context === undefined ? [] : [`--context=${context}`]), ...args], {
    env: { ...process.env, KUBECONFIG: kubeconfig, KUBECACHEDIR: join(folder, 'kubectl-cache'), KUBERC: 'off' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const read = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      read[stream] += text;
    });
  }
  // A command that does not read its input can end before everything is written.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) =>
    child.once('error', reject).once('close', (code) => resolve({ code, ...read })),
  );
}
