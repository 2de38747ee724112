/** Every import of a text, those of types and late ones too. */
export function importsOf(text: string): readonly string[] {
  const statements = text.matchAll(/^(?:import |(?:(?:import|export)\b[^'\n]* |\} )from )'([^'\n]+)';$/gm);
  const calls = text.matchAll(/\b(?:import|require)\('([^'\n]+)'\)/g);
  return [...statements, ...calls].map(([, specifier]) => specifier as string);
}
