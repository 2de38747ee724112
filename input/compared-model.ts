/**
 * What an access file that is compared gets when it imports the model: today's model, whose `defineAccess` keeps the file
 * as it is written, without reading it.
 */
export * from '../model';
export { writtenFile as defineAccess };

const WRITTEN = Symbol('written');

function writtenFile<File extends object>(file: File): File {
  return Object.defineProperty({ ...file }, WRITTEN, { value: file });
}

/** What `defineAccess` got; undefined for a value that is not from it. */
export function writtenIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (value as { [WRITTEN]?: unknown })[WRITTEN] : undefined;
}
