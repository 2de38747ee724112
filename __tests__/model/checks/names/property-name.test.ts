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
        allowed: 'any other text',
        fix: 'Choose another name, such as one with a prefix.',
        source: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Object',
      },
    ]);
  });

  test.each(['Constructor', 'my-constructor', 'to-string', 'length'])('allows a role named %s', (name) => {
    expect(problemsWith({ roles: { [name]: POD_READER } })).toEqual([]);
  });
});
