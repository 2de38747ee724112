import { Namespace } from '../../../constructs/kubernetes/namespace';
import { ResourceQuota } from '../../../constructs/kubernetes/resource-quota';
import { synthesizedConstructs, theAddress, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const TYPE = 'kubernetes_resource_quota_v1';

const quota = (hard: Record<string, string>) =>
  synthesizedConstructs((stack) => {
    new ResourceQuota(stack, 'Quota', { namespace: Namespace.fromName(stack, 'Namespace', 'team-a'), hard });
  });

describe('ResourceQuota', () => {
  test('limits what is named, and nothing else is made', () => {
    const stack = quota({ pods: '20', 'requests.memory': '8Gi' });

    expect(theResource(stack, TYPE)).toEqual({
      metadata: { name: 'quota', namespace: 'team-a' },
      spec: { hard: { pods: '20', 'requests.memory': '8Gi' } },
    });
    expect(Object.keys(stack.resource ?? {})).toEqual([TYPE]);
  });

  test('waits for a namespace that is made', () => {
    const stack = synthesizedConstructs((scope) => {
      const namespace = new Namespace(scope, 'Namespace', { name: 'team-a' });
      new ResourceQuota(scope, 'Quota', { namespace, hard: { pods: '20' } });
    });

    expect(theResource(stack, TYPE).depends_on).toEqual([theAddress(stack, 'kubernetes_namespace_v1')]);
  });

  test('fails without a resource, which would crash the provider', () => {
    expect(() => quota({})).toThrow(
      constructError(
        'test/Quota',
        'A quota without a resource limits nothing.',
        'Given: an empty object.',
        'Allowed: at least one resource, such as pods.',
        'Fix: Add a resource, or remove the quota.',
      ),
    );
  });
});
