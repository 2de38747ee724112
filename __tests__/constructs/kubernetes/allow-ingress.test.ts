import { AllowIngress } from '../../../constructs/kubernetes/allow-ingress';
import { Namespace } from '../../../constructs/kubernetes/namespace';
import { synthesizedConstructs, theAddress, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const TYPE = 'kubernetes_network_policy_v1';
const FROM_NGINX = { namespace_selector: { match_labels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } };

const policy = (props: object = {}) =>
  synthesizedConstructs((stack) => {
    const namespace = Namespace.fromName(stack, 'Namespace', 'team-a');
    new AllowIngress(stack, 'Allow', { namespace, fromNamespace: 'ingress-nginx', ...props });
  });

describe('AllowIngress', () => {
  test('opens a port to pods with these labels in this namespace: one peer, not two', () => {
    const stack = policy({ fromPodLabels: { app: 'oauth-proxy' }, port: 8080 });

    expect(theResource(stack, TYPE)).toEqual({
      metadata: { name: 'allow-ingress-from-ingress-nginx', namespace: 'team-a' },
      spec: {
        pod_selector: {},
        policy_types: ['Ingress'],
        ingress: [
          {
            from: [{ ...FROM_NGINX, pod_selector: { match_labels: { app: 'oauth-proxy' } } }],
            ports: [{ port: '8080', protocol: 'TCP' }],
          },
        ],
      },
    });
    expect(Object.keys(stack.resource ?? {})).toEqual([TYPE]);
  });

  test('opens every port to every pod of the other namespace by default', () => {
    expect(theResource(policy(), TYPE).spec.ingress).toEqual([{ from: [FROM_NGINX] }]);
  });

  test('has the name that it is given', () => {
    expect(theResource(policy({ name: 'from-proxy' }), TYPE).metadata.name).toBe('from-proxy');
  });

  test('waits for a namespace that is made', () => {
    const stack = synthesizedConstructs((scope) => {
      const namespace = new Namespace(scope, 'Namespace', { name: 'team-a' });
      new AllowIngress(scope, 'Allow', { namespace, fromNamespace: 'ingress-nginx' });
    });

    expect(theResource(stack, TYPE).depends_on).toEqual([theAddress(stack, 'kubernetes_namespace_v1')]);
  });

  test('fails where the other namespace can be none', () => {
    expect(() => policy({ fromNamespace: 'Nginx' })).toThrow(
      constructError(
        'test/Allow',
        'This is not a valid name for a Kubernetes namespace.',
        "Given: 'Nginx', 5 characters.",
        'Allowed: 1 to 63 characters, lowercase letters, digits and -, starting and ending with a letter or digit.',
        'Fix: Use only the allowed characters.',
      ),
    );
  });
});
