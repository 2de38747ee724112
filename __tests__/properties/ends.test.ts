import fc from 'fast-check';
import { AccessError, type AccessFile, readAccess } from '../../model';
import { SMALLEST } from '../access-files';
import { synthesizedAccess } from '../synthesized';
import { validFile } from './random-files';

const BEFORE = '2026-06-01';
const LAST_DAY = '2026-06-02';
const AFTER = '2026-06-03';

/** A file in which each grant ends on the last day, or every second one. */
function ending(file: AccessFile, every: number): AccessFile {
  const grants = file.grants.map((grant, at) => (at % every === 0 ? { ...grant, expires: LAST_DAY } : grant));
  return { ...file, grants };
}

function isValid(file: AccessFile): boolean {
  try {
    readAccess(file, BEFORE);
    return true;
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    return false;
  }
}

describe('the end of grants never stops a pipeline', () => {
  test.each([1, 2])('with every grant of %i', (every) => {
    fc.assert(
      fc.property(validFile, (file) => {
        const ends = ending(file as unknown as AccessFile, every);
        fc.pre(isValid(ends));
        // Fails for an error of the checks, and for one of the constructs.
        synthesizedAccess(readAccess(ends, AFTER));
      }),
      { numRuns: 15, seed: 20_260_615 },
    );
  });

  test('leaves an app without a group, to which nobody is assigned', () => {
    const { okta } = synthesizedAccess(readAccess(ending(SMALLEST, 1), AFTER));

    expect(Object.keys(okta?.resource ?? {})).toContain('okta_app_oauth');
    expect(Object.keys(okta?.resource ?? {})).not.toContain('okta_app_group_assignments');
  });
});
