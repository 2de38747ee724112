import { issuerModeFinding } from '../../../../constraints/okta/issuer-mode';
import { accessWith, problemsWith } from '../../../access-files';

const DYNAMIC_FINDING = {
  message:
    'EKS compares the issuer character by character, and in this mode it depends on the host name at which a user signs in.',
  given: "'DYNAMIC'",
  allowed: 'ORG_URL or CUSTOM_URL',
  fix: 'Use ORG_URL, or CUSTOM_URL if the organization has a custom domain.',
};

describe('issuer-mode', () => {
  test('fails with DYNAMIC', () => {
    const problems = problemsWith({ authorizationServer: { issuerMode: 'DYNAMIC' } });

    expect(problems).toEqual([
      {
        ...DYNAMIC_FINDING,
        path: 'authorizationServer.issuerMode',
        check: 'issuer-mode',
        source: 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/AuthorizationServer/',
      },
    ]);
  });

  test.each(['ORG_URL', 'CUSTOM_URL'])('allows %s', (issuerMode) => {
    const access = accessWith({ authorizationServer: { issuerMode } });

    expect(access.authorizationServer.issuerMode).toBe(issuerMode);
  });

  test('is silent on a mode that the schema already refuses', () => {
    const problems = problemsWith({ authorizationServer: { issuerMode: 'org_url' } });

    expect(problems.map(({ check }) => check)).toEqual(['shape']);
  });
});

describe('issuerModeFinding', () => {
  test.each(['DYNAMIC', 'org_url', ''])('refuses %j', (mode) => {
    expect(issuerModeFinding(mode)).toEqual({ ...DYNAMIC_FINDING, given: `'${mode}'` });
  });

  test.each(['ORG_URL', 'CUSTOM_URL'])('allows %s', (mode) => {
    expect(issuerModeFinding(mode)).toBeUndefined();
  });
});

test('issuer-mode is reported together with another mistake in the same place', () => {
  const problems = problemsWith({ authorizationServer: { name: 5, issuerMode: 'DYNAMIC' } });

  expect(problems.map(({ path, check }) => [path, check])).toEqual([
    ['authorizationServer.name', 'shape'],
    ['authorizationServer.issuerMode', 'issuer-mode'],
  ]);
});
