import type { StackToPlan } from '../../../plan/run/plan-stacks';
import { applyStacks, destroyStacks } from '../../../sandbox/rehearse/stack-steps';
import { fakeTerraform } from './fake-terraform';

const stack = (name: string, ...dependencies: string[]): StackToPlan => ({
  name,
  dependencies,
  folder: `/run/${name}`,
});
const STACKS = [
  stack('guards-one', 'rbac-one'),
  stack('rbac-one', 'cluster-one'),
  stack('cluster-one', 'okta'),
  stack('okta'),
  stack('cluster-two', 'okta'),
];

const props = (terraform = fakeTerraform(), parallelism = 2) => {
  const lines: string[] = [];
  const report = (line: string) => lines.push(line.replace(/[\d.]+ s$/, 'N s'));
  return { stacks: STACKS, terraform, parallelism, report, lines };
};
const precedes = (calls: readonly string[], first: string, then: string) => calls.indexOf(first) < calls.indexOf(then);

describe('applying stacks', () => {
  test('takes each after those that it depends on, as many at once as allowed', async () => {
    const given = props();

    const outcomes = await applyStacks(given);

    const { calls, most } = given.terraform;
    expect([...calls].sort()).toEqual([...STACKS.map(({ name }) => `apply ${name}`)].sort());
    expect(calls[0]).toBe('apply okta');
    expect(precedes(calls, 'apply cluster-one', 'apply rbac-one')).toBe(true);
    expect(precedes(calls, 'apply rbac-one', 'apply guards-one')).toBe(true);
    expect(most).toBe(2);
    expect(outcomes.map(({ resources }) => resources)).toEqual(STACKS.map(() => '2 added, 1 changed, 0 destroyed'));
    expect(outcomes[0]?.stack).toBe('okta');
    expect(given.lines).toContain('okta: 2 added, 1 changed, 0 destroyed, in N s');
  });

  test('takes one at a time', async () => {
    const given = props(fakeTerraform(), 1);

    await applyStacks(given);

    expect(given.terraform.most).toBe(1);
  });

  test('leaves out what depends on a failure, and goes on with the rest', async () => {
    const given = props(fakeTerraform({ failures: { 'apply cluster-one': 'Error: no\n' } }));

    const outcomes = await applyStacks(given);

    const told = Object.fromEntries(outcomes.map(({ stack, seconds: _, ...outcome }) => [stack, outcome]));
    expect(told).toEqual({
      okta: { resources: '2 added, 1 changed, 0 destroyed' },
      'cluster-one': { message: 'Error: no' },
      'rbac-one': { leftOutBy: 'cluster-one' },
      'guards-one': { leftOutBy: 'cluster-one' },
      'cluster-two': { resources: '2 added, 1 changed, 0 destroyed' },
    });
    expect(given.terraform.calls).not.toContain('apply rbac-one');
    expect(given.lines).toContain('cluster-one: failed');
  });

  test('fails with what init says', async () => {
    const given = props(fakeTerraform({ failures: { 'init okta': 'Error: no provider\n' } }));

    const outcomes = await applyStacks(given);

    expect(outcomes.find(({ stack }) => stack === 'okta')?.message).toBe('Error: no provider');
    expect(given.terraform.calls).toEqual([]);
  });
});

describe('destroying stacks', () => {
  test('takes each after those that depend on it', async () => {
    const given = props();

    const outcomes = await destroyStacks(given);

    const { calls } = given.terraform;
    expect(calls.at(-1)).toBe('destroy okta');
    expect(precedes(calls, 'destroy guards-one', 'destroy rbac-one')).toBe(true);
    expect(precedes(calls, 'destroy rbac-one', 'destroy cluster-one')).toBe(true);
    expect(outcomes.map(({ resources }) => resources)).toEqual(STACKS.map(() => '3 destroyed'));
  });

  test('keeps what a failure still needs', async () => {
    const given = props(fakeTerraform({ failures: { 'destroy rbac-one': 'Error: no' } }));

    const outcomes = await destroyStacks(given);

    expect(outcomes.find(({ stack }) => stack === 'okta')?.leftOutBy).toBe('rbac-one');
    expect(given.terraform.calls).not.toContain('destroy cluster-one');
    expect(given.terraform.calls).toContain('destroy cluster-two');
  });
});
