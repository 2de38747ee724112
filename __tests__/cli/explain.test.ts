import { join } from 'node:path';
import { accessFiles, runCommand, SOUND } from './run-command';

const folder = accessFiles({
  'sound.json': {
    ...SOUND,
    grants: [
      ...SOUND.grants.slice(0, 2),
      { group: 'eks-auditors', role: 'view', clusters: ['dev'], expires: '2999-12-31' },
    ],
  },
});
const explain = (...words: string[]) => runCommand('explain', '--file', join(folder, 'sound.json'), ...words).stdout;

describe('eks-access explain', () => {
  test('says what a group may do and by which line of the file, until when', () => {
    expect(explain('eks-auditors')).toBe(
      `GROUP         ROLE  CLUSTER  NAMESPACE      GRANTED BY  UNTIL       BINDING    SENSITIVE
eks-auditors  view  prod     whole cluster  grants[1]               oidc-view
eks-auditors  view  dev      whole cluster  grants[2]   2999-12-31  oidc-view
`,
    );
  });

  test('says so where no grant is for a group', () => {
    expect(explain('eks-developers')).toBe('No grant is for eks-developers.\n');
  });

  test('says what a person may do, and of which groups the file cannot tell', () => {
    const text = explain('--login', 'Ana@example.com');

    expect(text).toContain('The file puts Ana@example.com into eks-admins.\n\nGROUP');
    expect(text).toContain('  grants[0], groups.eks-admins.logins[0]  ');
    expect(text).toMatch(
      /\n\nWhether the person is in these groups too, the file cannot tell:\n {2}eks-auditors: filled from elsewhere\n {2}eks-developers: by the rule user\.department == "Development"\n$/,
    );
  });

  test('says of a person whom it does not know that the file puts them nowhere', () => {
    expect(explain('--login', 'bo@example.com')).toMatch(
      /^The file puts bo@example\.com into no group\.\n\nWhether the person is in these groups too/,
    );
  });

  test('prints a group as JSON', () => {
    expect(JSON.parse(explain('eks-auditors', '--json'))).toEqual({
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
          membership: null,
        },
        expect.objectContaining({ cluster: 'dev', expires: '2999-12-31' }),
      ],
    });
  });

  test('prints a person as JSON', () => {
    expect(JSON.parse(explain('--login', 'ana@example.com', '--format', 'json'))).toEqual({
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

  test('fails on a group that the file does not have', () => {
    expect(() => explain('eks-admin')).toThrow("no group 'eks-admin'. Did you mean 'eks-admins'?");
  });

  test.each([
    ['nobody', []],
    ['both a group and a person', ['eks-admins', '--login', 'ana@example.com']],
  ])('fails on %s', (_, words) => {
    expect(() => explain(...words)).toThrow('Whom to explain has to be said once');
  });
});
