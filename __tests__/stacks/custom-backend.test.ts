import { TerraformOutput, TerraformStack } from 'cdktf';
import { readOutput, stateBackend } from '../../stacks/state-backend';
import { accessWith } from '../access-files';
import { synthesized, synthesizedAccess } from '../synthesized';

type Settings = Parameters<typeof stateBackend>[1];

/** The state of the stack okta, and how the stack cluster-prod reads it. */
function keptAndRead(settings: Settings) {
  const stacks = synthesized((app) => {
    const producer = new TerraformStack(app, 'okta');
    const consumer = new TerraformStack(app, 'cluster-prod');
    const withState = Object.assign(producer, { backend: stateBackend(producer, settings) });
    new TerraformOutput(consumer, 'copy', { value: readOutput(consumer, withState, 'issuer_url') });
  });
  return {
    kept: stacks.okta?.terraform,
    read: stacks['cluster-prod']?.data?.terraform_remote_state?.okta,
  };
}

describe('a backend of any type', () => {
  test.each([
    ['azurerm', { container_name: 'eks', key: 'access/{stack}.tfstate', use_oidc: true }],
    ['gcs', { bucket: 'states', prefix: 'eks/{stack}' }],
    ['pg', { schema_name: 'eks_{stack}' }],
    ['consul', { path: 'eks/{stack}', gzip: true }],
    ['kubernetes', { secret_suffix: '{stack}', labels: { appName: '{stack}', 'example.com/Team': 'a' } }],
  ])('%s keeps and reads the state with the same arguments, in the same workspace', (type, config) => {
    const expected = JSON.parse(JSON.stringify(config).replaceAll('{stack}', 'okta'));

    const { kept, read } = keptAndRead({ custom: { type, config } });

    expect(kept).toEqual({ backend: { [type]: expected } });
    expect(read).toEqual({ backend: type, workspace: '${terraform.workspace}', config: expected });
  });

  test.each([
    [
      'http',
      { address: 'https://states.example.com/{stack}', lock_address: 'https://states.example.com/{stack}/lock' },
    ],
    ['remote', { organization: 'example', workspaces: { name: 'eks-{stack}' } }],
  ])('%s has no workspaces, so none is read', (type, config) => {
    const expected = JSON.parse(JSON.stringify(config).replaceAll('{stack}', 'okta'));

    const { kept, read } = keptAndRead({ custom: { type, config } });

    expect(kept).toEqual({ backend: { [type]: expected } });
    expect(read).toEqual({ backend: type, config: expected });
  });

  test('keeps the state of every stack of a file in its own place, and reads it from there', () => {
    const backend = { custom: { type: 'gcs', config: { bucket: 'states', prefix: 'eks/{stack}' } } };
    const stacks = synthesizedAccess(accessWith({ backend, guards: { runAsRoot: [] } }));

    expect(Object.entries(stacks).map(([name, { terraform }]) => [name, terraform?.backend])).toEqual(
      ['cluster-prod', 'guards-prod', 'okta', 'rbac-prod'].map((name) => [
        name,
        { gcs: { bucket: 'states', prefix: `eks/${name}` } },
      ]),
    );
    for (const { data = {} } of Object.values(stacks)) {
      for (const [name, { backend: type, config }] of Object.entries(data.terraform_remote_state ?? {})) {
        expect([type, config]).toEqual(['gcs', stacks[name]?.terraform?.backend.gcs]);
      }
    }
    expect(Object.keys(stacks['cluster-prod']?.data?.terraform_remote_state ?? {})).toEqual(['okta']);
  });
});

describe('the role of a bucket, and the host of workspaces', () => {
  test('are in the backend and in every read of it', () => {
    const roleArn = 'arn:aws:iam::111122223333:role/states';
    const s3 = keptAndRead({ s3: { bucket: 'states', region: 'eu-west-1', keyPrefix: 'access', roleArn } });
    const cloud = keptAndRead({
      cloud: { organization: 'example', workspacePrefix: 'access-', hostname: 'tfe.example.com' },
    });

    expect(s3.kept?.backend.s3.assume_role).toEqual({ role_arn: roleArn });
    expect(s3.read?.config.assume_role).toEqual({ role_arn: roleArn });
    expect(cloud.kept).toEqual({
      cloud: { hostname: 'tfe.example.com', organization: 'example', workspaces: { name: 'access-okta' } },
    });
    expect(cloud.read).toMatchObject({
      backend: 'remote',
      config: { hostname: 'tfe.example.com', organization: 'example', workspaces: { name: 'access-okta' } },
    });
  });
});
