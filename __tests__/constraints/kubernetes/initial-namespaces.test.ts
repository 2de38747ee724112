import {
  isSystemNamespace,
  KUBERNETES_NAMESPACES,
  SYSTEM_NAMESPACES,
} from '../../../constraints/kubernetes/initial-namespaces';

describe('KUBERNETES_NAMESPACES', () => {
  test('are the four that Kubernetes creates', () => {
    expect([...KUBERNETES_NAMESPACES]).toEqual(['default', 'kube-node-lease', 'kube-public', 'kube-system']);
  });
});

describe('SYSTEM_NAMESPACES', () => {
  test('are these four without default, where people work', () => {
    expect(SYSTEM_NAMESPACES).toEqual([...KUBERNETES_NAMESPACES].filter((name) => name !== 'default'));
    expect(['kube-system', 'kube-public', 'kube-node-lease', 'default', 'kube'].map(isSystemNamespace)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
