/** Whether a member of a guard is a group of service accounts instead of an Okta group. */
export function isServiceAccountGroup(member: string): boolean {
  return /^system:serviceaccounts(:[a-z0-9]([-a-z0-9]*[a-z0-9])?)?$/.test(member);
}
