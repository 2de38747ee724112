/** The name of an Okta group in Kubernetes: the group prefix of the identity provider, then the group's name. */
export function subjectName(prefix: string, group: string): string {
  return `${prefix}${group}`;
}
