import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { S3Backend, type TerraformBackend, TerraformOutput, TerraformStack } from 'cdktf';
import { readOutput, stateBackend } from '../../stacks/state-backend';
import { synthesized } from '../synthesized';

class StackWithState extends TerraformStack {
  readonly backend: TerraformBackend = stateBackend(this, 'local');
}

describe('stateBackend', () => {
  test.each(['okta', 'cluster-prod', 'x'])(
    'keeps the state of %s outside the output folder, in any workspace',
    (name) => {
      const stacks = synthesized((app) => stateBackend(new TerraformStack(app, name), 'local'));

      // From <output>/stacks/<name>, where Terraform runs.
      expect(stacks[name]?.terraform?.backend).toEqual({
        local: { path: `../../../terraform.${name}.tfstate`, workspace_dir: `../../../terraform.${name}.tfstate.d` },
      });
    },
  );
});

describe('state outside this machine', () => {
  const [s3, cloud] = [
    { s3: { bucket: 'states', region: 'eu-west-1', keyPrefix: 'access', kmsKeyId: 'arn:aws:kms:eu-west-1:1:key/k' } },
    { cloud: { organization: 'example', workspacePrefix: 'access-' } },
  ];

  test('is in a bucket under the name of the stack, encrypted and locked by a file', () => {
    const stacks = synthesized((app) => stateBackend(new TerraformStack(app, 'okta'), s3));

    expect(stacks.okta?.terraform).toEqual({
      backend: {
        s3: {
          bucket: 'states',
          region: 'eu-west-1',
          key: 'access/okta.tfstate',
          encrypt: true,
          kms_key_id: 'arn:aws:kms:eu-west-1:1:key/k',
          use_lockfile: true,
        },
      },
    });
  });

  test('is in a workspace of HCP Terraform for each stack, and synthesis needs no Terraform', () => {
    const path = process.env.PATH;
    process.env.PATH = '';
    try {
      const stacks = synthesized((app) => stateBackend(new TerraformStack(app, 'okta'), cloud));

      expect(stacks.okta?.terraform).toEqual({
        cloud: { organization: 'example', workspaces: { name: 'access-okta' } },
      });
    } finally {
      process.env.PATH = path;
    }
  });

  test.each([
    ['s3', s3, { bucket: 'states', region: 'eu-west-1', key: 'access/okta.tfstate' }],
    ['remote', cloud, { organization: 'example', workspaces: { name: 'access-okta' } }],
  ])('is read from where it is kept: %s', (backend, settings, config) => {
    const stacks = synthesized((app) => {
      const producer = new TerraformStack(app, 'okta');
      const consumer = new TerraformStack(app, 'cluster-prod');
      const withState = Object.assign(producer, { backend: stateBackend(producer, settings) });
      new TerraformOutput(consumer, 'copy', { value: readOutput(consumer, withState, 'issuer_url') });
    });

    const { okta } = stacks['cluster-prod']?.data?.terraform_remote_state ?? {};
    expect(okta).toMatchObject({ backend, config });
    expect(stacks['cluster-prod']?.output?.copy?.value).toBe('${data.terraform_remote_state.okta.outputs.issuer_url}');
  });
});

describe('readOutput', () => {
  test('reads from where the producer keeps its state, in the same workspace', () => {
    const stacks = synthesized((app) => {
      const producer = new StackWithState(app, 'producer');
      const consumer = new TerraformStack(app, 'consumer');
      new TerraformOutput(consumer, 'copy', { value: readOutput(consumer, producer, 'greeting') });
    });

    expect(stacks.consumer?.data?.terraform_remote_state).toEqual({
      producer: {
        backend: 'local',
        config: {
          path: '../../../terraform.producer.tfstate',
          workspace_dir: '../../../terraform.producer.tfstate.d',
        },
        workspace: '${terraform.workspace}',
      },
    });
    expect(stacks.consumer?.output?.copy?.value).toBe('${data.terraform_remote_state.producer.outputs.greeting}');
  });

  test('reads the state of a producer once for all its outputs', () => {
    const stacks = synthesized((app) => {
      const producer = new StackWithState(app, 'producer');
      const consumer = new TerraformStack(app, 'consumer');
      const [a, b, again] = ['a', 'b', 'a'].map((output) => readOutput(consumer, producer, output));
      new TerraformOutput(consumer, 'copy', { value: { a, b, again } });
    });

    expect(Object.keys(stacks.consumer?.data?.terraform_remote_state ?? {})).toEqual(['producer']);
    expect(stacks.consumer?.output?.copy?.value).toEqual({
      a: '${data.terraform_remote_state.producer.outputs.a}',
      b: '${data.terraform_remote_state.producer.outputs.b}',
      again: '${data.terraform_remote_state.producer.outputs.a}',
    });
  });

  test('reads from another kind of backend', () => {
    const stacks = synthesized((app) => {
      const producer = new (class extends TerraformStack {
        readonly backend = new S3Backend(this, { bucket: 'states', key: 'producer', region: 'eu-west-1' });
      })(app, 'producer');
      const consumer = new TerraformStack(app, 'consumer');
      new TerraformOutput(consumer, 'copy', { value: readOutput(consumer, producer, 'greeting') });
    });

    expect(stacks.consumer?.data?.terraform_remote_state?.producer).toMatchObject({
      backend: 's3',
      config: { bucket: 'states', key: 'producer', region: 'eu-west-1' },
    });
  });

  test('deploys the consumer after the producer', () => {
    let dependencies: string[] = [];

    synthesized((app) => {
      const producer = new StackWithState(app, 'producer');
      const consumer = new TerraformStack(app, 'consumer');
      new TerraformOutput(consumer, 'copy', { value: readOutput(consumer, producer, 'greeting') });
      dependencies = consumer.dependencies.map(({ node }) => node.id);
    });

    expect(dependencies).toEqual(['producer']);
  });
});

const ROOT = resolve(__dirname, '../..');

/** Nothing of the machine: no home directory, no settings of Terraform, no look for newer versions. */
const environment = (home: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TF_|CDKTF_)/.test(name))),
  HOME: home,
  CHECKPOINT_DISABLE: '1',
  CI: '1',
});

const terraformRuns = spawnSync('terraform', ['version'], { env: environment(tmpdir()) }).status === 0;
const testWithTerraform = terraformRuns ? test : test.skip;
const why = terraformRuns ? '' : ' (skipped: terraform cannot be run here)';

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

describe(`the states of stacks with the real Terraform${why}`, () => {
  const TIMEOUT = 300_000;

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

  testWithTerraform(
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

  testWithTerraform(
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

  testWithTerraform(
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

  testWithTerraform(
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
