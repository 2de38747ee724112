import { Token } from 'cdktf';
import fc from 'fast-check';
import { AccessError, readAccess } from '../../model';
import { synthesizedAccess } from '../synthesized';
import { validFile } from './random-files';

/** Texts that Terraform, cdktf, or JavaScript would take for something else. */
const TEXTS = [
  ...['${okta_group.x.id}', '%{ if true }', '${TfToken[TOKEN.1]}', '#{TfToken[TOKEN.1]}', '&{TfToken[TOKEN.1]}'],
  ...['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty', 'isPrototypeOf', '__defineGetter__'],
];
const NUMBER = Token.asNumber({ resolve: () => 1 });
// Before anything expires, so that no text is left out.
const DAY = '2026-06-01';

/** Every value of a kind in a value, and every key if the kind is text. */
function valuesIn(value: unknown, kind: 'string' | 'number'): readonly unknown[] {
  if (typeof value === kind) return [value];
  if (typeof value !== 'object' || value === null) return [];
  const keys = kind === 'string' && !Array.isArray(value) ? Object.keys(value) : [];
  return [...keys, ...Object.values(value).flatMap((item) => valuesIn(item, kind))];
}

/** A file with one value in the place of another, keys included, everywhere. */
function replaced(value: unknown, old: unknown, now: unknown): unknown {
  if (value === old) return now;
  if (Array.isArray(value)) return value.map((item) => replaced(item, old, now));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, item]) => [key === old ? now : key, replaced(item, old, now)]);
  return Object.fromEntries(members as [string, unknown][]);
}

/** A random valid file in which one of its values is another everywhere. */
function fileWith(kind: 'string' | 'number', now: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return validFile
    .filter((file) => valuesIn(file, kind).length > 0)
    .chain((file) =>
      fc
        .tuple(fc.constantFrom(...new Set(valuesIn(file, kind))), now)
        .map(([old, value]) => replaced(file, old, value)),
    );
}

function isRefused(file: unknown): boolean {
  try {
    readAccess(file, DAY);
    return false;
  } catch (error) {
    return AccessError.is(error) && error.problems.length > 0;
  }
}

/** Whether a file is refused, or its stacks are written with every text as it is. */
function isHarmless(file: unknown): boolean {
  if (isRefused(file)) return true;
  const json = JSON.stringify(synthesizedAccess(readAccess(file, DAY)));
  return !/native code|\[object |TfToken|\$\{okta_group\.x/.test(json);
}

test('no text in any place of a file is taken for a token or a property', () => {
  fc.assert(fc.property(fileWith('string', fc.constantFrom(...TEXTS)), isHarmless), { numRuns: 120, seed: 20_260_615 });
});

test('no number in any place of a file is taken for a token', () => {
  fc.assert(fc.property(fileWith('number', fc.constant(NUMBER)), isRefused), { numRuns: 100, seed: 20_260_615 });
});
