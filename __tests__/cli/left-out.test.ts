import { join } from 'node:path';
import { planFiles } from '../plan/plans';
import { accessFiles, runCommandToEnd } from './run-command';

const cluster = { kind: 'eks', region: 'us-west-1', deletionProtection: true };
const access = (clusters: Readonly<Record<string, unknown>>) => ({
  okta: { orgName: 'example' },
  groups: { 'eks-admins': { logins: ['ana@example.com'] } },
  clusters,
  grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
});
const folder = accessFiles({
  'both.json': access({ one: cluster, two: cluster }),
  'left-out.json': access({ one: cluster }),
});
const diff = (from: string, to: string) => runCommandToEnd('diff', join(folder, from), join(folder, to));
const plan = (name: string) => runCommandToEnd('plan', '--plan', ...planFiles(name));

describe('one of two clusters is left out by mistake, and put back', () => {
  test('diff names what left without its first step, and the app that goes with it', async () => {
    const { stdout, exitCode } = await diff('both.json', 'left-out.json');

    expect(stdout).toContain(
      'The cluster leaves the file without its first step, absent: true. Terraform destroys its app, unless another cluster has the same one, and does not touch the cluster.',
    );
    expect(exitCode).toBe(2);
  });

  test('plan says that the client ID is lost, and ends with 2', async () => {
    const { stdout, exitCode } = await plan('applied/left-out');

    expect(stdout).toContain(
      'destroys the app two: The client ID is lost: an app that is created again has another one; sign-in to the cluster is unavailable for 20 minutes or more',
    );
    expect(exitCode).toBe(2);
  });

  test('after it is put back, plan says that the app is new and that the cluster trusts the old one', async () => {
    const { stdout, exitCode } = await plan('applied/put-back');

    expect(stdout).toContain('\n  creates the app two: It is new, with a client ID that no cluster trusts yet\n');
    expect(stdout).toContain(
      '\n  cluster-two, after okta: It was applied with an older client_id_two, and okta creates a new one: the next plan replaces its association, and sign-in to the cluster is unavailable for 20 minutes or more\n',
    );
    expect(exitCode).toBe(2);
  });

  test('once the app is applied, plan says that sign-in is unavailable while the association is replaced', async () => {
    const { stdout, exitCode } = await plan('applied/put-back-after-okta');

    expect(stdout).toContain(
      '\n  replaces the association two, because oidc.client_id changes: Sign-in to the cluster is unavailable for 20 minutes or more',
    );
    expect(exitCode).toBe(2);
  });

  test('put back before any apply, it changes nothing', async () => {
    expect(await diff('both.json', 'both.json')).toMatchObject({ exitCode: 0 });
    expect(await plan('applied/no-changes')).toMatchObject({ exitCode: 0 });
  });
});
