import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRESET_ROLES, roleDefinition } from '../../model';
import { rulesOfRole } from '../../model/derived/rules-of-role';
import { accessSchema } from '../../model/file/schema';
import { EFFECTS } from '../../model/review/effects/effect';
import packageJson from '../../package.json';
import { KUBERNETES_VERSIONS } from '../../rbac/kubernetes/versions';
import { SENSITIVE_PERMISSIONS, sensitivePermissions } from '../../rbac/sensitive-permissions';
import { STARTING_FILE } from '../command';

const root = join(__dirname, '../..');
const page = (file: string) => readFileSync(join(root, file), 'utf8');

/** Keys that are documented in the row of their parent key. */
const IN_THE_ROW_OF_ANOTHER = new Set([
  ...['okta', 'authorizationServer', 'groupsClaim', 'identityProvider', 'signIn', 'groups', 'roles', 'clusters'],
  ...[
    'clusterDefaults',
    'grants',
    'username',
    'id',
    'type',
    'roleArn',
    'reason',
    'topicArn',
    'requireMfa',
    'networkZones',
  ],
  ...['subnetIds', 'securityGroupIds', 'private', 'publicCidrs', 'apiGroups', 'resources', 'verbs', 'resourceNames'],
  ...['nonResourceURLs', 'podLabels', 'port', 'bucket', 'keyPrefix', 'kmsKeyId', 'organization', 'workspacePrefix'],
  ...['namespace', 'hostname', 'type', 'config'],
]);

/** The fixed names of a schema, at any depth. */
function keysIn(schema: unknown): ReadonlySet<string> {
  const { shape, innerType, options, element, valueType, in: input } = (schema as { def: Record<string, unknown> }).def;
  const inside = [innerType, element, valueType, input, ...((options as unknown[] | undefined) ?? [])];
  const members = Object.entries((shape as Record<string, unknown> | undefined) ?? {});
  return new Set([
    ...members.map(([key]) => key),
    ...[...inside, ...members.map(([, member]) => member)]
      .filter((part) => part !== undefined)
      .flatMap((part) => [...keysIn(part)]),
  ]);
}

describe('README.md', () => {
  test('shows the access file that the project starts with', () => {
    const [, example] = /```ts\n([\s\S]*?)```/.exec(page('README.md')) ?? [];

    expect(example).toBe(STARTING_FILE);
  });

  test('names only commands that exist', () => {
    const scripts = [...page('README.md').matchAll(/npm (?:run )?(?:-s )?(\w+)\b/g)].map(([, name]) => name);

    for (const script of scripts) expect(['ci', ...Object.keys(packageJson.scripts)]).toContain(script);
    expect(scripts).toEqual(expect.arrayContaining(['start', 'test', 'lint', 'typecheck', 'bench']));
  });

  test('links only to pages that exist', () => {
    const links = [...page('README.md').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link as string);

    expect(links.length).toBeGreaterThan(5);
    for (const link of links) expect(() => page(link)).not.toThrow();
  });
});

describe('docs/diff.md', () => {
  test('names every effect, and every part of the file', () => {
    const text = page('docs/diff.md');

    for (const effect of EFFECTS) expect(text).toContain(`\n| \`${effect}\` |`);
    for (const key of Object.keys(accessSchema.shape)) expect(text).toContain(`\`${key}`);
  });
});

describe('docs/access-file.md', () => {
  test('names every key of the file', () => {
    const text = page('docs/access-file.md');

    for (const key of Object.keys(accessSchema.shape)) expect(text).toContain(key);
  });

  test('has a row for every key of a group, cluster, role, grant, namespace, and guard', () => {
    const text = page('docs/access-file.md');
    const keys = [...keysIn(accessSchema)].filter((key) => !IN_THE_ROW_OF_ANOTHER.has(key));

    expect(keys.length).toBeGreaterThan(45);
    expect(keys.filter((key) => !new RegExp(`^\\| \`([\\w.]+\\.)?${key}\``, 'm').test(text))).toEqual([]);
  });

  test('names every sensitive permission and every preset', () => {
    const text = page('docs/access-file.md');

    for (const name of [...SENSITIVE_PERMISSIONS, ...PRESET_ROLES]) expect(text).toContain(`| \`${name}\``);
  });
});

describe('what a role leads to, in docs/access-file.md', () => {
  const rows = new Map(
    [...page('docs/access-file.md').matchAll(/^\| `([\w-]+)` \| (.*) \| (none|`.*`) \|$/gm)].map(
      ([, role = '', onCluster = '', inNamespace = '']) => [role, { onCluster, inNamespace }],
    ),
  );
  const cell = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ') || 'none';

  // A preset gives no sensitive permission that its row does not name, in any version and whatever the cluster reads.
  test.each([...PRESET_ROLES, 'view', 'edit', 'admin'])('is the truth about %s in every version', (role) => {
    const definition = roleDefinition(role, { roles: {} });

    for (const version of Object.keys(KUBERNETES_VERSIONS)) {
      const given = (namespace: string | null) =>
        cell(sensitivePermissions(rulesOfRole(definition, version), { namespace, readsAwsAuth: true }));
      expect(rows.get(role)).toEqual({
        onCluster: definition.scope === 'cluster' ? given(null) : 'cannot be granted',
        inNamespace: given('team-a'),
      });
    }
  });
});

describe('docs/aws-policy.json', () => {
  const policy = JSON.parse(page('docs/aws-policy.json')) as {
    Statement: { Action: string | string[]; Resource: string; Condition?: unknown }[];
  };

  test('allows single actions, never a wildcard', () => {
    const actions = policy.Statement.flatMap(({ Action }) => Action);

    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    expect(new Set(actions).size).toBe(actions.length);
  });

  test('writes only to IAM roles of clusters, and passes them only to EKS', () => {
    const changes = policy.Statement.filter(({ Action }) =>
      [Action].flat().some((action) => /^iam:(?!CreateService)/.test(action)),
    );

    expect(changes.map(({ Resource }) => Resource)).toEqual(changes.map(() => 'arn:aws:iam::*:role/EKSCluster*'));
    expect(policy.Statement.find(({ Action }) => Action === 'iam:PassRole')?.Condition).toEqual({
      StringEquals: { 'iam:PassedToService': 'eks.amazonaws.com' },
    });
  });
});
