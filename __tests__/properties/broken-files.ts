import fc from 'fast-check';
import { AccessError } from '../../constraints/access-error';
import { readAccess } from '../../model';
import { DAY } from '../day';
import { validFile } from './random-files';

/** Tests that every broken access file is refused by the one message. */
export function brokenFilesAreRefused(runs: { readonly seed: number; readonly numRuns: number }): void {
  describe('every broken access file', () => {
    /** A value that fits hardly anywhere. */
    const anything = fc.oneof(
      fc.constantFrom(null, '', -1, [], {}, 'x', true, '${x}', [null], { '': {} }, '__proto__'),
      fc.jsonValue(),
    );

    test('is refused by the one message, or is valid', () => {
      fc.assert(
        fc.property(validFile, anything, fc.nat(), (file, value, where) => {
          const broken = JSON.parse(JSON.stringify(file));
          const places = placesOf(broken, []);
          const place = places[where % places.length] as readonly string[];
          put(broken, place, value);

          expectOneMessage(() => readAccess(broken, DAY));
        }),
        runs,
      );
    }, 600_000);

    test('of any shape at all is refused by the one message', () => {
      fc.assert(
        fc.property(fc.oneof(fc.jsonValue(), fc.anything()), (file) => expectOneMessage(() => readAccess(file, DAY))),
        runs,
      );
    }, 600_000);
  });
}

function expectOneMessage(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    const { problems, message } = error;
    const texts = problems.flatMap(({ message, given, allowed, fix }) => [message, given, allowed, fix]);
    // One assertion: Jest makes an error for each, and there are thousands.
    expect({
      hasProblems: problems.length > 0,
      hasPaths: problems.every(({ path }) => typeof path === 'string'),
      hasTexts: texts.every((text) => typeof text === 'string' && text.length > 0),
      isWhole: problems.every((problem) => message.includes(problem.message)),
      hasStack: /\n\s+at \S.*:\d+:\d+\)?$/m.test(message),
    }).toEqual({ hasProblems: true, hasPaths: true, hasTexts: true, isWhole: true, hasStack: false });
  }
}

/** Every place of a value. */
function placesOf(value: unknown, place: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [place];
  return [place, ...Object.entries(value).flatMap(([key, member]) => placesOf(member, [...place, key]))].filter(
    ({ length }) => length > 0,
  );
}

function put(value: unknown, [key, ...rest]: readonly string[], member: unknown): void {
  const inside = value as Record<string, unknown>;
  if (rest.length === 0) inside[key as string] = member;
  else put(inside[key as string], rest, member);
}
