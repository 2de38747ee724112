import type { StackToPlan } from './plan-stacks';
import type { Terraform, TerraformRun } from './terraform';

/** Installs the providers of a stack and prepares its state. Terraform's cache of providers allows one at a time. */
export async function initialized(
  terraform: Terraform,
  { folder, variables }: Pick<StackToPlan, 'folder' | 'variables'>,
): Promise<TerraformRun> {
  const init = await terraform.run(folder, ['init', '-no-color', '-input=false'], variables);
  // The synthesized file has another version of a provider than the lock file, which nobody commits.
  if (init.ok || !init.stderr.includes('init -upgrade')) return init;
  return terraform.run(folder, ['init', '-no-color', '-input=false', '-upgrade'], variables);
}

/** What Terraform says about an error. */
export function errorsOf({ stderr, stdout }: TerraformRun): string {
  return stderr.trim() || stdout.trim();
}
