import { type App, TerraformStack } from 'cdktf';
import { KubernetesProvider } from '#kubernetes/provider';
import { DenyIngress } from '../../../constructs/kubernetes/deny-ingress';
import { Namespace } from '../../../constructs/kubernetes/namespace';
import { type StackJson, synthesized, synthesizedConstructs, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const BASELINE = {
  'pod-security.kubernetes.io/enforce': 'baseline',
  'pod-security.kubernetes.io/audit': 'baseline',
  'pod-security.kubernetes.io/warn': 'baseline',
};

const nameError = (given: string, fix: string) =>
  constructError(
    'test/Namespace',
    'This is not a valid name for a Kubernetes namespace.',
    `Given: ${given}.`,
    'Allowed: 1 to 63 characters, lowercase letters, digits and -, starting and ending with a letter or digit.',
    `Fix: ${fix}`,
  );

const BAD_NAMES = [
  ['is empty', '', "'', 0 characters", 'Use only the allowed characters.'],
  ['has 64 characters', 'x'.repeat(64), `'${'x'.repeat(64)}', 64 characters`, 'Shorten it by 1.'],
  ['has a capital letter', 'Team', "'Team', 4 characters", 'Use only the allowed characters.'],
  ['has a dot', 'team.a', "'team.a', 6 characters", 'Use only the allowed characters.'],
  ['starts with a hyphen', '-a', "'-a', 2 characters", 'Use only the allowed characters.'],
  ['ends with a hyphen', 'a-', "'a-', 2 characters", 'Use only the allowed characters.'],
] as const;

/** Two stacks: the first makes a namespace, the second puts something into it. */
function acrossStacks(define: (stack: TerraformStack) => Namespace | ReturnType<typeof Namespace.fromName>) {
  return (app: App) => {
    const [first, second] = ['first', 'second'].map((name) => {
      const stack = new TerraformStack(app, name);
      new KubernetesProvider(stack, 'kubernetes', {});
      return stack;
    }) as [TerraformStack, TerraformStack];
    new DenyIngress(second, 'DenyIngress', { namespace: define(first) });
  };
}

describe('Namespace', () => {
  test('has a name and nothing that the caller did not give', () => {
    const stack = synthesizedConstructs((scope) => new Namespace(scope, 'Namespace', { name: 'team-a' }));

    expect(theResource(stack, 'kubernetes_namespace_v1')).toEqual({ metadata: { name: 'team-a' } });
    expect(Object.keys(stack.resource ?? {})).toEqual(['kubernetes_namespace_v1']);
  });

  test('enforces a Pod Security level, and audits and warns by it', () => {
    const stack = synthesizedConstructs(
      (scope) => new Namespace(scope, 'Namespace', { name: 'team-a', podSecurity: 'baseline' }),
    );

    expect(theResource(stack, 'kubernetes_namespace_v1')).toEqual({ metadata: { name: 'team-a', labels: BASELINE } });
  });

  test.each(BAD_NAMES)('fails where the name %s', (_case, name, given, fix) => {
    const build = (stack: TerraformStack) => new Namespace(stack, 'Namespace', { name });

    expect(() => synthesizedConstructs(build)).toThrow(nameError(given, fix));
  });

  test.each(['a', '1', 'a--b', 'x'.repeat(63)])('takes the name %s', (name) => {
    const stack = synthesizedConstructs((scope) => new Namespace(scope, 'Namespace', { name }));

    expect(theResource(stack, 'kubernetes_namespace_v1').metadata.name).toBe(name);
  });

  test('fails to be used in another stack, which cannot wait for it', () => {
    const build = acrossStacks((stack) => new Namespace(stack, 'Namespace', { name: 'team-a' }));

    expect(() => synthesized(build)).toThrow(
      constructError(
        'second/DenyIngress',
        'The namespace is in another stack, and Terraform cannot depend on it from this one.',
        'Given: the namespace in the stack first.',
        'Allowed: one in the stack second.',
        'Fix: Use Namespace.fromName in this stack.',
      ),
    );
  });
});

describe('Namespace.fromName', () => {
  test('makes nothing, and is waited for by nothing', () => {
    const stack = synthesizedConstructs((scope) => {
      const { dependables, namespaceName } = Namespace.fromName(scope, 'Namespace', 'team-a');
      expect(namespaceName).toBe('team-a');
      expect(dependables).toEqual([]);
    });

    expect(stack.resource).toBeUndefined();
    expect(stack.data).toBeUndefined();
  });

  test('takes the Pod Security labels over, and makes nothing else', () => {
    const stack = synthesizedConstructs((scope) =>
      Namespace.fromName(scope, 'Namespace', 'team-a', { podSecurity: 'baseline' }),
    );

    expect(theResource(stack, 'kubernetes_labels')).toEqual({
      api_version: 'v1',
      kind: 'Namespace',
      metadata: { name: 'team-a' },
      labels: BASELINE,
      force: true,
    });
    expect(Object.keys(stack.resource ?? {})).toEqual(['kubernetes_labels']);
  });

  test.each(BAD_NAMES)('fails where the name %s', (_case, name, given, fix) => {
    const build = (stack: TerraformStack) => Namespace.fromName(stack, 'Namespace', name);

    expect(() => synthesizedConstructs(build)).toThrow(nameError(given, fix));
  });

  test('can be used in another stack, as nothing waits for it', () => {
    const { second } = synthesized(acrossStacks((stack) => Namespace.fromName(stack, 'Namespace', 'team-a')));

    expect(theResource(second as StackJson, 'kubernetes_network_policy_v1').metadata.namespace).toBe('team-a');
  });
});
