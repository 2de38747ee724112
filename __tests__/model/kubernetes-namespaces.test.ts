import { KUBERNETES_NAMESPACES } from '../../model/kubernetes-namespaces';

describe('KUBERNETES_NAMESPACES', () => {
  test('are the four that every cluster has', () => {
    expect([...KUBERNETES_NAMESPACES]).toEqual(['default', 'kube-node-lease', 'kube-public', 'kube-system']);
  });
});
