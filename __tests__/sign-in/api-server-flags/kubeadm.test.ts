import { kubeadm, kubeadmV1beta3 } from '../../../sign-in/api-server-flags/kubeadm';
import { CONFIG, clusterWith } from './cluster-with';

const USAGE = `# Flags of kube-apiserver for sign-in with Okta, for kubeadm.
# New cluster: merge them into the file of kubeadm init --config.
# Existing cluster: merge them into the ConfigMap kubeadm-config of kube-system, and into a file with all of its
# ClusterConfiguration. Then run, on one control plane node after the other:
#   kubeadm init phase control-plane apiserver --config FILE
`;

describe('the ClusterConfiguration of kubeadm', () => {
  test('has flags as a list in v1beta4, where one can be repeated', () => {
    const requiredClaims = { tenant: 'example', area: 'eu' };

    expect(
      kubeadm({ ...CONFIG, requiredClaims }, clusterWith({ version: '1.31' })),
    ).toBe(`${USAGE}apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
apiServer:
  extraArgs:
    - name: oidc-issuer-url
      value: https://dev-123456.okta.com/oauth2/aus1abcd
    - name: oidc-client-id
      value: '0oa1abcd'
    - name: oidc-username-claim
      value: email
    - name: oidc-username-prefix
      value: 'okta:'
    - name: oidc-groups-claim
      value: groups
    - name: oidc-groups-prefix
      value: 'okta:'
    - name: oidc-required-claim
      value: area=eu
    - name: oidc-required-claim
      value: tenant=example
`);
  });

  test('has flags as a map in v1beta3', () => {
    expect(kubeadmV1beta3(CONFIG, clusterWith({ version: '1.36' }))).toBe(`${USAGE}apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
apiServer:
  extraArgs:
    oidc-issuer-url: https://dev-123456.okta.com/oauth2/aus1abcd
    oidc-client-id: '0oa1abcd'
    oidc-username-claim: email
    oidc-username-prefix: 'okta:'
    oidc-groups-claim: groups
    oidc-groups-prefix: 'okta:'
    oidc-required-claim: tenant=example
`);
  });

  test('fails in v1beta3 for two required claims', () => {
    expect(() => kubeadmV1beta3({ ...CONFIG, requiredClaims: { tenant: 'x', area: 'y' } }, clusterWith())).toThrow(
      new Error(
        "kubeadm.k8s.io/v1beta3 cannot have --oidc-required-claim twice: its extraArgs are a map. Given: required claims 'tenant', 'area'. Allowed: at most one required claim. Fix: Use --target kubeadm with kubeadm 1.31 or later, or --target static-pod.",
      ),
    );
  });

  test('fails for a version of the cluster that does not know it', () => {
    expect(() => kubeadm(CONFIG, clusterWith({ version: '1.30' }))).toThrow(
      new Error(
        "Kubernetes 1.30, the version of the cluster lab in the access file, does not know kubeadm.k8s.io/v1beta4. Given: '1.30'. Allowed: 1.31 or later. Fix: Use --target kubeadm-v1beta3, or correct the version in the access file.",
      ),
    );
    expect(() => kubeadmV1beta3(CONFIG, clusterWith({ version: '1.37' }))).toThrow(
      new Error(
        "Kubernetes 1.37, the version of the cluster lab in the access file, does not know kubeadm.k8s.io/v1beta3. Given: '1.37'. Allowed: 1.22 to 1.36. Fix: Use --target kubeadm, or correct the version in the access file.",
      ),
    );
  });
});
