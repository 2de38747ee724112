import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessFileSchema } from '../../docs/generate-schema';
import { inPrivateFolder } from '../../input/private-folder';
import { writtenFile } from '../../input/written-file';
import { withClusterDefaults } from '../../model/file/cluster-defaults';
import { accessSchema } from '../../model/file/schema';
import packageJson from '../../package.json';
import { SMALLEST } from '../access-files';
import { isAccepted, refusals } from '../json-schema';

const root = join(__dirname, '../..');
const schema = JSON.parse(accessFileSchema());
const files = [
  'access.config.ts',
  ...readdirSync(join(root, 'examples'))
    .filter((name) => name !== 'library.ts')
    .map((name) => `examples/${name}`),
];

const examples = new Map<string, unknown>();
beforeAll(async () => {
  for (const file of files) {
    const { value } = await inPrivateFolder((folder) => writtenFile({ kind: 'file', file: join(root, file) }, folder));
    examples.set(file, value);
  }
});

/** Whether the schema of the program accepts a file. */
const isValid = (file: unknown) =>
  accessSchema.safeParse(typeof file === 'object' && file !== null ? withClusterDefaults(file as never) : file).success;

describe('docs/access-file.schema.json', () => {
  test('is what the schema and the docstrings say; npm run docs writes it', () => {
    expect(readFileSync(join(root, 'docs/access-file.schema.json'), 'utf8')).toBe(accessFileSchema());
  });

  test('is in the package', () => {
    expect(packageJson.files).toContain('docs/*.json');
  });

  test('explains keys by their docstrings, with their defaults', () => {
    const { properties } = schema;
    const [created, existing, selfManaged] = properties.clusters.additionalProperties.oneOf;

    expect(properties.okta.properties.orgName.description).toBe(
      "First label of the organization's host name, such as `dev-123456`.",
    );
    expect(properties.signIn.properties.refresh.properties.idle.description).toBe(
      'How long an unused refresh token lasts, at least `10m`.\nDefault: the lifetime.',
    );
    expect(properties.grants.items.properties.expires.description).toMatch(/^Last day of the grant, /);
    expect(created.properties.version.description).toMatch(/^Kubernetes version, .*\nDefault: the EKS default/);
    expect(selfManaged.properties.version.description).toMatch(/\nDefault: the newest known version/);
    expect(existing.properties.handOver.description).toMatch(/^Whether Terraform forgets the cluster /);
    expect(existing.properties.app.description).toBe(created.properties.app.description);
  });

  test('suggests roles, sensitive permissions, and regions, and accepts others where the file does', () => {
    const { role, accept } = schema.properties.grants.items.properties;

    expect(role.anyOf[0].enum).toEqual(expect.arrayContaining(['cluster-admin', 'developer-restricted']));
    expect(accept.propertyNames.anyOf[0].enum).toEqual(expect.arrayContaining(['wildcards']));
    expect(schema.properties.clusters.additionalProperties.oneOf[0].properties.region.anyOf[0].enum).toContain(
      'eu-west-1',
    );
    expect(isAccepted({ ...SMALLEST, clusters: { a: { kind: 'existing-eks', region: 'xx-west-1' } } })).toBe(true);
  });

  test('accepts $schema, and names that start with x-, only at the top level', () => {
    expect(isAccepted({ ...SMALLEST, $schema: './x.json', 'x-anchors': [1] })).toBe(true);
    expect(isAccepted({ ...SMALLEST, okta: { ...SMALLEST.okta, 'x-a': 1 } })).toBe(false);
  });

  test('demands what a cluster needs only without clusterDefaults', () => {
    const clusters = { a: { kind: 'eks' } };

    expect(isAccepted({ ...SMALLEST, clusters })).toBe(false);
    expect(isAccepted({ ...SMALLEST, clusters, clusterDefaults: { region: 'eu-west-1' } })).toBe(true);
    expect(isAccepted({ ...SMALLEST, clusters, clusterDefaults: { tags: {} } })).toBe(false);
    expect(isAccepted({ ...SMALLEST, clusters: { a: {} }, clusterDefaults: { region: 'eu-west-1' } })).toBe(false);
    expect(isAccepted({ ...SMALLEST, clusters: { a: { kind: 'self-managed' } } })).toBe(false);
  });

  test.each(files)('accepts %s', (file) => {
    const accepted = isAccepted(examples.get(file));

    expect({ accepted, refusals: refusals() }).toEqual({ accepted: true, refusals: [] });
  });

  const OTHER_VALUES = [null, -1, true, '', 'x y', [1, 1], {}];

  test.each(['examples/production.ts', 'examples/self-managed.ts'])(
    'agrees with the program about every change of one place of %s',
    (file) => {
      const example = examples.get(file);
      const defaults = Object.keys((example as { clusterDefaults?: object }).clusterDefaults ?? {});
      const differences: unknown[] = [];
      let refused = 0;
      const ask = (changed: unknown, place: readonly string[], change: unknown) => {
        const valid = isValid(changed);
        if (!valid) refused++;
        if (valid !== isAccepted(changed)) differences.push([place, change, valid]);
      };
      for (const place of placesOf(example)) {
        // Whether a default completes a value of a cluster, only the program says.
        if (place[0] === 'clusterDefaults' || (place[0] === 'clusters' && defaults.includes(String(place[2]))))
          continue;
        for (const value of OTHER_VALUES) ask(changedAt(example, place, value), place, value);
        ask(changedAt(example, place, undefined), place, 'removed');
        ask(changedAt(example, [...place, 'zzz'], 1), place, 'unknown key');
      }

      expect(differences).toEqual([]);
      expect(refused).toBeGreaterThan(100);
    },
  );
});

/** The places of every value in a value, with its own. */
function placesOf(value: unknown, place: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [place];
  return [place, ...Object.entries(value).flatMap(([key, inside]) => placesOf(inside, [...place, key]))];
}

/** A copy of a value with another value at a place; undefined removes it. */
function changedAt(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = [...value];
    if (rest.length === 0 && other === undefined) items.splice(Number(key), 1);
    else if (/^\d+$/.test(key)) items[Number(key)] = changedAt(items[Number(key)], rest, other);
    return items;
  }
  const { [key]: inside, ...others } = value as Record<string, unknown>;
  const changed = changedAt(inside, rest, other);
  return changed === undefined ? others : { ...others, [key]: changed };
}
