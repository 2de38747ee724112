import { problemsWith } from '../../../access-files';

const problems = (type: string, config: Record<string, unknown>) =>
  problemsWith({ backend: { custom: { type, config } } }).map(({ check, path, given, fix }) => [
    check,
    path,
    given,
    fix,
  ]);

describe('custom-backend', () => {
  test.each([
    ['azurerm', { storage_account_name: 'states', key: '{stack}.tfstate', use_azuread_auth: true }],
    ['gcs', { bucket: 'states', prefix: 'eks/{stack}', credentials: 'key.json', kms_encryption_key: 'projects/p/key' }],
    ['http', { address: 'https://states.example.com/{stack}', lock_method: 'PUT', username: 'terraform' }],
    ['pg', { conn_str: 'postgres://db.example.com/states?sslmode=verify-full', schema_name: '{stack}' }],
    ['consul', { path: 'eks/{stack}', lock: true }],
    ['kubernetes', { secret_suffix: '{stack}', config_path: '~/.kube/config', labels: { team: 'platform' } }],
    ['remote', { organization: 'example', workspaces: { name: 'eks-{stack}' } }],
    ['local', { path: '../../../states/{stack}.tfstate' }],
    [
      's3',
      {
        bucket: 'states',
        key: '{stack}',
        endpoints: { s3: 'https://minio.example.com' },
        skip_region_validation: true,
      },
    ],
  ])('is silent about a backend %s with %j', (type, config) => {
    expect(problems(type, config)).toEqual([]);
  });

  test.each([
    ['azure', 'Write the type as Terraform names it.'],
    ['etcdv3', 'Write the type as Terraform names it.'],
    ['cloud', 'Use backend.cloud.'],
  ])('fails with the type %s, which Terraform does not have', (type, fix) => {
    expect(problems(type, { key: '{stack}' })).toEqual([['custom-backend', 'backend.custom.type', `'${type}'`, fix]]);
  });

  test.each([{ key: 'terraform.tfstate' }, {}, { '{stack}': 'x' }, { key: '{Stack}' }])(
    'fails with %j, in which no text has the name of the stack',
    (config) => {
      expect(problems('azurerm', config).map(([check, path, given]) => [check, path, given])).toEqual([
        ['custom-backend', 'backend.custom.config', 'no text with {stack}'],
      ]);
    },
  );

  test.each([
    ['azurerm', 'access_key', 'ARM_ACCESS_KEY'],
    ['azurerm', 'sas_token', 'ARM_SAS_TOKEN'],
    ['azurerm', 'client_secret', 'ARM_CLIENT_SECRET'],
    ['http', 'password', 'TF_HTTP_PASSWORD'],
    ['consul', 'access_token', 'CONSUL_HTTP_TOKEN'],
    ['cos', 'secret_id', 'TENCENTCLOUD_SECRET_ID'],
    ['oss', 'access_key', 'ALICLOUD_ACCESS_KEY'],
    ['kubernetes', 'token', 'KUBE_TOKEN'],
    ['s3', 'secret_key', 'AWS_SECRET_ACCESS_KEY'],
    ['gcs', 'encryption_key', 'GOOGLE_ENCRYPTION_KEY'],
  ])('fails with a secret of %s in %s, and names the variable without the value', (type, name, variable) => {
    const [problem, ...others] = problemsWith({
      backend: { custom: { type, config: { key: '{stack}', [name]: 'hunter2' } } },
    });

    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      check: 'custom-backend',
      path: `backend.custom.config.${name}`,
      fix: `Remove it, and set ${variable} where Terraform runs.`,
    });
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });

  test.each([
    ['pg', { schema_name: '{stack}', conn_str: 'postgres://terraform:hunter2@db.example.com/states' }, 'conn_str'],
    ['pg', { schema_name: '{stack}', conn_str: 'host=db user=terraform password=hunter2' }, 'conn_str'],
    ['http', { address: 'https://terraform:hunter2@states.example.com/{stack}' }, 'address'],
    ['gcs', { prefix: '{stack}', credentials: '{"type":"service_account","private_key":"hunter2"}' }, 'credentials'],
  ])('fails with a password inside an argument of %s: %j', (type, config, name) => {
    const found = problemsWith({ backend: { custom: { type, config } } });

    expect(found.map(({ path }) => path)).toEqual([`backend.custom.config.${name}`]);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });
});
