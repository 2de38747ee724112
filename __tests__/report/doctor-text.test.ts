import { doctorText } from '../../report/doctor-text';
import type { CheckResult, Diagnosis } from '../../sign-in/doctor/diagnose';

const check = (name: string, changes: Partial<CheckResult> = {}): CheckResult => ({
  ...{ name, link: 'laptop', level: 'own', status: 'ok', evidence: 'fine', fix: null },
  ...changes,
});
const diagnosis = (checks: readonly CheckResult[], changes: Partial<Diagnosis> = {}): Diagnosis => ({
  ...{ cluster: 'prod', context: 'prod', checks, firstBroken: null },
  ...changes,
});

test('has a section for each link, the fixes, and one line about the first broken link at the end', () => {
  const checks = [
    check('kubectl-installed'),
    check('ports-free', { status: 'problem', evidence: 'No port is free.', fix: 'End the program: `kill`.' }),
    check('rbac-rules', {
      link: 'RBAC',
      status: 'problem',
      evidence: 'It does not allow pods.',
      fix: 'Deploy the stack.',
    }),
    check('rbac-bindings', { link: 'RBAC', status: 'could not check', evidence: 'The person may not read bindings.' }),
  ];

  expect(
    doctorText([diagnosis(checks, { firstBroken: { link: 'laptop', check: 'ports-free' } })]),
  ).toBe(`prod, context prod

laptop
  ok       kubectl-installed  fine
  problem  ports-free         No port is free.
    fix: End the program: kill.

RBAC
  problem          rbac-rules     It does not allow pods.
    fix: Deploy the stack.
  could not check  rbac-bindings  The person may not read bindings.

First broken link: laptop (ports-free). 1 more problem above. 1 check could not be made.
`);
});

test('tells checks together that could not be made for one reason', () => {
  const unknown = { status: 'could not check', evidence: 'There is no context.' } as const;

  expect(doctorText([diagnosis([check('a', unknown), check('b', unknown)], { context: null })])).toBe(`prod, no context

laptop
  could not check  2 checks  There is no context.
    a, b

No broken link was found. 2 checks could not be made.
`);
});

test('separates clusters', () => {
  expect(doctorText([diagnosis([check('a')]), diagnosis([check('a')], { cluster: 'stage' })])).toMatch(
    /^prod, [\s\S]*\nNo broken link was found\.\n\nstage, /,
  );
});
