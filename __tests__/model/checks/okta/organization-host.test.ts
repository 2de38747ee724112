import { problemsWith } from '../../../access-files';

const NAME = 'organization-host';

const found = (changes: Record<string, unknown>) => problemsWith(changes).filter((problem) => problem.check === NAME);

test.each<[changes: Record<string, unknown>, path: string, given: string, fix: string]>([
  [{ okta: { orgName: 'dev-1-admin' } }, 'okta.orgName', 'dev-1-admin', 'Remove -admin'],
  [{ okta: { orgName: 'acme', baseUrl: 'acme.okta.com' } }, 'okta.baseUrl', 'acme.okta.com', "'okta.com'"],
  [{ okta: { orgName: 'acme', baseUrl: 'other.oktapreview.com' } }, 'okta.baseUrl', 'other', "'oktapreview.com'"],
  [{ okta: { orgName: 'login', baseUrl: 'login.example.com' } }, 'okta.baseUrl', 'login.example.com', "'example.com'"],
])('%j is found at %s', (changes, path, given, fix) => {
  expect(found(changes)).toEqual([
    expect.objectContaining({ path, given: expect.stringContaining(given), fix: expect.stringContaining(fix) }),
  ]);
});

test.each<Record<string, unknown>>([
  { okta: { orgName: 'dev-1' } },
  { okta: { orgName: 'acme', baseUrl: 'oktapreview.com' } },
  { okta: { orgName: 'login-admin', baseUrl: 'example.com' } },
])('is silent on %j', (changes) => {
  expect(found(changes)).toEqual([]);
});
