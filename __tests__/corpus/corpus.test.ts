import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessError } from '../../constraints/access-error';
import type { Problem } from '../../constraints/finding';
import { loadAccessFile } from '../../load-access-file';
import '../day';

/** The files of a folder with their texts. The first lines say why a file is here, and each finding that it has. */
function filesIn(folder: string): readonly (readonly [name: string, text: string])[] {
  return readdirSync(join(__dirname, folder)).map((name) => [
    name,
    readFileSync(join(__dirname, folder, name), 'utf8'),
  ]);
}

/** The findings that a file announces, as `error role-rules roles.reader.rules[0].verbs[0]`. */
function expectedIn(text: string): readonly string[] {
  return [...text.matchAll(/^# (error|warning): (.*)$/gm)].map(([, severity, rest]) => `${severity}: ${rest}`).sort();
}

async function findingsIn(...path: readonly string[]): Promise<readonly string[]> {
  const told = (severity: string, problems: readonly Problem[]) =>
    problems.map(({ check, path }) => `${severity}: ${check} ${path}`);
  try {
    return told('warning', (await loadAccessFile(join(__dirname, ...path))).warnings).sort();
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    return [...told('error', error.problems), ...told('warning', error.warnings)].sort();
  }
}

const [WRONG, RIGHT] = [filesIn('wrong'), filesIn('right')];

test.each(WRONG)('%s has exactly the findings that it announces', async (name, text) => {
  expect(expectedIn(text)).not.toEqual([]);
  expect(await findingsIn('wrong', name)).toEqual(expectedIn(text));
});

test.each(RIGHT)('%s is right', async (name, text) => {
  expect(await findingsIn('right', name)).toEqual(expectedIn(text));
});
