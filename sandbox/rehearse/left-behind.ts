import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Organization } from '../okta/organization';

/** What an organization has, in words. */
export function organizationNames(organization: Organization): readonly string[] {
  return [
    ...organization
      .allGroups()
      .filter(({ type }) => type !== 'BUILT_IN')
      .map(({ name }) => `the group ${name} of Okta`),
    ...organization.allApps().map(({ label }) => `the app ${label} of Okta`),
    ...organization.authorizationServers().map(({ name }) => `the authorization server ${name} of Okta`),
  ];
}

/**
 * What Terraform still has in its states.
 * @param folder where the states are.
 */
export function stateObjects(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => /^terraform\..*\.tfstate$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const { resources = [] } = JSON.parse(text) as { resources?: { mode: string; type: string; name: string }[] };
      return resources
        .filter(({ mode }) => mode === 'managed')
        .map(
          ({ type, name }) => `${type}.${name} in the state of ${file.slice('terraform.'.length, -'.tfstate'.length)}`,
        );
    });
}
