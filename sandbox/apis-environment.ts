import { writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { shQuoted } from '../sign-in/sh-quoted';
import type { AwsEnvironment } from './aws/local-aws';
import type { RunningManagement } from './okta/issuer';

/** What clients of Okta's API read from their environment: the Terraform provider, and Okta's SDKs. It has secrets. */
export function oktaEnvironment({ apiToken, url, httpProxyUrl }: RunningManagement, caFile: string) {
  return {
    ...{ OKTA_API_TOKEN: apiToken, OKTA_HTTP_PROXY: httpProxyUrl },
    ...{ OKTA_CLIENT_ORGURL: url, OKTA_CLIENT_TOKEN: apiToken, NODE_EXTRA_CA_CERTS: caFile },
  };
}

/**
 * Writes a file for `. file` in a shell, which only its owner can read.
 * @param variables undefined for those that must not be set.
 * @param programs a folder that goes before the others of `PATH`.
 */
export function writeEnvironmentFile(file: string, variables: AwsEnvironment, programs: string): void {
  const lines = Object.entries(variables).map(([name, value]) =>
    value === undefined ? `unset ${name}` : `export ${name}=${shQuoted(value)}`,
  );
  const path = `export PATH=${shQuoted(programs)}${delimiter}"$PATH"`;
  writeFileSync(file, `${[...lines, path].join('\n')}\n`, { mode: 0o600 });
}
