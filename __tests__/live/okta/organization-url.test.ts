import { organizationUrl } from '../../../live/okta/organization-url';

const ORGANIZATION = { orgName: 'dev-123456', baseUrl: 'okta.com' };

test.each(['https://localhost:8443', 'https://localhost:8443/', 'https://127.0.0.1:8443/api'])(
  'OKTA_CLIENT_ORGURL %s leads to a local Okta',
  (given) => {
    expect(organizationUrl(ORGANIZATION, { OKTA_CLIENT_ORGURL: given })).toBe(new URL(given).origin);
  },
);

test.each([
  undefined,
  '',
  'localhost:8443',
  'http://localhost:8443',
  'https://other.okta.com',
  'https://localhost.example.com',
  'https://localhost@example.com',
])('OKTA_CLIENT_ORGURL %s does not: credentials are for the organization of the file', (given) => {
  expect(organizationUrl(ORGANIZATION, { OKTA_CLIENT_ORGURL: given })).toBe('https://dev-123456.okta.com');
});
