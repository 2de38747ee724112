import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Fails unless two output folders contain the same files, byte by byte. */
export function assertSameFiles(expected: string, actual: string): void {
  const [a, b] = [filesOf(expected), filesOf(actual)];
  const different = [...new Set([...a.keys(), ...b.keys()])].filter((name) => a.get(name) !== b.get(name));
  if (a.size === 0 || different.length > 0) throw new Error(`These outputs differ: ${different.join(', ')}.`);
}

/** Fails unless the stacks in two output folders have the same numbers of resources and data sources of each type. */
export function assertSameResources(expected: string, actual: string): void {
  const [a, b] = [resourcesOf(expected), resourcesOf(actual)];
  if (a !== b) throw new Error(`These resources differ:\n${a}\n\n${b}`);
}

function filesOf(folder: string): ReadonlyMap<string, string> {
  return new Map(
    (readdirSync(folder, { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[])
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );
}

function resourcesOf(folder: string): string {
  return [...filesOf(folder)]
    .filter(([name]) => name.endsWith('cdk.tf.json'))
    .flatMap(([name, text]) => {
      const stack = JSON.parse(text) as Readonly<Record<string, Readonly<Record<string, object>>>>;
      return ['resource', 'data'].flatMap((block) =>
        Object.entries(stack[block] ?? {}).map(([type, all]) => `${name} ${block} ${type} ${Object.keys(all).length}`),
      );
    })
    .sort()
    .join('\n');
}
