/**
 * The attributes of the profile that users may edit themselves in a new organization: those of the default user type
 * with the permission `READ_WRITE` for `SELF`. An administrator can change each of them.
 * @see https://developer.okta.com/docs/reference/api/schemas/#get-user-schema
 */
export const SELF_SERVICE_ATTRIBUTES = ['email', 'firstName', 'lastName', 'mobilePhone', 'secondEmail'] as const;

/** The attributes of the profile that an expression names, sorted; in texts, nothing is a name. */
export function attributesIn(expression: string): readonly string[] {
  const code = expression.replaceAll(/(\[\s*)?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/g, (_, bracket, text: string) =>
    bracket === undefined ? '""' : `[${text.slice(1, -1)}`,
  );
  const named = code.matchAll(/\buser\s*(?:\??\.\s*(?:profile\s*\??\.\s*)?(\w+)|\[\s*(\w+)\s*\])/g);
  return [...new Set([...named].map(([, name, inBrackets]) => (name ?? inBrackets) as string))].sort();
}
