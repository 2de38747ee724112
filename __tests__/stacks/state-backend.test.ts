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
