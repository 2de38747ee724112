import { issuerModeFinding } from '../../../constraints/okta/issuer-mode';
import type { Check } from '../check';

/** The issuer of the tokens is always the same, so that EKS can compare it. */
export const issuerMode: Check = {
  name: 'issuer-mode',
  severity: 'error',
  reason: "With issuer mode DYNAMIC, the token's issuer depends on the host name, and EKS answers 401.",
  fix: 'Set authorizationServer.issuerMode to ORG_URL or CUSTOM_URL.',
  source: 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/AuthorizationServer/',
  requires: [],
  find: ({ authorizationServer }) => {
    const finding = issuerModeFinding(authorizationServer.issuerMode);
    return finding === undefined ? [] : [{ ...finding, path: 'authorizationServer.issuerMode' }];
  },
};
