import { authenticationConfig, authenticationConfigV1beta1 } from '../../../sign-in/api-server-flags/structured-file';
import { CONFIG, clusterWith } from './cluster-with';

// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-authentication-configuration
const file = (
  version: string,
  since: string,
) => `# Sign-in with Okta, for the flag --authentication-config=FILE of kube-apiserver.
# Kubernetes ${since} or later. Remove every --oidc-* flag: kube-apiserver does not start with both.
# kube-apiserver reads changes of the file without a restart. If it runs in a pod, mount the file into it.
apiVersion: apiserver.config.k8s.io/${version}
kind: AuthenticationConfiguration
jwt:
  - issuer:
      url: https://dev-123456.okta.com/oauth2/aus1abcd
      audiences:
        - '0oa1abcd'
    claimMappings:
      username:
        claim: email
        prefix: 'okta:'
      groups:
        claim: groups
        prefix: 'okta:'
    claimValidationRules:
      - claim: tenant
        requiredValue: example
    userValidationRules:
      - expression: "!user.username.startsWith('system:')"
        message: 'a user name from Okta must not start with system:'
      - expression: user.groups.all(group, !group.startsWith('system:'))
        message: 'a group from Okta must not start with system:'
`;

describe('the AuthenticationConfiguration', () => {
  test('has the sign-in, and refuses names of Kubernetes itself', () => {
    expect(authenticationConfig(CONFIG, clusterWith({ version: '1.34' }))).toBe(file('v1', '1.34'));
    expect(authenticationConfigV1beta1(CONFIG, clusterWith({ version: '1.30' }))).toBe(file('v1beta1', '1.30'));
  });

  test('fails for a version of the cluster that does not know it', () => {
    expect(() => authenticationConfig(CONFIG, clusterWith({ version: '1.33' }))).toThrow(
      new Error(
        "Kubernetes 1.33, the version of the cluster lab in the access file, does not know AuthenticationConfiguration v1. Given: '1.33'. Allowed: 1.34 or later. Fix: Use --target authentication-config-v1beta1, or correct the version in the access file.",
      ),
    );
  });
});
