/** A word of a POSIX shell, in single quotes if a character has a meaning there. */
export function shQuoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
