import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { TIMEOUT } from './world';

const ROOT = resolve(__dirname, '../..');

/** Nothing of the machine: no home directory, no settings of Terraform, no look for newer versions. */
const environment = (home: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TF_|CDKTF_)/.test(name))),
  HOME: home,
  CHECKPOINT_DISABLE: '1',
  CI: '1',
});

const DEFINITIONS = {
  producer: `
    const producer = new StackWithState(app, 'producer');
    const value = new DataResource(producer, 'Value', { input: 'from the producer' });
    new TerraformOutput(producer, 'greeting', { value: value.output });`,
  consumer: `
    const consumer = new StackWithState(app, 'consumer');
    const copy = new DataResource(consumer, 'Copy', { input: readOutput(consumer, producer, 'greeting') });
    new TerraformOutput(consumer, 'heard', { value: copy.output });`,
  other: `
    new DataResource(new StackWithState(app, 'other'), 'Value', { input: 'from another' });`,
} as const;

type Definition = keyof typeof DEFINITIONS;

describe('the states of stacks with the real Terraform', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'state-backend-'));
    mkdirSync(join(folder, 'home'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs a command to its end, and fails with all that it printed where the exit code is another. */
  function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd,
      encoding: 'utf8',
      env: { ...environment(join(folder, 'home')), ...env },
    });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** Synthesizes a program with these stacks, as its user does. */
  function synth(...stacks: Definition[]): void {
    const required = (path: string) => `require(${JSON.stringify(join(ROOT, path))})`;
    writeFileSync(
      join(folder, 'program.cjs'),
      `const { App, DataResource, TerraformOutput, TerraformStack } = ${required('node_modules/cdktf')};
       const { readOutput, stateBackend } = ${required('stacks/state-backend')};
       class StackWithState extends TerraformStack { backend = stateBackend(this, 'local'); }
       const app = new App();
       ${stacks.map((stack) => DEFINITIONS[stack]).join('\n')}
       app.synth();`,
    );
    writeFileSync(
      join(folder, 'cdktf.json'),
      JSON.stringify({ language: 'typescript', app: 'false', projectId: 'states', sendCrashReports: 'false' }),
    );
    const app = `${process.execPath} --require ${require.resolve('tsx/cjs')} program.cjs`;
    run(join(ROOT, 'node_modules/.bin/cdktf'), ['synth', '--app', app], folder);
  }

  const terraform = (stack: Definition, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    run('terraform', args, join(folder, 'cdktf.out/stacks', stack), env);

  function apply(stack: Definition, env: NodeJS.ProcessEnv = {}): void {
    terraform(stack, ['init', '-input=false'], env);
    terraform(stack, ['apply', '-input=false', '-auto-approve'], env);
  }

  /** Fails where a plan would change anything: Terraform's exit code is then 2. */
  function planNoChanges(stack: Definition): void {
    terraform(stack, ['init', '-input=false']);
    terraform(stack, ['plan', '-input=false', '-detailed-exitcode']);
  }

  /** The state files of a folder, without Terraform's own notes of which backend it uses. */
  const statesBelow = (path: string) =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.includes('tfstate') && !entry.parentPath.endsWith('.terraform'))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .sort();

  test(
    'lie beside the output folder, where a stack that reads them finds the value',
    () => {
      synth('producer', 'consumer');

      apply('producer');
      apply('consumer');

      expect(statesBelow(folder)).toEqual(['terraform.consumer.tfstate', 'terraform.producer.tfstate']);
      expect(terraform('consumer', ['output', '-raw', 'heard'])).toBe('from the producer');
    },
    TIMEOUT,
  );

  test(
    'are found again after another synthesis: nothing is planned',
    () => {
      synth('producer', 'consumer');
      apply('producer');
      apply('consumer');

      synth('producer', 'consumer');

      planNoChanges('producer');
      planNoChanges('consumer');
    },
    TIMEOUT,
  );

  test(
    'survive that their stacks leave the program, whose folders are removed, and are found when they come back',
    () => {
      synth('producer', 'consumer', 'other');
      apply('producer');
      apply('consumer');

      synth('other');

      expect(readdirSync(join(folder, 'cdktf.out/stacks'))).toEqual(['other']);
      expect(statesBelow(folder)).toEqual(['terraform.consumer.tfstate', 'terraform.producer.tfstate']);

      synth('producer', 'consumer', 'other');

      planNoChanges('producer');
      planNoChanges('consumer');
    },
    TIMEOUT,
  );

  test(
    'of another workspace lie outside the output folder too, and are read in it',
    () => {
      const env = { TF_WORKSPACE: 'other' };
      synth('producer', 'consumer');

      apply('producer', env);
      apply('consumer', env);

      expect(statesBelow(folder)).toEqual([
        'terraform.consumer.tfstate.d/other/terraform.tfstate',
        'terraform.producer.tfstate.d/other/terraform.tfstate',
      ]);
      expect(existsSync(join(folder, 'terraform.producer.tfstate'))).toBe(false);
      expect(terraform('consumer', ['output', '-raw', 'heard'], env)).toBe('from the producer');
    },
    TIMEOUT,
  );
});
