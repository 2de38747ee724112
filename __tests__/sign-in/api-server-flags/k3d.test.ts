import { k3d } from '../../../sign-in/api-server-flags/k3d';
import { CONFIG, clusterWith } from './cluster-with';

// https://k3d.io/stable/usage/k3s/, and SplitFiltersFromFlag in cmd/util/filter.go of k3d's repository.
describe('the command of k3d', () => {
  test('passes each flag to the servers, with @ escaped', () => {
    const config = { ...CONFIG, usernamePrefix: "it's@", requiredClaims: { tenant: 'a', area: 'b' } };

    expect(k3d(config, clusterWith({ kubeconfigContext: 'k3d-test' }))).toBe(String.raw`k3d cluster create test \
  --k3s-arg '--kube-apiserver-arg=oidc-issuer-url=https://dev-123456.okta.com/oauth2/aus1abcd@server:*' \
  --k3s-arg '--kube-apiserver-arg=oidc-client-id=0oa1abcd@server:*' \
  --k3s-arg '--kube-apiserver-arg=oidc-username-claim=email@server:*' \
  --k3s-arg '--kube-apiserver-arg=oidc-username-prefix=it'\''s\@@server:*' \
  --k3s-arg '--kube-apiserver-arg=oidc-groups-claim=groups@server:*' \
  --k3s-arg '--kube-apiserver-arg=oidc-groups-prefix=okta:@server:*' \
  --k3s-arg '--kube-apiserver-arg=oidc-required-claim=area=b@server:*' \
  --k3s-arg '--kube-apiserver-arg=oidc-required-claim=tenant=a@server:*'
`);
  });

  test('names the cluster by its key if the context is not of k3d', () => {
    expect(k3d(CONFIG, clusterWith()).split('\n')[0]).toBe(String.raw`k3d cluster create lab \ `.trim());
  });

  test('fails for a backslash, which k3d takes for an escape', () => {
    expect(() => k3d({ ...CONFIG, groupsPrefix: String.raw`DOMAIN\ `.trim() }, clusterWith())).toThrow(
      new Error(
        String.raw`k3d cannot pass a backslash in --oidc-groups-prefix: it reads it as an escape of @. Given: 'DOMAIN\\'. Allowed: a value without a backslash. Fix: Use another value in the access file.`,
      ),
    );
  });
});
