import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Access, readAccess } from '../../../model';
import type { AccessProof } from '../../../model/review/access-proof';
import { rehearsalSucceeded } from '../../../plan/rehearsal';
import type { RehearsalWorld } from '../../../sandbox/rehearse/rehearsal-world';
import { rehearse } from '../../../sandbox/rehearse/rehearse';
import { synthesizeStacks } from '../../../synthesize-access';
import { DAY } from '../../day';
import { fakeTerraform } from './fake-terraform';

const PROOF: AccessProof = {
  ...{ people: 1, profiles: 1, signIns: 1, questions: 1, rows: [], differences: [], assumedClaims: [], notProved: [] },
  leftOut: { people: 0, profiles: 0, namespaces: 0 },
};

const access = (clusters: object, more: object = {}): Access =>
  readAccess(
    {
      ...{ okta: { orgName: 'example' }, groups: { 'eks-admins': {} }, clusters },
      grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
      // Nothing may be written there.
      backend: { s3: { bucket: 'state', region: 'eu-west-1' } },
      ...more,
    },
    DAY,
  );
const ONE = access({ one: { kind: 'eks', region: 'eu-west-1', version: '1.35', deletionProtection: true } });
const LAB = access({ lab: { kind: 'self-managed', kubeconfigContext: 'lab' } });

describe('a rehearsal', () => {
  let folder: string;
  let events: string[];
  let left: string[];
  let differences: AccessProof['differences'];

  const world = (): RehearsalWorld => ({
    ...{ folder, kubeconfig: '/run/kubeconfig', failed: new Promise<never>(() => {}), close: async () => {} },
    variablesOf: (account) => ({ ACCOUNT: account }),
    async prepare({ clusters }) {
      events.push(`prepare ${Object.keys(clusters)}`);
    },
    async prove({ clusters }) {
      events.push(`prove ${Object.keys(clusters)}`);
      return { ...PROOF, differences };
    },
    left: () => left,
  });
  const run = (file: Access, terraform = fakeTerraform(), deployed?: Access) => {
    const record = terraform.run;
    terraform.run = (at, args, variables) => {
      if (args[0] !== 'init' && args[0] !== 'show') events.push(`${args[0]} ${at.split('/').at(-1)}`);
      return record(at, args, variables);
    };
    return rehearse({
      ...{ access: file, deployed, world: world(), terraform, synthesize: synthesizeStacks },
      ...{ parallelism: 1, report: () => {} },
    });
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
    [events, left, differences] = [[], [], []];
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('deploys, plans again, signs in, and removes everything, with the protection of EKS first', async () => {
    const rehearsal = await run(ONE);

    expect(events).toEqual([
      ...['prepare one', 'apply okta', 'apply cluster-one', 'apply rbac-one'],
      ...['plan okta', 'plan cluster-one', 'plan rbac-one', 'prove one', 'prepare one'],
      ...['apply cluster-one', 'destroy rbac-one', 'destroy cluster-one', 'destroy okta'],
    ]);
    expect(rehearsalSucceeded(rehearsal)).toBe(true);
    const stack = (name: string) => readFileSync(join(folder, name, 'stacks/cluster-one/cdk.tf.json'), 'utf8');
    expect(stack('first')).toContain('"prevent_destroy": true');
    expect(stack('removal')).not.toContain('"prevent_destroy": true');
    expect(stack('removal')).not.toContain('deletion_protection');
    expect(readFileSync(join(folder, 'removal/stacks/okta/cdk.tf.json'), 'utf8')).not.toContain(
      '"prevent_destroy": true',
    );
  });

  test('keeps the state in its own folder, whatever the file says', async () => {
    await run(ONE);

    const { terraform } = JSON.parse(readFileSync(join(folder, 'first/stacks/okta/cdk.tf.json'), 'utf8'));
    expect(terraform.backend).toEqual({
      local: { path: '../../../terraform.okta.tfstate', workspace_dir: '../../../terraform.okta.tfstate.d' },
    });
  });

  test('reads the kubeconfig of the rehearsal, not that of the user', async () => {
    await run(LAB);

    const { provider } = JSON.parse(readFileSync(join(folder, 'first/stacks/rbac-lab/cdk.tf.json'), 'utf8'));
    expect(provider.kubernetes).toEqual([{ config_context: 'lab', config_path: '/run/kubeconfig' }]);
  });

  test('changes what is deployed to what the file says, after telling what that means', async () => {
    const both = access({
      one: { kind: 'eks', region: 'eu-west-1', version: '1.35' },
      lab: { kind: 'self-managed', kubeconfigContext: 'lab' },
    });

    const rehearsal = await run(both, fakeTerraform(), LAB);

    const prepared = events.indexOf('prepare one,lab');
    const changed = events.indexOf('apply okta', prepared);
    expect(events.slice(0, prepared)).toEqual([
      ...['prepare lab', 'apply okta', 'apply rbac-lab', 'plan okta', 'plan rbac-lab', 'prove lab'],
    ]);
    expect(events.slice(prepared + 1, changed).sort()).toEqual([
      ...['plan cluster-one', 'plan okta', 'plan rbac-lab', 'plan rbac-one'],
    ]);
    expect(events.filter((event) => event.startsWith('prove'))).toEqual(['prove lab', 'prove one,lab']);
    expect(rehearsal.change?.plan.review.stacks.map(({ stack }) => stack).sort()).toEqual([
      ...['cluster-one', 'okta', 'rbac-lab', 'rbac-one'],
    ]);
    expect(rehearsalSucceeded(rehearsal)).toBe(true);
  });

  test('ends with the first stack that fails, and signs nobody in', async () => {
    const rehearsal = await run(ONE, fakeTerraform({ failures: { 'apply cluster-one': 'Error: no' } }));

    expect(events).toEqual(['prepare one', 'apply okta', 'apply cluster-one']);
    expect(rehearsal).toMatchObject({ deployment: { stacks: [{ stack: 'okta' }, { message: 'Error: no' }, {}] } });
    expect(rehearsal.removal).toBeUndefined();
    expect(rehearsalSucceeded(rehearsal)).toBe(false);
  });

  test('does not destroy what it could not unprotect', async () => {
    const terraform = fakeTerraform();
    const { run: usual } = terraform;
    let applies = 0;
    terraform.run = async (at, args, variables) => {
      if (args[0] === 'apply' && at.endsWith('cluster-one') && ++applies === 2) {
        return { ok: false, stdout: '', stderr: 'Error: protected' };
      }
      return usual(at, args, variables);
    };

    const rehearsal = await run(ONE, terraform);

    expect(events.filter((event) => event.startsWith('destroy'))).toEqual([]);
    expect(rehearsal.removal?.unprotected).toMatchObject([{ message: 'Error: protected' }]);
    expect(rehearsalSucceeded(rehearsal)).toBe(false);
  });

  test.each<[string, () => ReturnType<typeof fakeTerraform>]>([
    [
      'a second plan that changes something',
      () =>
        fakeTerraform({
          changes: {
            okta: [{ address: 'okta_group.a', mode: 'managed', type: 'okta_group', change: { actions: ['update'] } }],
          },
        }),
    ],
    ['a second plan that fails', () => fakeTerraform({ failures: { 'plan rbac-one': 'Error: no' } })],
    ['a destroy that fails', () => fakeTerraform({ failures: { 'destroy okta': 'Error: no' } })],
    [
      'something left at the end',
      () => {
        left = ['the group eks-admins of Okta'];
        return fakeTerraform();
      },
    ],
    [
      'an answer that differs',
      () => {
        differences = [{ login: 'a', cluster: 'one', question: 'q', expected: 'yes', given: 'no' }];
        return fakeTerraform();
      },
    ],
  ])('does not succeed with %s', async (_name, terraform) => {
    expect(rehearsalSucceeded(await run(ONE, terraform()))).toBe(false);
  });

  test('names what a second plan would change', async () => {
    const change = { address: 'okta_group.a', mode: 'managed', type: 'okta_group', change: { actions: ['update'] } };
    const terraform = fakeTerraform({ changes: { okta: [change] }, failures: { 'plan rbac-one': 'Error: no' } });

    const { deployment } = await run(ONE, terraform);

    expect(deployment.secondPlan).toEqual([
      { stack: 'okta', what: 'update okta_group.a' },
      { stack: 'rbac-one', what: 'Error: no' },
    ]);
  });
});
