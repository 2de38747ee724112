import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { AWS_REGIONS } from '../constraints/eks/regions';
import { accessSchema } from '../model/file/schema';
import { BOUNDARIES } from '../rbac/boundary';
import { BUILT_IN_ROLES } from '../rbac/built-in-roles';
import { PRESET_ROLES } from '../rbac/presets';
import { SENSITIVE_PERMISSIONS, UNKNOWN_RULES } from '../rbac/sensitive-permissions';
import { type Shape, shapesOf } from './docstrings';

/** A part of a JSON Schema. */
interface Part {
  [keyword: string]: unknown;
  description?: string;
  properties?: Record<string, Part>;
  additionalProperties?: Part | boolean;
  items?: Part;
  anyOf?: Part[];
  oneOf?: Part[];
}

/** The text of `docs/access-file.schema.json`: the schema of the access file, with the docstrings of its type. */
export function accessFileSchema(): string {
  const written = z.toJSONSchema(accessSchema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly;
      // JavaScript would treat this name as the prototype.
      if (jsonSchema.propertyNames !== undefined) jsonSchema.propertyNames = { pattern: '^(?!__proto__$)' };
    },
  }) as Part;
  describe(written, 'AccessFile');
  const { properties = {}, ...rest } = written;
  const { clusters = {}, ...others } = properties;
  const kinds = (clusters.additionalProperties as Part).oneOf ?? [];
  const schema = {
    ...rest,
    $comment: 'Written by npm run docs from model/file; a test compares them.',
    title: 'The access file of okta-eks-access',
    properties: {
      $schema: { type: 'string', description: 'Where this JSON Schema is.' },
      ...others,
      clusters: { ...clusters, additionalProperties: { oneOf: kinds.map(withoutRequired) } },
    },
    patternProperties: { '^x-': { description: 'Ignored, for example anchors of YAML.' } },
    allOf: unlessDefaulted(kinds),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** Adds the docstrings of a type to a part, and what editors should suggest. */
function describe(part: Part, type: string): void {
  const shapes = shapesOf(type);
  const keys = Object.entries(part.properties ?? {});
  const kind = part.properties?.kind?.const;
  const fitting = shapes
    .filter((shape) => kind === undefined || shape.get('kind')?.type === `'${kind}'`)
    .sort((a, b) => overlap(b, keys) - overlap(a, keys));
  for (const [key, inside] of keys) {
    const member = fitting.find((shape) => shape.has(key))?.get(key);
    if (member === undefined) continue;
    if (member.text !== '') inside.description = member.text;
    describe(inside, member.type);
    suggest(inside, key, type);
  }
  const { additionalProperties: members } = part;
  if (typeof members === 'object') {
    describe(members, shapes.flatMap((shape) => shape.get('[]')?.type ?? []).join(' | '));
  }
  for (const inside of [...(part.anyOf ?? []), ...(part.oneOf ?? []), ...(part.items ? [part.items] : [])]) {
    describe(inside, type);
  }
}

function overlap(shape: Shape, keys: readonly (readonly [string, unknown])[]): number {
  return keys.filter(([key]) => shape.has(key)).length;
}

/** Names that editors suggest beside others that the schema accepts. */
function suggest(part: Part, key: string, type: string): void {
  if (key === 'accept')
    part.propertyNames = {
      anyOf: [{ enum: [...SENSITIVE_PERMISSIONS, ...BOUNDARIES, UNKNOWN_RULES] }, part.propertyNames],
    };
  const names =
    key === 'region'
      ? AWS_REGIONS
      : key === 'role' && type.includes('Grant')
        ? [...BUILT_IN_ROLES, ...PRESET_ROLES]
        : [];
  if (names.length === 0) return;
  const { description, ...accepted } = part;
  for (const keyword of Object.keys(accepted)) delete part[keyword];
  part.anyOf = [{ enum: names }, accepted];
}

/** What clusters require of a key, unless `clusterDefaults` has the key too and may complete it. */
function unlessDefaulted(kinds: readonly Part[]): readonly unknown[] {
  const ofKey = new Map<string, { part: Part; kinds: unknown[] }>();
  for (const { properties = {}, required = [] } of kinds) {
    for (const [key, part] of Object.entries(properties)) {
      const isRequired = key !== 'kind' && (required as string[]).includes(key);
      if (!isRequired && JSON.stringify(withoutRequired(part)) === JSON.stringify(part)) continue;
      const found = ofKey.get(key) ?? { part, kinds: [] };
      if (isRequired) found.kinds.push(properties.kind?.const);
      ofKey.set(key, found);
    }
  }
  return [...ofKey].map(([key, { part, kinds: requiring }]) => {
    const strict = withoutDescriptions(part) as Part;
    const cluster = { properties: { [key]: strict }, ...onlyIf('kind', requiring, { required: [key] }) };
    return onlyIf(
      'clusterDefaults',
      { not: { required: [key] } },
      { properties: { clusters: { additionalProperties: cluster } } },
    );
  });
}

/** A condition: what else holds if a key has one of some values, or is as a schema says. */
function onlyIf(key: string, is: Part | unknown[], holds: Part): Part {
  const condition = Array.isArray(is)
    ? { properties: { [key]: { enum: is } }, required: [key] }
    : { properties: { [key]: is } };
  return Array.isArray(is) && is.length === 0
    ? {}
    : Object.fromEntries([
        ['if', condition],
        ['then', holds],
      ]);
}

/** A copy of a schema, of which every value can be missing but the kind of a cluster. */
function withoutRequired(part: Part): Part {
  return copied(part, ([key, value]) => {
    if (key !== 'required') return [[key, value]];
    return (value as string[]).includes('kind') ? [[key, ['kind']]] : [];
  }) as Part;
}

function withoutDescriptions(part: Part): unknown {
  return copied(part, ([key, value]) => (key === 'description' && typeof value === 'string' ? [] : [[key, value]]));
}

type Entry = readonly [key: string, value: unknown];

/** A copy of a value, of which each member becomes others. */
function copied(value: unknown, members: (entry: Entry) => readonly Entry[]): unknown {
  if (Array.isArray(value)) return value.map((item) => copied(item, members));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap((entry) => members(entry).map(([key, inside]) => [key, copied(inside, members)])),
  );
}

if (require.main === module) writeFileSync(join(__dirname, 'access-file.schema.json'), accessFileSchema());
