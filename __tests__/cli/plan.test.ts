import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLANS, planFiles } from '../plan/plans';
import { runCommandToEnd } from './run-command';

const plan = (...words: readonly string[]) => runCommandToEnd('plan', ...words);
const of = (name: string, ...words: string[]) => plan('--plan', ...planFiles(name), ...words);

describe('eks-access plan', () => {
  test('says that nothing changes, with exit code 0', async () => {
    expect(await of('same')).toEqual({
      stdout: 'cluster-one: nothing changes\n\nokta: nothing changes\n\nrbac-one: nothing changes\n',
      exitCode: 0,
    });
  });

  test('says what a replacement costs, with exit code 2', async () => {
    const { stdout, exitCode } = await of('role-name');

    expect(stdout).toContain(
      'cluster-one: replaces 6 objects\n  replaces the cluster one, because role_arn changes: Terraform destroys the cluster with everything that runs on it',
    );
    expect(exitCode).toBe(2);
    expect(await of('role-name', '--findings-ok')).toEqual({ stdout, exitCode: 0 });
  });

  test('has exit code 1 for a plan in which Terraform failed, and reports what it planned', async () => {
    const { stdout, exitCode } = await of('role-name-refused', '--findings-ok');

    expect(stdout).toContain('  Terraform ended with an error before it had planned everything\n');
    expect(exitCode).toBe(1);
    expect(await of('role-name-refused')).toEqual({ stdout, exitCode: 2 });
  });

  test('says who gains and who loses access', async () => {
    const { stdout, exitCode } = await of('access');

    expect(stdout).toContain('\n  eva@example.com joins eks-admins and gains cluster-admin on one (sensitive: ');
    expect(stdout).toContain('\n  eks-auditors gain view on one\n');
    expect(stdout).toContain('\n  ben@example.com leaves eks-viewers and loses pod-reader on one\n');
    expect(exitCode).toBe(2);
  });

  test('says who is in the groups that gain or lose a role', async () => {
    const { stdout } = await of('access');

    expect(stdout).toContain('\n  In eks-auditors: ben@example.com\n  No plan shows who is in eks-viewers\n');
  });

  test('names each object that is destroyed in the same way once', async () => {
    const { stdout } = await plan('--plan', ...planFiles('applied/last-guard'));

    expect(stdout).toContain(
      'guards-two: destroys 6 objects\n  destroys the guard oidc-namespace-shop, oidc-secret-deletion and oidc-secret-deletion-namespaces: No guard refuses these requests: everyone whose role allows them can make them\n',
    );
  });

  test('prints JSON', async () => {
    const { stdout, exitCode } = await of('access', '--json');
    const report = JSON.parse(stdout);

    expect(Object.keys(report)).toEqual([
      ...['stacks', 'unplanned', 'consequences', 'access', 'byHand', 'later', 'onlyKnownAfterApply'],
    ]);
    expect(report.stacks[1]).toEqual({ stack: 'okta', failed: false, partial: false });
    expect(Object.keys(report.consequences[0])).toEqual([
      ...['stack', 'address', 'kind', 'name', 'action', 'because', 'effect', 'what'],
    ]);
    expect(Object.keys(report.access)).toEqual([
      ...['gains', 'losses', 'people', 'sensitive', 'joins', 'leaves', 'unknownRoles'],
    ]);
    expect(report.access.people).toContainEqual({ group: 'eks-auditors', people: ['ben@example.com'] });
    expect(Object.keys(report.onlyKnownAfterApply[0])).toEqual(['stack', 'address', 'argument']);
    expect(exitCode).toBe(2);
  });

  test('fails for two plans of a stack, and for a file that is not there', async () => {
    const file = join(PLANS, 'same/okta.json');

    await expect(plan('--plan', file, join(PLANS, 'access/okta.json'))).rejects.toThrow(
      'Two plans are for the stack okta, by the names of their files. Name each file after its stack.',
    );
    await expect(plan('--plan', join(PLANS, 'none.json'))).rejects.toThrow(/none\.json could not be read: ENOENT/);
    await expect(plan('okta', '--out', 'plans', '--plan', file)).rejects.toThrow(
      '--plan reads plans that exist: leave out names of stacks and --out.',
    );
  });

  describe('with a program in the place of Terraform', () => {
    const folder = mkdtempSync(join(tmpdir(), 'plan-'));
    const out = join(folder, 'plans');
    const log = join(folder, 'log');
    const program = join(folder, 'terraform');
    const environment = { ...process.env };
    // It plans by the fixtures of a case; for a stack without one, it fails as Terraform does.
    const script = `#!/bin/sh
stack=$(basename "$PWD")
[ "$1" = version ] || echo "$1 $stack" >> ${log}
case $1 in
  version) exit 0 ;;
  init)
    if [ "$4" = -upgrade ] || ! [ -f "$CASE/$stack.init" ]; then exit 0; fi
    cat "$CASE/$stack.init" >&2
    exit 1 ;;
  plan)
    for word; do case $word in -out=*) file=\${word#-out=} ;; esac; done
    json=$CASE/$stack.json
    [ -f "$json" ] || [ -f "$CASE/$stack.error" ] || json=${join(PLANS, 'same')}/$stack.json
    if [ -f "$json" ]; then cp "$json" "$file"; fi
    if [ -f "$CASE/$stack.error" ]; then cat "$CASE/$stack.error" >&2; exit 1; fi ;;
  show)
    for word; do file=$word; done
    if [ "$file" = -no-color ]; then cat "$CASE/$stack.state"; else cat "$file"; fi ;;
esac
`;

    beforeAll(() => {
      writeFileSync(program, script);
      chmodSync(program, 0o755);
      const stacks = { 'cluster-one': ['okta'], okta: [], 'rbac-one': ['cluster-one'] };
      for (const name of Object.keys(stacks)) {
        mkdirSync(join(folder, 'cdktf.out/stacks', name), { recursive: true });
        writeFileSync(join(folder, 'cdktf.out/stacks', name, 'cdk.tf.json'), '{}');
      }
      const entries = Object.entries(stacks).map(([name, dependencies]) => [
        name,
        { dependencies, synthesizedStackPath: `stacks/${name}/cdk.tf.json` },
      ]);
      writeFileSync(join(folder, 'cdktf.out/manifest.json'), JSON.stringify({ stacks: Object.fromEntries(entries) }));
    });
    beforeEach(() => {
      jest.spyOn(process.stderr, 'write').mockReturnValue(true);
      rmSync(log, { force: true });
      Object.assign(process.env, {
        CDKTF_OUTDIR: join(folder, 'cdktf.out'),
        TERRAFORM_BINARY_NAME: program,
        CASE: join(PLANS, 'access'),
      });
    });
    afterEach(() => {
      jest.restoreAllMocks();
      process.env = { ...environment };
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    test('plans every stack after those that it depends on', async () => {
      const { stdout, exitCode } = await plan('--parallelism', '3');

      expect(stdout).toBe((await of('access')).stdout);
      expect(exitCode).toBe(2);
      const runs = readFileSync(log, 'utf8').trimEnd().split('\n');
      expect(runs.filter((run) => run.startsWith('plan'))).toEqual(['plan okta', 'plan cluster-one', 'plan rbac-one']);
    });

    test('plans only the stacks that are named', async () => {
      const { stdout } = await plan('cluster-one');

      expect(stdout).toBe('cluster-one: nothing changes\n');
      expect(readFileSync(log, 'utf8')).toBe('init cluster-one\nplan cluster-one\nshow cluster-one\n');
    });

    test('keeps plans that only their owner can read', async () => {
      await plan('--out', out);

      expect(readdirSync(out).sort()).toEqual(
        ['cluster-one', 'okta', 'rbac-one'].flatMap((name) => [`${name}.json`, `${name}.tfplan`]),
      );
      for (const file of readdirSync(out)) expect(statSync(join(out, file)).mode & 0o777).toBe(0o600);
      expect((await plan('--plan', join(out, 'cluster-one.json'))).stdout).toBe('cluster-one: nothing changes\n');
    });

    test('says what can be planned only after another stack is applied', async () => {
      const created = mkdtempSync(join(folder, 'case-'));
      writeFileSync(join(created, 'okta.json'), readFileSync(join(PLANS, 'access/okta.json')));
      writeFileSync(
        join(created, 'cluster-one.error'),
        'Error: Unable to find remote state\n\n  with data.terraform_remote_state.okta,\n',
      );
      writeFileSync(join(created, 'rbac-one.error'), "Error: reading EKS Cluster (one): couldn't find resource\n");
      process.env.CASE = created;
      const { stdout, exitCode } = await plan();

      expect(stdout).toContain('\ncluster-one can be planned after okta is applied\n');
      expect(stdout).toContain('\nrbac-one can be planned after cluster-one is applied\n');
      expect(exitCode).toBe(2);
    });

    test('says what follows for a stack that Terraform could plan only in part', async () => {
      const putBack = mkdtempSync(join(folder, 'case-'));
      const applied = (file: string) => readFileSync(join(PLANS, 'applied/put-back', file));
      writeFileSync(join(putBack, 'okta.json'), applied('okta.json'));
      writeFileSync(join(putBack, 'cluster-one.json'), applied('cluster-two.json'));
      writeFileSync(
        join(putBack, 'cluster-one.error'),
        'Error: Unsupported attribute\n\nThis object does not have an attribute named "client_id_two".\n',
      );
      process.env.CASE = putBack;
      const { stdout, exitCode } = await plan('okta', 'cluster-one');

      expect(stdout).toContain('\ncluster-one can be planned after okta is applied\n');
      expect(stdout).toContain(
        '\n  cluster-one, after okta: It was applied with an older client_id_two, and okta creates a new one: the next plan replaces its association',
      );
      expect(exitCode).toBe(2);
      const { unplanned, later } = JSON.parse((await plan('okta', 'cluster-one', '--json')).stdout);
      expect(unplanned).toEqual([
        { stack: 'cluster-one', after: 'okta', message: expect.stringContaining('client_id_two') },
      ]);
      expect(later).toHaveLength(1);
    });

    test('calls people who leave by the logins of the state, which a plan no longer has', async () => {
      const leaver = mkdtempSync(join(folder, 'case-'));
      writeFileSync(join(leaver, 'okta.json'), readFileSync(join(PLANS, 'leaver/okta.json')));
      const user = { address: 'data.okta_user.x', mode: 'data', type: 'okta_user' };
      const state = (login: string) => ({
        format_version: '1.0',
        values: { root_module: { resources: [{ ...user, values: { id: '00u2ben', login } }] } },
      });
      writeFileSync(join(leaver, 'okta.state'), JSON.stringify(state('ben@example.com')));
      process.env.CASE = leaver;

      expect((await plan()).stdout).toContain('\n  ben@example.com leaves eks-viewers and loses pod-reader on one\n');
      rmSync(join(leaver, 'okta.state'));
      expect((await plan()).stdout).toContain(
        '\n  the user with the id 00u2ben leaves eks-viewers and loses pod-reader on',
      );
    });

    test('says why Terraform could not be initialized, and upgrades providers that the lock file holds back', async () => {
      const held = mkdtempSync(join(folder, 'case-'));
      writeFileSync(join(held, 'okta.init'), 'Error: Failed to query available provider packages\n');
      writeFileSync(
        join(held, 'cluster-one.init'),
        'Error: locked provider; to update it, run: terraform init -upgrade\n',
      );
      process.env.CASE = held;
      const { stdout, exitCode } = await plan('okta', 'cluster-one');

      expect(stdout).toBe(
        'cluster-one: nothing changes\n\nokta: Terraform failed:\n  Error: Failed to query available provider packages\n',
      );
      expect(exitCode).toBe(1);
    });

    test('has exit code 1 if Terraform fails, and says what it says', async () => {
      const broken = mkdtempSync(join(folder, 'case-'));
      writeFileSync(join(broken, 'okta.json'), readFileSync(join(PLANS, 'same/okta.json')));
      // The stacks before it create nothing, so that nobody has to apply them first.
      writeFileSync(join(broken, 'cluster-one.error'), 'Error: no valid credential sources found\n');
      writeFileSync(join(broken, 'rbac-one.error'), "Error: reading EKS Cluster (one): couldn't find resource\n");
      process.env.CASE = broken;
      const { stdout, exitCode } = await plan();

      expect(stdout).toContain('\ncluster-one: Terraform failed:\n  Error: no valid credential sources found\n');
      expect(stdout).toContain("\nrbac-one: Terraform failed:\n  Error: reading EKS Cluster (one): couldn't find");
      expect(exitCode).toBe(1);
    });

    test('fails for a stack that is not synthesized', async () => {
      await expect(plan('cluster-on')).rejects.toThrow(
        "No stack 'cluster-on' is synthesized. Did you mean 'cluster-one'?",
      );

      await expect(plan('-')).rejects.toThrow(/ To read a plan that exists, write --plan before it\.$/);
      await expect(plan(join(PLANS, 'same/okta.json'))).rejects.toThrow(/ write --plan before it\.$/);
    });

    test('fails before the first plan for a program that is not there', async () => {
      process.env.TERRAFORM_BINARY_NAME = join(folder, 'none');

      await expect(plan('okta')).rejects.toThrow(
        /none could not be started: .*ENOENT\. TERRAFORM_BINARY_NAME selects it\.$/,
      );
    });

    test('fails for a folder of --out that is a file', async () => {
      await expect(plan('okta', '--out', program)).rejects.toThrow(`No plan can be kept in ${program}: EEXIST`);
    });

    test('says what Terraform refuses to replace, and what it planned until then', async () => {
      const refused = mkdtempSync(join(folder, 'case-'));
      const planned = readFileSync(join(PLANS, 'role-name-refused/cluster-one.json'));
      writeFileSync(join(refused, 'cluster-one.json'), planned);
      // Terraform breaks the line as it likes.
      writeFileSync(
        join(refused, 'cluster-one.error'),
        'Error: Instance cannot be destroyed\n\nResource aws_eks_cluster.Cluster_EB0386A7 has\nlifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed.\n',
      );
      process.env.CASE = refused;
      const { stdout, exitCode } = await plan('--out', out);

      expect(stdout).toContain(`cluster-one: replaces 1 object and may not destroy or replace 1 object
  may not destroy or replace the cluster one: It is protected, and Terraform changes nothing in this stack. If you want the change, docs/troubleshooting.md has the line that allows it
  replaces the IAM role of the cluster EKS → EKS2, because name changes: `);
      expect(stdout).toContain(`
  Terraform ended with an error before it had planned everything
    Error: Instance cannot be destroyed
`);
      expect(exitCode).toBe(2);
      expect((await plan('--findings-ok')).exitCode).toBe(1);
      expect(readFileSync(join(out, 'cluster-one.json'))).toEqual(planned);
    });
  });
});
