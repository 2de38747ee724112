import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessError } from '../../constraints/access-error';
import type { Problem } from '../../constraints/finding';
import { formatOf, parsedText } from '../../input/access-text';
import { readAccess } from '../../model';
import { DAY } from '../day';

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

function findingsIn(name: string, text: string): readonly string[] {
  const format = formatOf(name);
  if (format === 'ts') throw new Error(`${name} is a program.`);
  const told = (severity: string, problems: readonly Problem[]) =>
    problems.map(({ check, path }) => `${severity}: ${check} ${path}`);
  try {
    return told('warning', readAccess(parsedText(text, format), DAY).warnings).sort();
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    return [...told('error', error.problems), ...told('warning', error.warnings)].sort();
  }
}

const [WRONG, RIGHT] = [filesIn('wrong'), filesIn('right')];

test.each(WRONG)('%s has exactly the findings that it announces', (name, text) => {
  expect(expectedIn(text)).not.toEqual([]);
  expect(findingsIn(name, text)).toEqual(expectedIn(text));
});

test.each(RIGHT)('%s is right', (name, text) => {
  expect(findingsIn(name, text)).toEqual(expectedIn(text));
});
