/** The name of the binding that grants a role. */
export function bindingName(role: string): string {
  return `oidc-${role}`;
}
