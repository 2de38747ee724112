import unhomoglyph from 'unhomoglyph';

/**
 * How a name looks to a reader: two names with the same appearance can be mistaken for each other. It covers what
 * Unicode 13 lists as confusable, such as Cyrillic and Latin letters, `1` and `l`, or `rn` and `m`; other forms of a
 * letter, such as full width and decomposed accents; characters that nothing shows, such as zero-width spaces and Hangul
 * fillers; and amounts of white space. Names that differ in case look different.
 * @see https://www.unicode.org/reports/tr39/#Confusable_Detection
 */
export function appearance(name: string): string {
  const visible = name.normalize('NFKC').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '');
  return unhomoglyph(visible.normalize('NFD'))
    .normalize('NFD')
    .replaceAll(/[\s\u2800]+/gu, ' ')
    .trim();
}

/** A name with everything but ASCII escaped, such as `\u0430dmins`, so that a reader sees how it is written. */
export function spelled(name: string): string {
  return JSON.stringify(name).replaceAll(/[^\x20-\x7e]/gu, (letter) =>
    [...letter.split('')].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  );
}
