/**
 * The URL of an organization's API, without a slash at the end. `OKTA_CLIENT_ORGURL`, a variable of Okta's SDKs that
 * `sandbox --apis` sets, leads to a local Okta; only for this machine, so that no credentials go to another organization.
 */
export function organizationUrl(
  { orgName, baseUrl }: { readonly orgName: string; readonly baseUrl: string },
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const given = env.OKTA_CLIENT_ORGURL ?? '';
  if (URL.canParse(given) && isLocal(new URL(given))) return new URL(given).origin;
  return `https://${orgName}.${baseUrl}`;
}

function isLocal({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
