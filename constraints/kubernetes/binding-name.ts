/** The name of the binding of a role. */
export function bindingName(role: string): string {
  return `oidc-${role}`;
}
