import { Construct, RootConstruct } from 'constructs';
import { constructId } from '../../constraints/construct-id';

describe('constructId', () => {
  test.each([
    ['ana@example.com', 'ana@example.com'],
    ['a/b', 'a%2Fb'],
    ['a--b', 'a--b'],
    ['a%2Fb', 'a%252Fb'],
    ['a/b/c%', 'a%2Fb%2Fc%25'],
  ])('makes the login or network zone %s %s, which no other name has', (name, id) => {
    expect(constructId('login', name)).toBe(id);
    expect(constructId('networkZone', name)).toBe(id);
  });

  test('writes the path of a role with :, which its name cannot contain', () => {
    expect(constructId('roleArn', 'arn:aws:iam::111122223333:role/ci/deployer--%')).toBe(
      'arn:aws:iam::111122223333:role:ci:deployer--%',
    );
  });

  test.each(['eks-admins', 'a/b', 'a--b', 'a%2Fb/'])(
    'makes the app or group %s the id that a construct gets',
    (name) => {
      const { id } = new Construct(new RootConstruct(), name).node;

      expect(constructId('app', name)).toBe(id);
      expect(constructId('group', name)).toBe(id);
    },
  );
});
