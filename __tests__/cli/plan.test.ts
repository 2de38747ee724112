import { join } from 'node:path';
import { PLANS, planFiles } from '../plan/plans';
import { runCommand } from './run-command';

const plan = (...words: readonly string[]) => runCommand('plan', ...words);
const of = (name: string, ...words: string[]) => plan('--plan', ...planFiles(name), ...words);

describe('eks-access plan', () => {
  test('says that nothing changes, with exit code 0', () => {
    expect(of('same')).toEqual({
      stdout: 'cluster-one: nothing changes\n\nokta: nothing changes\n\nrbac-one: nothing changes\n',
      exitCode: 0,
    });
  });

  test('says what a replacement costs, with exit code 2', () => {
    const { stdout, exitCode } = of('role-name');

    expect(stdout).toContain(
      'cluster-one: replaces 6 objects\n  replaces the cluster one, because role_arn changes: Terraform destroys the cluster with everything that runs on it',
    );
    expect(exitCode).toBe(2);
    expect(of('role-name', '--findings-ok')).toEqual({ stdout, exitCode: 0 });
  });

  test('has exit code 1 for a plan in which Terraform failed, and reports what it planned', () => {
    const { stdout, exitCode } = of('role-name-refused', '--findings-ok');

    expect(stdout).toContain('  Terraform ended with an error before it had planned everything\n');
    expect(exitCode).toBe(1);
  });

  test('says who gains and who loses access', () => {
    const { stdout, exitCode } = of('access');

    expect(stdout).toContain('\n  eva@example.com joins eks-admins and gains cluster-admin on one (sensitive: ');
    expect(stdout).toContain('\n  eks-auditors gain view on one\n');
    expect(stdout).toContain('\n  ben@example.com leaves eks-viewers and loses pod-reader on one\n');
    expect(exitCode).toBe(2);
  });

  test('prints JSON', () => {
    const { stdout } = of('role-name', '--json');

    expect(Object.keys(JSON.parse(stdout))).toEqual([
      ...['stacks', 'unplanned', 'consequences', 'access', 'byHand', 'later', 'onlyKnownAfterApply'],
    ]);
  });

  test('fails for no plans, for two plans of a stack, and for a file that is not there', () => {
    const file = join(PLANS, 'same/okta.json');

    expect(() => plan()).toThrow('Name the plans: plan --plan FILE….');
    expect(() => plan('--plan', file, join(PLANS, 'access/okta.json'))).toThrow(
      'Two plans are for the stack okta, by the names of their files. Name each file after its stack.',
    );
    expect(() => plan('--plan', join(PLANS, 'none.json'))).toThrow(/none\.json could not be read: ENOENT/);
  });
});
