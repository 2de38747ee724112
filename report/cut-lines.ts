/** The lines of the first blocks, and a last line that counts the other blocks. */
export function cutLines(blocks: readonly (readonly string[])[], most: number): readonly string[] {
  const lines = blocks.slice(0, most).flat();
  return blocks.length > most ? [...lines, `  and ${blocks.length - most} more`] : lines;
}
