import { basename } from 'node:path';
import type { Terraform, TerraformRun } from '../../../plan/run/terraform';

/** A Terraform that remembers what it was asked, and fails where a test says so. */
export interface FakeTerraform extends Terraform {
  /** Such as `apply okta`, in the order of the beginnings. `init` and `show` are left out. */
  readonly calls: string[];
  /** The most commands that ran at the same time. */
  most: number;
}

const EMPTY_PLAN = { format_version: '1.2', planned_values: {}, resource_changes: [] };

/**
 * @param failures what Terraform says about its error, by command and stack, such as `apply okta`.
 * @param changes what a plan changes, by stack.
 */
export function fakeTerraform({
  failures = {},
  changes = {},
}: {
  readonly failures?: Readonly<Record<string, string>>;
  readonly changes?: Readonly<Record<string, readonly object[]>>;
} = {}): FakeTerraform {
  let running = 0;
  const fake: FakeTerraform = {
    ...{ calls: [], most: 0, stop() {} },
    async run(folder, args): Promise<TerraformRun> {
      const [command = ''] = args;
      const stack = basename(folder);
      const name = `${command} ${stack}`;
      if (command !== 'init' && command !== 'show') fake.calls.push(name);
      running += 1;
      fake.most = Math.max(fake.most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      const stderr = failures[name];
      if (stderr !== undefined) return { ok: false, stdout: '', stderr };
      const plan = { ...EMPTY_PLAN, resource_changes: changes[stack] ?? [] };
      const outputs: Readonly<Record<string, string>> = {
        apply: 'Apply complete! Resources: 2 added, 1 changed, 0 destroyed.\n',
        destroy: '\nDestroy complete! Resources: 3 destroyed.\n',
        show: JSON.stringify(plan),
      };
      return { ok: true, stdout: outputs[command] ?? '', stderr: '' };
    },
  };
  return fake;
}
