import { ingressPolicyName } from '../../../constraints/kubernetes/ingress-policy-name';

describe('ingressPolicyName', () => {
  test.each([
    [{ namespace: 'ingress-nginx' }, 'allow-ingress-ingress-nginx'],
    [{ namespace: 'ingress-nginx', podLabels: {} }, 'allow-ingress-ingress-nginx'],
    [{ namespace: 'oauth', port: 8080 }, 'allow-ingress-oauth-8080'],
    [{ namespace: 'oauth', podLabels: { app: 'oauth-proxy' }, port: 8080 }, 'allow-ingress-oauth-app-oauth-proxy-8080'],
    [
      { namespace: 'oauth', podLabels: { 'app.kubernetes.io/Name': 'My_Proxy' } },
      'allow-ingress-oauth-app.kubernetes.io-name-my-proxy',
    ],
    [{ namespace: 'oauth', podLabels: { app: '' } }, 'allow-ingress-oauth-app'],
  ])('of %j is %s', (source, name) => {
    expect(ingressPolicyName(source)).toBe(name);
  });

  test('does not depend on the order of the labels', () => {
    const name = 'allow-ingress-oauth-a-1-b-2';

    expect(ingressPolicyName({ namespace: 'oauth', podLabels: { b: '2', a: '1' } })).toBe(name);
    expect(ingressPolicyName({ namespace: 'oauth', podLabels: { a: '1', b: '2' } })).toBe(name);
  });
});
