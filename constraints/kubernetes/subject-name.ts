/** The group as Kubernetes sees it: the groups prefix of the identity provider, then the Okta group's name. */
export function subjectName(prefix: string, group: string): string {
  return `${prefix}${group}`;
}
