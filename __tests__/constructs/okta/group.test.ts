import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { OktaGroup } from '../../../constructs/okta/group';
import { synthesizedConstructs, theAddress, theData, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const limits = (path: string, given: string, fix: string) =>
  constructError(
    path,
    'This is not a valid name for an Okta group.',
    `Given: ${given}.`,
    'Allowed: 1 to 255 characters, without control characters, and without white space at the start or end.',
    `Fix: ${fix}`,
  );

describe('OktaGroup', () => {
  test('has a name and nothing that the caller did not give', () => {
    const stack = synthesizedConstructs((scope) => new OktaGroup(scope, 'Group', { name: 'eks-admins' }));

    expect(theResource(stack, 'okta_group')).toEqual({ name: 'eks-admins', lifecycle: expect.anything() });
    expect(Object.keys(stack.resource ?? {})).toEqual(['okta_group']);
    expect(stack.data).toBeUndefined();
  });

  test('has the description that it is given', () => {
    const group = theResource(
      synthesizedConstructs((scope) => new OktaGroup(scope, 'Group', { name: 'eks-admins', description: 'Admins' })),
      'okta_group',
    );

    expect(group).toMatchObject({ name: 'eks-admins', description: 'Admins' });
  });

  test('is deleted after what refers to it was changed: otherwise Okta removes its assignments, and the apply fails', () => {
    const stack = synthesizedConstructs((scope) => new OktaGroup(scope, 'Group', { name: 'eks-admins' }));

    expect(theResource(stack, 'okta_group').lifecycle).toEqual({ create_before_destroy: true });
  });

  test('gives its name as plain text and its id as a reference', () => {
    const stack = synthesizedConstructs((scope) => {
      const { groupName, groupId } = new OktaGroup(scope, 'Group', { name: 'eks-admins' });
      new TerraformOutput(scope, 'group', { value: [groupName, groupId] });
    });

    expect(stack.output?.group?.value).toEqual(['eks-admins', `\${${theAddress(stack, 'okta_group')}.id}`]);
  });

  test.each([
    ['is empty', '', "'', 0 characters", 'Use only the allowed characters.'],
    ['has 256 characters', 'x'.repeat(256), `'${'x'.repeat(77)}...', 256 characters`, 'Shorten it by 1.'],
    ['starts with a space', ' eks', "' eks', 4 characters", 'Use only the allowed characters.'],
  ])('fails where the name %s', (_case, name, given, fix) => {
    const build = (stack: TerraformStack) => new OktaGroup(stack, 'Group', { name });

    expect(() => synthesizedConstructs(build)).toThrow(limits('test/Group', given, fix));
  });

  test('takes a name of 255 characters', () => {
    const name = 'x'.repeat(255);

    const stack = synthesizedConstructs((scope) => new OktaGroup(scope, 'Group', { name }));

    expect(theResource(stack, 'okta_group').name).toBe(name);
  });

  test('takes a name that only Terraform knows, whatever the length of its expression', () => {
    const stack = synthesizedConstructs((scope) => {
      const { stringValue } = new TerraformVariable(scope, 'name', {});
      new OktaGroup(scope, 'Group', { name: stringValue.repeat(20) });
    });

    expect(theResource(stack, 'okta_group').name).toBe('${var.name}'.repeat(20));
  });
});

describe('OktaGroup.fromName', () => {
  test('looks a group up and refuses another one whose name only starts with it', () => {
    const stack = synthesizedConstructs((scope) => OktaGroup.fromName(scope, 'Group', 'eks-admins'));

    expect(theData(stack, 'okta_group')).toEqual({
      name: 'eks-admins',
      lifecycle: {
        postcondition: [
          {
            condition: '${self.name == "eks-admins"}',
            error_message:
              'Okta has no group with the exact name "eks-admins": the look-up found one whose name starts with it.',
          },
        ],
      },
    });
    expect(stack.resource).toBeUndefined();
  });

  test.each([
    ['a quote', 'eks-"a"', '${self.name == "eks-\\"a\\""}'],
    ['a backslash', 'eks-\\a', '${self.name == "eks-\\\\a"}'],
    ['a backslash before a quote', 'eks-\\"', '${self.name == "eks-\\\\\\""}'],
  ])('compares a name with %s', (_case, name, condition) => {
    const group = theData(
      synthesizedConstructs((scope) => OktaGroup.fromName(scope, 'Group', name)),
      'okta_group',
    );

    expect(group.name).toBe(name);
    expect(group.lifecycle.postcondition).toHaveLength(1);
    expect(group.lifecycle.postcondition[0].condition).toBe(condition);
  });

  test('compares a name that only Terraform knows as an expression', () => {
    const group = theData(
      synthesizedConstructs((scope) => {
        OktaGroup.fromName(scope, 'Group', new TerraformVariable(scope, 'name', {}).stringValue);
      }),
      'okta_group',
    );

    expect(group.name).toBe('${var.name}');
    expect(group.lifecycle.postcondition).toEqual([
      {
        condition: '${(self.name == var.name)}',
        error_message:
          'Okta has no group with the exact name ${var.name}: the look-up found one whose name starts with it.',
      },
    ]);
  });

  test('gives its name as plain text and its id as a reference', () => {
    const stack = synthesizedConstructs((scope) => {
      const { groupName, groupId } = OktaGroup.fromName(scope, 'Group', 'eks-admins');
      new TerraformOutput(scope, 'group', { value: [groupName, groupId] });
    });

    expect(stack.output?.group?.value).toEqual(['eks-admins', `\${${theAddress(stack, 'data.okta_group')}.id}`]);
  });

  test("fails where the name is beyond Okta's limits", () => {
    const build = (stack: TerraformStack) => OktaGroup.fromName(stack, 'Group', '');

    expect(() => synthesizedConstructs(build)).toThrow(
      limits('test/Group', "'', 0 characters", 'Use only the allowed characters.'),
    );
  });
});

describe('OktaGroup.fromName with an id or a type', () => {
  const existing = (props: { id?: string; type?: 'APP_GROUP' }) =>
    theData(
      synthesizedConstructs((stack) => {
        OktaGroup.fromName(stack, 'Group', 'eks-dir', props);
      }),
      'okta_group',
    );

  test('looks it up by the id, and demands the name', () => {
    const { lifecycle, ...found } = existing({ id: '00g1emaKYZTWRYYRRTSK' });

    expect(found).toEqual({ id: '00g1emaKYZTWRYYRRTSK' });
    expect(lifecycle.postcondition).toMatchObject([{ condition: '${self.name == "eks-dir"}' }]);
  });

  test('looks it up by name among the groups of a type', () => {
    expect(existing({ type: 'APP_GROUP' })).toMatchObject({ name: 'eks-dir', type: 'APP_GROUP' });
  });

  test('fails for both', () => {
    expect(() => existing({ id: '00g1emaKYZTWRYYRRTSK', type: 'APP_GROUP' })).toThrow(
      'The provider looks a group up by its id, or by its name and type.',
    );
  });
});
