import { organizationHostFindings } from '../../../constraints/okta/organization-host';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The host of the organization is that of its API and its issuer. */
export const organizationHost: Check = {
  name: 'organization-host',
  severity: 'error',
  reason: 'Terraform and every sign-in use the host https://<orgName>.<baseUrl>. The Admin Console has another one.',
  fix: 'Write the first label of the host as orgName, and the rest as baseUrl.',
  source: 'https://developer.okta.com/docs/guides/find-your-domain/main/',
  requires: [],
  find: ({ okta: { orgName, baseUrl } }) =>
    organizationHostFindings(orgName, baseUrl).map(({ key, finding }) => ({
      ...finding,
      path: pathText(['okta', key]),
    })),
};
