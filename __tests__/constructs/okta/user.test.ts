import { TerraformOutput } from 'cdktf';
import { OktaUser } from '../../../constructs/okta/user';
import { synthesizedConstructs, theAddress, theData } from '../../synthesized';

describe('OktaUser.of', () => {
  test('is one look-up of a user, ignoring case', () => {
    const people: OktaUser[] = [];
    const stack = synthesizedConstructs((scope) => {
      people.push(OktaUser.of(scope, 'Ana@example.com'), OktaUser.of(scope, 'ana@Example.com'));
      new TerraformOutput(scope, 'user', { value: people[0]?.userId });
    });

    expect(theData(stack, 'okta_user').search).toEqual([
      { name: 'profile.login', comparison: 'eq', value: 'ana@example.com' },
    ]);
    expect(people[1]).toBe(people[0]);
    expect(stack.output?.user?.value).toBe(`\${${theAddress(stack, 'data.okta_user')}.id}`);
  });

  test('escapes quotes and backslashes, which would end the search', () => {
    const stack = synthesizedConstructs((scope) => {
      OktaUser.of(scope, 'CORP\\a" or profile.login pr');
    });

    expect(theData(stack, 'okta_user').search).toEqual([
      { name: 'profile.login', comparison: 'eq', value: 'corp\\\\a\\" or profile.login pr' },
    ]);
  });
});
