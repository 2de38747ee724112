import { DenyIngress } from '../../../constructs/kubernetes/deny-ingress';
import { Namespace } from '../../../constructs/kubernetes/namespace';
import { synthesizedConstructs, theAddress, theResource } from '../../synthesized';

const TYPE = 'kubernetes_network_policy_v1';

describe('DenyIngress', () => {
  test('is for every pod of the namespace and allows nothing', () => {
    const stack = synthesizedConstructs(
      (scope) => new DenyIngress(scope, 'DenyIngress', { namespace: Namespace.fromName(scope, 'Namespace', 'team-a') }),
    );

    expect(theResource(stack, TYPE)).toEqual({
      metadata: { name: 'deny-ingress', namespace: 'team-a' },
      spec: { pod_selector: {}, policy_types: ['Ingress'] },
    });
    expect(Object.keys(stack.resource ?? {})).toEqual([TYPE]);
  });

  test('waits for a namespace that is made', () => {
    const stack = synthesizedConstructs(
      (scope) =>
        new DenyIngress(scope, 'DenyIngress', { namespace: new Namespace(scope, 'Namespace', { name: 'team-a' }) }),
    );

    expect(theResource(stack, TYPE).depends_on).toEqual([theAddress(stack, 'kubernetes_namespace_v1')]);
  });
});
