import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { AccessError } from '../constraints/access-error';
import { escaped, shown } from '../constraints/finding';

const line = z.object({
  commit: z.string().regex(/^[0-9a-f]{7,64}$/, 'the hash of a commit, at least 7 characters'),
  time: z.iso.datetime({ offset: true, error: 'a time such as 2026-03-01T10:15:00Z' }),
  stacks: z.array(z.string().min(1)).min(1).optional(),
});

/**
 * Reads what a pipeline has applied: one JSON object a line with `commit`, `time`, and, if it did not apply everything,
 * `stacks`. Other keys are ignored.
 * @returns the lines, with times in UTC.
 * @throws AccessError with every wrong line.
 */
export function appliedFile(
  file: string,
): readonly { readonly commit: string; readonly time: string; readonly stacks?: readonly string[] }[] {
  const problems: string[] = [];
  const lines = contentOf(file).split(/\r?\n/);
  const applied = lines.flatMap((text, index) => {
    if (text.trim() === '') return [];
    const read = line.safeParse(jsonOf(text));
    if (!read.success) {
      const [issue] = read.error.issues;
      const place = issue?.path.join('.') ?? '';
      problems.push(
        `${escaped(file)}, line ${index + 1}: ${place === '' ? 'This is not a JSON object with commit and time.' : `${place} is wrong.`} Given: ${shown(text)}. Allowed: {"commit":"<hash>","time":"2026-03-01T10:15:00Z"}, and "stacks":["okta"] if only these were applied.`,
      );
      return [];
    }
    const { commit, time, stacks } = read.data;
    return [{ commit, time: `${new Date(time).toISOString().slice(0, 19)}Z`, ...(stacks !== undefined && { stacks }) }];
  });
  if (problems.length > 0) throw new AccessError(problems.join('\n'));
  return applied;
}

function contentOf(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw new AccessError(`--applied: The file cannot be read: ${escaped((error as Error).message)}.`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
