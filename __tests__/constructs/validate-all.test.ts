import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { OktaProvider } from '#okta/provider';
import { AppGroupAssignments } from '../../constructs/okta/app-group-assignments';
import { OktaGroup } from '../../constructs/okta/group';
import { NativeApp } from '../../constructs/okta/native-app';
import { validateAll } from '../../constructs/validate-all';
import { AccessError } from '../../model';

const FIRST_STACK = join('stacks', 'first', 'cdk.tf.json');

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'validate-all-'));
});
afterEach(() => rmSync(outdir, { recursive: true }));

/** A good stack, and two with problems after it. */
function appWithProblems(): App {
  const app = new App({ outdir, stackTraces: false });
  const [first, second, third] = ['first', 'second', 'third'].map((name) => {
    const stack = new TerraformStack(app, name);
    new OktaProvider(stack, 'Okta', {});
    return stack;
  }) as [TerraformStack, TerraformStack, TerraformStack];
  new OktaGroup(first, 'Group', { name: 'eks-admins' });
  new OktaGroup(second, 'Group', { name: '' });
  new AppGroupAssignments(third, 'Assignments', { app: new NativeApp(third, 'App', { label: '' }), groups: [] });
  return app;
}

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

describe('validateAll', () => {
  test('fails with the problems of all stacks together, each with the path of its construct', () => {
    const app = appWithProblems();

    expect(() => validateAll(app)).toThrow(
      new AccessError(
        [
          '  second/Group',
          "    This is not a valid name for an Okta group. Given: '', 0 characters. Allowed: 1 to 255 characters, without control characters, and without white space at the start or end. Fix: Use only the allowed characters.",
          '',
          '  third/App',
          "    This is not a valid name for an Okta app and its access policy. Given: '', 0 characters. Allowed: 1 to 50 characters, without control characters, and without white space at the start or end. Fix: Use only the allowed characters.",
          '',
          '  third/Assignments',
          '    Nobody is assigned to the app, so Okta refuses every sign-in. Given: no groups. Allowed: at least one group. Fix: Assign the groups that have a grant, or everyone.',
        ].join('\n'),
      ),
    );
  });

  test('fails with an AccessError, which a command prints without a stack trace', () => {
    const app = appWithProblems();
    let thrown: unknown;

    try {
      validateAll(app);
    } catch (error) {
      thrown = error;
    }

    expect(AccessError.is(thrown)).toBe(true);
  });

  test('fails before anything is written', () => {
    const app = appWithProblems();

    expect(() => validateAll(app)).toThrow(AccessError);

    expect(filesOf(outdir)).toEqual([]);
  });

  test('is needed: app.synth alone fails after it has written the stacks before, and names one stack', () => {
    const app = appWithProblems();

    expect(() => app.synth()).toThrow(/second\/Group(?![\s\S]*third)/);

    expect(existsSync(join(outdir, FIRST_STACK))).toBe(true);
  });

  test('passes an app without problems, and writes nothing itself', () => {
    const app = new App({ outdir, stackTraces: false });
    const stack = new TerraformStack(app, 'first');
    new OktaProvider(stack, 'Okta', {});
    new OktaGroup(stack, 'Group', { name: 'eks-admins' });

    expect(() => validateAll(app)).not.toThrow();
    expect(filesOf(outdir)).toEqual([]);
  });
});
