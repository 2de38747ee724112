/** Whether a member of a guard's list is a group of service accounts, which stands for itself and not for an Okta group. */
export function isServiceAccountGroup(member: string): boolean {
  return /^system:serviceaccounts(:[a-z0-9]([-a-z0-9]*[a-z0-9])?)?$/.test(member);
}
