/**
 * What stands for `/`, which a construct id cannot contain, in the id of each kind of name. Ids are part of Terraform's
 * addresses: another way to write them replaces real resources.
 */
const SLASH = {
  // What the constructs library does by itself. Two names can share an id; the check unique-names refuses them.
  app: '--',
  group: '--',
  // The name and path of a role contain no `:`, so no two roles share an id.
  roleArn: ':',
  // These can contain any of the above. `%` is encoded as well, so no two share an id.
  login: '%2F',
  networkZone: '%2F',
} as const;

/** The construct id of a name. */
export function constructId(kind: keyof typeof SLASH, name: string): string {
  const slash = SLASH[kind];
  const unambiguous = slash === '%2F' ? name.replaceAll('%', '%25') : name;
  return unambiguous.replaceAll('/', slash);
}
