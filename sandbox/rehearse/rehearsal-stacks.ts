import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Access } from '../../model';
import { allClusters } from '../../model/derived/access';
import { isEks } from '../../model/derived/cluster-kinds';
import type { StackToPlan } from '../../plan/run/plan-stacks';
import { readStacks } from '../synthesized/read-stacks';
import type { RehearsalWorld } from './rehearsal-world';

/**
 * The stacks of a synthesis for Terraform in a rehearsal: each with the credentials of its account, and with the
 * kubeconfig of the rehearsal where it would read that of the user.
 */
export function rehearsalStacks(outdir: string, access: Access, world: RehearsalWorld): readonly StackToPlan[] {
  return Object.entries(readStacks(outdir)).map(([name, { dependencies = [] }]) => {
    const folder = join(outdir, 'stacks', name);
    const file = join(folder, 'cdk.tf.json');
    writeFileSync(file, withKubeconfig(readFileSync(file, 'utf8'), world.kubeconfig));
    return { name, dependencies, folder, variables: world.variablesOf(accountOf(name, access)) };
  });
}

/** A stack that reads another kubeconfig than that of the user. */
function withKubeconfig(text: string, kubeconfig: string): string {
  const stack = JSON.parse(text) as { provider?: { kubernetes?: { config_path?: string }[] } };
  for (const provider of stack.provider?.kubernetes ?? []) {
    if (provider.config_path !== undefined) provider.config_path = kubeconfig;
  }
  return JSON.stringify(stack, null, 2);
}

/** The account whose credentials the stack of a cluster needs; undefined if the file does not say, or names a role. */
function accountOf(stack: string, access: Access): string | undefined {
  const cluster = allClusters(access).find(({ key }) => stack.replace(/^(cluster|rbac|guards)-/, '') === key);
  if (cluster === undefined || !isEks(cluster) || stack === 'okta') return undefined;
  const { account } = cluster.settings;
  return account?.roleArn === undefined ? account?.id : undefined;
}
