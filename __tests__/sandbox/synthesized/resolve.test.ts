import { AccessError } from '../../../constraints/access-error';
import type { Stacks } from '../../../sandbox/synthesized/read-stacks';
import { type ComputedAttribute, Resolver } from '../../../sandbox/synthesized/resolve';

const STACKS: Stacks = {
  okta: {
    resource: {
      okta_group: { Admins: { name: 'eks-admins', depends_on: ['okta_group.Other'] } },
      okta_rule: { Rule: { name: '${okta_group.Admins.name}', lifecycle: { condition: '${self.name}' }, '//': {} } },
    },
    data: { okta_user: { Ana: { provider: 'okta', login: 'ana@example.com' } } },
    output: { group: { value: '${okta_group.Admins.id}' }, ids: { value: ['${okta_group.Admins.id}', 1] } },
  },
  rbac: {},
};

const COMPUTED: ComputedAttribute = ({ stack, address }, attribute) => {
  if (attribute === 'id') return `id of ${address} in ${stack}`;
  if (attribute === 'certificate_authority') return [{ data: 'Y2E=' }];
  return undefined;
};

function resolved(value: unknown, stack = 'okta'): unknown {
  return new Resolver(STACKS, COMPUTED).value(value, stack, 'here');
}

describe('Resolver', () => {
  test.each([
    ['plain text', 'plain', 'plain'],
    ['numbers, booleans and null', [1, true, null], [1, true, null]],
    ['an argument', '${okta_group.Admins.name}', 'eks-admins'],
    ['an argument that is a reference', '${okta_rule.Rule.name}', 'eks-admins'],
    ['an argument of a data source', '${data.okta_user.Ana.login}', 'ana@example.com'],
    ['a computed attribute', '${okta_group.Admins.id}', 'id of okta_group.Admins in okta'],
    ['a computed attribute of a data source', '${data.okta_user.Ana.id}', 'id of data.okta_user.Ana in okta'],
    ['an index and a key', '${okta_group.Admins.certificate_authority[0].data}', 'Y2E='],
    ['a function', '${base64decode(okta_group.Admins.certificate_authority[0].data)}', 'ca'],
    ['a single list with its type', '${okta_group.Admins.certificate_authority}', [{ data: 'Y2E=' }]],
    [
      'references in a string',
      'a ${okta_group.Admins.name} b ${data.okta_user.Ana.login}',
      'a eks-admins b ana@example.com',
    ],
    ['nested values', { a: [{ b: '${okta_group.Admins.name}' }] }, { a: [{ b: 'eks-admins' }] }],
    ['the workspace', '${terraform.workspace}', 'default'],
  ])('resolves %s', (_what, value, expected) => {
    const result = resolved(value);

    expect(result).toEqual(expected);
  });

  test.each([
    ['${data.terraform_remote_state.okta.outputs.group}', 'id of okta_group.Admins in okta'],
    ['${data.terraform_remote_state.okta.outputs.ids[1]}', 1],
  ])('reads %s from another stack', (value, expected) => {
    const result = resolved(value, 'rbac');

    expect(result).toBe(expected);
  });

  test('returns the instances of a type without arguments for Terraform', () => {
    const resolver = new Resolver(STACKS, COMPUTED);

    expect(resolver.instances('okta', 'okta_rule')).toEqual([
      { stack: 'okta', address: 'okta_rule.Rule', args: { name: 'eks-admins' } },
    ]);
    expect(resolver.instances('okta', 'okta_group')).toEqual([
      { stack: 'okta', address: 'okta_group.Admins', args: { name: 'eks-admins' } },
    ]);
    expect(resolver.instances('okta', 'data.okta_user')).toEqual([
      { stack: 'okta', address: 'data.okta_user.Ana', args: { login: 'ana@example.com' } },
    ]);
    expect(resolver.instances('rbac', 'okta_group')).toEqual([]);
  });

  test.each([
    ['${okta_group.Other.id}', 'the stack has no okta_group.Other'],
    ['${data.okta_user.Ben.id}', 'the stack has no data.okta_user.Ben'],
    ['${okta_group.Admins.arn}', 'the attribute arn of okta_group.Admins is unknown'],
    ['${okta_group.Admins}', 'it is not an attribute of a resource'],
    ['${self.name}', 'it is not an attribute of a resource'],
    ['${okta_group.Admins.certificate_authority[1].data}', 'there is no 1'],
    ['${upper(okta_group.Admins.name)}', 'the function upper is not supported'],
    ['${data.terraform_remote_state.okta.backend}', 'only outputs of another stack can be read'],
    ['a ${okta_group.Admins.certificate_authority} b', 'a list or object cannot be part of a string'],
    ['${1}', 'expected a name before "1}"'],
  ])('fails for %s with the expression and its place', (text, reason) => {
    const resolve = () => resolved({ a: ['', text] });

    expect(resolve).toThrow(new AccessError(`Cannot resolve ${text} at here.a[1] in the stack okta: ${reason}.`));
  });

  test('fails for an unknown output of another stack', () => {
    const resolve = () => resolved('${data.terraform_remote_state.okta.outputs.issuer}', 'rbac');

    expect(resolve).toThrow(new AccessError('The stack okta has no output issuer.'));
  });

  test('fails for a stack that was not synthesized', () => {
    const resolve = () => resolved('${data.terraform_remote_state.other.outputs.issuer}', 'rbac');

    expect(resolve).toThrow(new AccessError('There is no synthesized stack other.'));
  });
});
