/** Whether a key at the top level is for tools and people, and not part of the access file: `$schema`, or `x-…`. */
function isExtension(key: string): boolean {
  return key === '$schema' || key.startsWith('x-');
}

/** A file without the keys at its top level that are ignored. */
export function withoutExtensions(file: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(file);
  if (!keys.some(isExtension)) return file;
  return Object.fromEntries(keys.filter((key) => !isExtension(key)).map((key) => [key, file[key]]));
}
