import { join } from 'node:path';
import { accessFiles, runCommandToEnd, SOUND } from './run-command';

const folder = accessFiles({
  'sound.json': {
    ...SOUND,
    grants: [
      ...SOUND.grants.slice(0, 2),
      { group: 'eks-auditors', role: 'view', clusters: ['dev'], expires: '2999-12-31' },
    ],
  },
});
const explain = async (...words: string[]) =>
  (await runCommandToEnd('explain', '--file', join(folder, 'sound.json'), ...words)).stdout;

describe('eks-access explain', () => {
  test('reports what a group may do, by which grant, and until when', async () => {
    const [table, ...allowed] = (await explain('eks-auditors')).split('\n\n');

    expect(`${table}\n`).toBe(
      `GROUP         ROLE  CLUSTER  NAMESPACE      GRANTED BY  UNTIL       BINDING    SENSITIVE
eks-auditors  view  prod     whole cluster  grants[1]               oidc-view
eks-auditors  view  dev      whole cluster  grants[2]   2999-12-31  oidc-view
`,
    );
    expect(allowed.join()).toMatch(
      /^view on prod, dev allows:\n {2}get, list, watch: .*pods, .*\n {2}note: add-ons may aggregate rules for their own resources into view\n$/,
    );
  });

  test('says that a group has no grant', async () => {
    await expect(explain('--login=')).rejects.toThrow('--login is empty.');
    expect(await explain('eks-developers')).toBe('The group eks-developers has no grant in force.\n');
  });

  test('reports what a user may do, and groups whose members the file does not list', async () => {
    const text = await explain('--login', 'Ana@example.com');

    expect(text).toContain('The file lists Ana@example.com in eks-admins.\n\nGROUP');
    expect(text).toContain('  grants[0], groups.eks-admins.logins[0]  ');
    expect(text).toMatch(
      /\n\nThe user may also be in these groups, whose members the file does not list:\n {2}eks-auditors: members come from elsewhere\n {2}eks-developers: members come from the rule user\.department == "Development"\n$/,
    );
  });

  test('says that the file lists an unknown user in no group', async () => {
    expect(await explain('--login', 'bo@example.com')).toMatch(
      /^The file lists bo@example\.com in no group\.\n\nThe user may also be in these groups/,
    );
  });

  test('prints a group as JSON', async () => {
    expect(JSON.parse(await explain('eks-auditors', '--json'))).toEqual({
      group: 'eks-auditors',
      access: [
        {
          group: 'eks-auditors',
          cluster: 'prod',
          namespace: null,
          role: 'view',
          sensitive: [],
          binding: 'oidc-view',
          grant: 'grants[1]',
          expires: null,
          allows: [{ verbs: ['get', 'list', 'watch'], things: expect.arrayContaining(['pods']) }],
          notes: ['add-ons may aggregate rules for their own resources into view'],
          membership: null,
        },
        expect.objectContaining({ cluster: 'dev', expires: '2999-12-31' }),
      ],
    });
  });

  test('prints a user as JSON', async () => {
    expect(JSON.parse(await explain('--login', 'ana@example.com', '--format', 'json'))).toEqual({
      login: 'ana@example.com',
      access: ['dev', 'prod'].map((cluster) =>
        expect.objectContaining({ cluster, role: 'cluster-admin', membership: 'groups.eks-admins.logins[0]' }),
      ),
      unknown: [
        { group: 'eks-auditors', rule: null },
        { group: 'eks-developers', rule: 'user.department == "Development"' },
      ],
    });
  });

  test('fails on a group that the file does not have', async () => {
    await expect(explain('eks-admin')).rejects.toThrow("no group 'eks-admin'. Did you mean 'eks-admins'?");
  });

  test.each([
    ['neither a group nor a user', []],
    ['both a group and a user', ['eks-admins', '--login', 'ana@example.com']],
  ])('fails on %s', async (_, words) => {
    await expect(explain(...words)).rejects.toThrow('Give either a group or, with --login, a user.');
  });
});
