import { problemsWith } from '../../../access-files';

const POD_READER = { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] };

describe('property-name', () => {
  test.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty'])('fails for a role named %s', (name) => {
    expect(problemsWith({ roles: { [name]: POD_READER } })).toEqual([
      {
        path: `roles.${name}`,
        check: 'property-name',
        message: 'Every object of JavaScript has a property of this name.',
        given: `'${name}'`,
        allowed: 'any other name',
        fix: 'Choose another name, such as one with a prefix.',
        source: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Object',
      },
    ]);
  });

  test.each([
    [{ groups: { constructor: {}, 'eks-admins': {} } }, 'groups.constructor'],
    [{ namespaces: { constructor: {} } }, 'namespaces.constructor'],
    [{ clusters: { prod: { kind: 'eks', region: 'eu-west-1', app: 'valueOf' } } }, 'clusters.prod.app'],
    [{ groupsClaim: { name: 'constructor' } }, 'groupsClaim.name'],
  ])('fails for a name in %j', (changes, path) => {
    expect(problemsWith(changes).filter(({ check }) => check === 'property-name')).toMatchObject([{ path }]);
  });

  test('allows texts that are written as they are', () => {
    const rules = [{ apiGroups: ['constructor.example.com'], resources: ['constructor'], verbs: ['constructor'] }];

    expect(
      problemsWith({
        groups: { 'eks-admins': { description: 'constructor' }, 'eks-a': { rule: 'user.constructor' } },
        roles: { reader: { rules } },
        grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*', reason: 'toString' }],
      }),
    ).toEqual([]);
  });

  test.each(['Constructor', 'my-constructor', 'to-string', 'length'])('allows a role named %s', (name) => {
    expect(problemsWith({ roles: { [name]: POD_READER } })).toEqual([]);
  });
});
