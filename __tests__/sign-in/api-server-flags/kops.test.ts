import { kops } from '../../../sign-in/api-server-flags/kops';
import { CONFIG, clusterWith } from './cluster-with';

// The fields of nodeup/pkg/model/tests/golden/oidc/cluster.yaml in kOps' repository, which its tests turn into the flags.
describe('the part of a kOps cluster', () => {
  test('has a field for each flag, and a list of required claims', () => {
    const requiredClaims = { tenant: 'example', area: 'eu' };

    expect(
      kops({ ...CONFIG, requiredClaims }, clusterWith()),
    ).toBe(`# Flags of kube-apiserver for sign-in with Okta, for kOps (kops.k8s.io/v1alpha2).
# Merge them into the cluster with kops edit cluster, then run kops update cluster --yes and kops rolling-update
# cluster --yes.
spec:
  kubeAPIServer:
    oidcIssuerURL: https://dev-123456.okta.com/oauth2/aus1abcd
    oidcClientID: '0oa1abcd'
    oidcUsernameClaim: email
    oidcUsernamePrefix: 'okta:'
    oidcGroupsClaim: groups
    oidcGroupsPrefix: 'okta:'
    oidcRequiredClaim:
      - area=eu
      - tenant=example
`);
  });

  test('has no list of required claims without one', () => {
    expect(kops({ ...CONFIG, requiredClaims: {} }, clusterWith())).not.toContain('oidcRequiredClaim');
  });

  test('fails for every value that kOps would put in quotes', () => {
    expect(() => kops({ ...CONFIG, usernamePrefix: '"', groupsPrefix: 'a"b' }, clusterWith())).toThrow(
      new Error(
        [
          "kOps up to 1.36 changes a value of --oidc-username-prefix with a double quote. Given: '\"'. Allowed: a value without a double quote. Fix: Use another value in the access file.",
          "kOps up to 1.36 changes a value of --oidc-groups-prefix with a double quote. Given: 'a\"b'. Allowed: a value without a double quote. Fix: Use another value in the access file.",
        ].join('\n'),
      ),
    );
  });
});
