import { staticPod } from '../../../sign-in/api-server-flags/static-pod';
import { CONFIG, clusterWith } from './cluster-with';

// https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/control-plane-flags/#patches
test('the patch of a static pod adds each flag at the end of its command', () => {
  expect(
    staticPod({ ...CONFIG, requiredClaims: {} }, clusterWith()),
  ).toBe(`# JSON patch of the static pod of kube-apiserver: its flags for sign-in with Okta.
# kubeadm: save it as kube-apiserver0+json.yaml in the folder that patches.directory names; it then lasts over upgrades.
# By hand, on each control plane node: write a new manifest outside the folder of manifests, then move it there:
#   kubectl patch --local --type json --patch-file FILE -f /etc/kubernetes/manifests/kube-apiserver.yaml -o yaml
- op: add
  path: /spec/containers/0/command/-
  value: '--oidc-issuer-url=https://dev-123456.okta.com/oauth2/aus1abcd'
- op: add
  path: /spec/containers/0/command/-
  value: '--oidc-client-id=0oa1abcd'
- op: add
  path: /spec/containers/0/command/-
  value: '--oidc-username-claim=email'
- op: add
  path: /spec/containers/0/command/-
  value: '--oidc-username-prefix=okta:'
- op: add
  path: /spec/containers/0/command/-
  value: '--oidc-groups-claim=groups'
- op: add
  path: /spec/containers/0/command/-
  value: '--oidc-groups-prefix=okta:'
`);
});
