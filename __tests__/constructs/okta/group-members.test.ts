import { TerraformStack, TerraformVariable } from 'cdktf';
import { OktaProvider } from '#okta/provider';
import { OktaGroup } from '../../../constructs/okta/group';
import { GroupMembers } from '../../../constructs/okta/group-members';
import { GroupRule } from '../../../constructs/okta/group-rule';
import {
  resources,
  type StackJson,
  synthesized,
  synthesizedConstructs,
  theAddress,
  theResource,
} from '../../synthesized';
import { constructError } from '../construct-error';

const membersOf = (logins: readonly string[]) =>
  synthesizedConstructs((stack) => {
    const group = new OktaGroup(stack, 'Group', { name: 'eks-admins' });
    new GroupMembers(stack, 'Members', { group, logins: Object.freeze([...logins]) });
  });

/** The reference to the look-up of a login. */
function userId(stack: StackJson, login: string): string {
  const [id] = Object.entries(stack.data?.okta_user ?? {}).find(([, user]) => user.search[0].value === login) ?? [];
  return `\${data.okta_user.${id}.id}`;
}

const searched = (stack: StackJson) => Object.values(stack.data?.okta_user ?? {}).map((user) => user.search[0].value);

describe('GroupMembers', () => {
  test('is the complete list of the members of a group', () => {
    const stack = membersOf(['ana@example.com']);

    expect(theResource(stack, 'okta_group_memberships')).toEqual({
      group_id: `\${${theAddress(stack, 'okta_group')}.id}`,
      users: [`\${${theAddress(stack, 'data.okta_user')}.id}`],
      track_all_users: true,
    });
    expect(Object.keys(stack.resource ?? {})).toEqual(['okta_group', 'okta_group_memberships']);
    expect(Object.keys(stack.data ?? {})).toEqual(['okta_user']);
  });

  test('looks up a user by login, without groups and roles', () => {
    const stack = membersOf(['ana@example.com']);

    expect(Object.entries(stack.data?.okta_user ?? {}).map(([id, { '//': _metadata, ...args }]) => [id, args])).toEqual(
      [
        [
          'OktaUser_anaexamplecom_727ACC55',
          {
            search: [{ name: 'profile.login', comparison: 'eq', value: 'ana@example.com' }],
            skip_groups: true,
            skip_roles: true,
          },
        ],
      ],
    );
  });

  test('has no members with an empty list', () => {
    const stack = membersOf([]);

    expect(theResource(stack, 'okta_group_memberships')).toEqual({
      group_id: `\${${theAddress(stack, 'okta_group')}.id}`,
      users: [],
      track_all_users: true,
    });
    expect(stack.data).toBeUndefined();
  });

  test.each([
    ['in order', ['ana@example.com', 'ben@example.com', 'cy@example.com']],
    ['in reverse', ['cy@example.com', 'ben@example.com', 'ana@example.com']],
    ['in another case', ['CY@example.com', 'Ben@example.com', 'ana@EXAMPLE.com']],
  ])('keeps people sorted by login where they are given %s', (_case, logins) => {
    const stack = membersOf(logins);

    expect(theResource(stack, 'okta_group_memberships').users).toEqual(
      ['ana@example.com', 'ben@example.com', 'cy@example.com'].map((login) => userId(stack, login)),
    );
    expect(searched(stack)).toEqual(['ana@example.com', 'ben@example.com', 'cy@example.com']);
  });

  test('looks up a member of several groups once, ignoring case', () => {
    const stack = synthesizedConstructs((scope) => {
      for (const [name, login] of Object.entries({ 'eks-a': 'Ana@example.com', 'eks-b': 'ana@example.com' })) {
        new GroupMembers(scope, `Members-${name}`, {
          group: new OktaGroup(scope, name, { name }),
          logins: [login],
        });
      }
    });

    const user = `\${${theAddress(stack, 'data.okta_user')}.id}`;
    expect(resources(stack, 'okta_group_memberships').map(({ users }) => users)).toEqual([[user], [user]]);
  });

  test('looks up a user in each stack that needs it', () => {
    const stacks = synthesized((app) => {
      for (const name of ['one', 'other']) {
        const stack = new TerraformStack(app, name);
        new OktaProvider(stack, 'okta', {});
        const group = new OktaGroup(stack, 'Group', { name: 'eks-admins' });
        new GroupMembers(stack, 'Members', { group, logins: ['ana@example.com'] });
      }
    });

    expect(Object.values(stacks).map(searched)).toEqual([['ana@example.com'], ['ana@example.com']]);
  });

  test('distinguishes logins that differ only in how an id writes a slash', () => {
    const stack = membersOf(['a/b@example.com', 'a--b@example.com', 'a%2fb@example.com', "o'neil@example.com"]);

    expect(searched(stack).sort()).toEqual([
      'a%2fb@example.com',
      'a--b@example.com',
      'a/b@example.com',
      "o'neil@example.com",
    ]);
    expect(new Set(theResource(stack, 'okta_group_memberships').users).size).toBe(4);
  });

  test('fails for each invalid login', () => {
    const build = (stack: TerraformStack) => {
      const { stringValue } = new TerraformVariable(stack, 'login', {});
      const group = new OktaGroup(stack, 'Group', { name: 'eks-admins' });
      new GroupMembers(stack, 'Members', { group, logins: ['', `${stringValue}@example.com`, 'ana@example.com'] });
    };

    expect(() => synthesizedConstructs(build)).toThrow(
      /^ {2}test\/Members\n {4}Okta has no login like this\. Given: ''\. .*\n\n {2}test\/Members\n {4}Okta has no login like this\. Given: '\$\{TfToken\[TOKEN\.\d+\]\}@example\.com'\. [^\n]*$/,
    );
  });

  test('fails where a login is in the list twice', () => {
    expect(() => membersOf(['ana@example.com', 'Ana@example.com'])).toThrow(
      constructError(
        'test/Members',
        'The list contains this login twice; Okta ignores case in logins.',
        "Given: 'Ana@example.com' after 'ana@example.com'.",
        'Allowed: each login once.',
        'Fix: Remove one of the two.',
      ),
    );
  });

  test.each<[string, (stack: TerraformStack, group: OktaGroup) => void]>([
    [
      'a second list',
      (stack, group) => {
        for (const id of ['First', 'Second']) new GroupMembers(stack, id, { group, logins: [] });
      },
    ],
    [
      'a rule before',
      (stack, group) => {
        new GroupRule(stack, 'First', { group, expression: 'true' });
        new GroupMembers(stack, 'Second', { group, logins: [] });
      },
    ],
    [
      'a rule after',
      (stack, group) => {
        new GroupMembers(stack, 'First', { group, logins: [] });
        new GroupRule(stack, 'Second', { group, expression: 'true' });
      },
    ],
  ])('fails with %s, which would undo each apply', (_case, fill) => {
    const build = (stack: TerraformStack) => fill(stack, new OktaGroup(stack, 'Group', { name: 'eks-admins' }));

    expect(() => synthesizedConstructs(build)).toThrow(
      constructError(
        'test/Second',
        'GroupMembers is the complete list of members: it and another source of members would undo each other.',
        'Given: a second source of members, after test/First.',
        'Allowed: one GroupMembers, or only GroupRules.',
        'Fix: Keep one of the two.',
      ),
    );
  });
});
