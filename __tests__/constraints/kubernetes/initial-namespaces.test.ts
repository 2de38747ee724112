import { KUBERNETES_NAMESPACES } from '../../../constraints/kubernetes/initial-namespaces';

describe('KUBERNETES_NAMESPACES', () => {
  test('are the four that Kubernetes creates', () => {
    expect([...KUBERNETES_NAMESPACES]).toEqual(['default', 'kube-node-lease', 'kube-public', 'kube-system']);
  });
});
