import { k3s, rke2 } from '../../../sign-in/api-server-flags/k3s';
import { CONFIG, clusterWith } from './cluster-with';

const REQUIRED = { ...CONFIG, usernamePrefix: '$(A)', requiredClaims: { tenant: 'example', area: 'eu' } };

// https://docs.k3s.io/installation/configuration#configuration-file
test('the configuration file of K3s has a list with one entry for each flag', () => {
  expect(k3s(REQUIRED, clusterWith())).toBe(`# Flags of kube-apiserver for sign-in with Okta, for K3s.
# Merge them into /etc/rancher/k3s/config.yaml on each server, then run, on one server after the other:
#   systemctl restart k3s
kube-apiserver-arg:
  - oidc-issuer-url=https://dev-123456.okta.com/oauth2/aus1abcd
  - oidc-client-id=0oa1abcd
  - oidc-username-claim=email
  - oidc-username-prefix=$(A)
  - oidc-groups-claim=groups
  - 'oidc-groups-prefix=okta:'
  - oidc-required-claim=area=eu
  - oidc-required-claim=tenant=example
`);
});

// https://docs.rke2.io/install/configuration#configuration-file; the kubelet replaces $(A) in the pod of kube-apiserver.
test('the configuration file of RKE2 has the same list, escaped for a pod', () => {
  expect(rke2(REQUIRED, clusterWith())).toBe(`# Flags of kube-apiserver for sign-in with Okta, for RKE2.
# Merge them into /etc/rancher/rke2/config.yaml on each server, then run, on one server after the other:
#   systemctl restart rke2-server
kube-apiserver-arg:
  - oidc-issuer-url=https://dev-123456.okta.com/oauth2/aus1abcd
  - oidc-client-id=0oa1abcd
  - oidc-username-claim=email
  - oidc-username-prefix=$$(A)
  - oidc-groups-claim=groups
  - 'oidc-groups-prefix=okta:'
  - oidc-required-claim=area=eu
  - oidc-required-claim=tenant=example
`);
});
