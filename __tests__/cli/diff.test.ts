import { join } from 'node:path';
import { accessFiles, runCommandToEnd, SOUND } from './run-command';

/** A file whose auditors have a role that reads these objects. */
const reading = (resource: string, names?: readonly string[]) => ({
  ...SOUND,
  roles: {
    reader: {
      rules: [{ apiGroups: [''], resources: [resource], verbs: ['get'], ...(names && { resourceNames: names }) }],
    },
  },
  grants: [...SOUND.grants, { group: 'eks-auditors', role: 'reader', clusters: ['dev'] }],
});
const { logins: _logins, ...fromElsewhere } = SOUND.groups['eks-admins'];

const folder = accessFiles({
  'held.json': { ...SOUND, namespaces: { 'team-a': { holds: ['cluster-admin'] } }, grants: SOUND.grants.slice(0, 2) },
  'path.json': { ...SOUND, namespaces: { 'team-a': { holds: ['cluster-admin'] } } },
  'named.json': reading('configmaps', ['a']),
  'all.json': reading('configmaps'),
  'named-secret.json': reading('secrets', ['a']),
  'all-secrets.json': reading('secrets'),
  'elsewhere.json': { ...SOUND, groups: { ...SOUND.groups, 'eks-admins': fromElsewhere } },
  'old.json': SOUND,
  'more.json': { ...SOUND, grants: [...SOUND.grants, { group: 'eks-auditors', role: 'view', clusters: ['dev'] }] },
  'organization.json': { ...SOUND, okta: { orgName: 'elsewhere' } },
  'descriptive.json': {
    ...SOUND,
    tags: { team: 'platform' },
    groups: { ...SOUND.groups, 'eks-admins': { ...SOUND.groups['eks-admins'], description: 'Admins' } },
    grants: [{ ...SOUND.grants[0], accept: { wildcards: 'On call.' } }, ...SOUND.grants.slice(1)],
  },
  'guarded.json': { ...SOUND, guards: { secretDeletion: [] } },
  'unguarded.json': { ...SOUND, guards: {} },
  'sensitive.json': { ...SOUND, grants: [...SOUND.grants, { group: 'eks-auditors', role: 'edit', clusters: ['dev'] }] },
});
const file = (name: string) => join(folder, name);
const diff = (before: string, after: string, ...words: string[]) =>
  runCommandToEnd('diff', file(before), file(after), ...words);

describe('eks-access diff', () => {
  test('says that nothing changes', async () => {
    expect(await diff('old.json', 'old.json')).toEqual({
      stdout: `From ${file('old.json')} to ${file('old.json')}: 0 gains, 0 losses, 0 other changes\n\nNobody gains or loses anything.\n`,
      exitCode: 0,
    });
  });

  test('reports who gains what, with exit code 0 if it is not sensitive', async () => {
    const { stdout, exitCode } = await diff('old.json', 'more.json');

    expect(stdout).toContain('\n\neks-auditors gain view on dev\n');
    expect(exitCode).toBe(0);
  });

  test('has exit code 2 if somebody gains a sensitive permission', async () => {
    const { stdout, exitCode } = await diff('old.json', 'sensitive.json');

    expect(stdout).toMatch(/\n\neks-auditors gain edit on dev \(sensitive: .*read-secrets/);
    expect(stdout).toContain('  read-secrets: the passwords and tokens of everything that runs there\n');
    expect(exitCode).toBe(2);
  });

  test('has exit code 2 if somebody gains a certain path by a role that is not sensitive', async () => {
    const { stdout, exitCode } = await diff('held.json', 'path.json');

    expect(stdout).toContain('\neks-developers gain developer-restricted on prod in team-a\n');
    expect(stdout).toContain('\nWho can become more than before:\n  eks-developers can become cluster-admin on prod\n');
    expect(exitCode).toBe(2);
  });

  test('reports the same with --findings-ok, with exit code 0', async () => {
    expect(await diff('old.json', 'sensitive.json', '--findings-ok')).toEqual({
      stdout: (await diff('old.json', 'sensitive.json')).stdout,
      exitCode: 0,
    });
  });

  test('compares with the selected file if the second one is left out', async () => {
    expect(await runCommandToEnd('diff', file('old.json'), '-f', file('sensitive.json'))).toEqual(
      await diff('old.json', 'sensitive.json'),
    );
  });

  test('has exit code 2 if a guard is removed, and 0 if it is added', async () => {
    const loosened = await diff('guarded.json', 'unguarded.json');

    expect(loosened.stdout).toContain(
      '\n  guards.secretDeletion is removed; it was []. Everyone whose role allows it can delete Secrets: no guard refuses it\n',
    );
    expect(loosened.exitCode).toBe(2);
    expect((await diff('old.json', 'guarded.json')).exitCode).toBe(0);
  });

  test('has exit code 2 if the guards leave the file without their first step', async () => {
    const stranded = await diff('guarded.json', 'old.json');

    expect(stranded.stdout).toContain('Its guards stay in force, and Terraform no longer manages them');
    expect(stranded.exitCode).toBe(2);
    expect((await diff('unguarded.json', 'old.json')).exitCode).toBe(0);
  });

  test.each(['text', 'md', 'json'])('has exit code 2 in %s if the organization changes', async (format) => {
    const { stdout, exitCode } = await diff('old.json', 'organization.json', '--format', format);

    expect(stdout).toContain('okta.orgName');
    expect(stdout).not.toContain('Nobody');
    expect(exitCode).toBe(2);
  });

  test('has exit code 0 if descriptions, reasons, and tags change, and reports them', async () => {
    const { stdout, exitCode } = await diff('old.json', 'descriptive.json');

    expect(stdout).toContain(`
Nobody gains or loses anything.

Neutral: no effect on access:
  grants[0].accept.wildcards changes from 'They run the clusters.' to 'On call.'. The reason changes, and nothing else
  groups.eks-admins.description is new: 'Admins'. The description of the group changes, and nothing else
  tags.team is new: 'platform'. A tag changes, and nothing else
`);
    expect(exitCode).toBe(0);
  });

  test('reports a role that is widened from one object to all, with exit code 2', async () => {
    const ordinary = await diff('named.json', 'all.json');
    const sensitive = await diff('named-secret.json', 'all-secrets.json');

    expect(ordinary.stdout).toContain('\neks-auditors can do more with reader on dev: get configmaps\n');
    expect(ordinary.stdout).toContain('A rule that was for named objects is for all of them');
    expect(ordinary.exitCode).toBe(2);
    expect(sensitive.stdout).toContain('\neks-auditors can do more with reader on dev: get secrets (sensitive: ');
    expect(sensitive.exitCode).toBe(2);
  });

  test('reports members that come from elsewhere, with exit code 2', async () => {
    const { stdout, exitCode } = await diff('old.json', 'elsewhere.json');

    expect(stdout).toContain('\nana@example.com leaves eks-admins and loses cluster-admin on dev and prod');
    expect(stdout).toContain(
      `\n  groups.eks-admins.logins is removed; it was ["ana@example.com"]. The file no longer lists the members: whoever manages the group in Okta decides, and the file does not show it\n`,
    );
    expect(exitCode).toBe(2);
  });

  test('has exit code 0 if somebody loses a sensitive permission', async () => {
    const { stdout, exitCode } = await diff('sensitive.json', 'old.json');

    expect(stdout).toContain('eks-auditors lose edit on dev');
    expect(exitCode).toBe(0);
  });

  test.each([
    ['md', /^### Who gains and who loses what\n/],
    ['json', /^\{\n {2}"gains": \[\n/],
  ])('prints %s', async (format, expected) => {
    expect((await diff('old.json', 'more.json', '--format', format)).stdout).toMatch(expected);
  });

  test('prints JSON for --json', async () => {
    expect(await diff('old.json', 'more.json', '--json')).toEqual(
      await diff('old.json', 'more.json', '--format', 'json'),
    );
  });
});
