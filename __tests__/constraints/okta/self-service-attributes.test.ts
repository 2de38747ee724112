import { attributesIn } from '../../../constraints/okta/self-service-attributes';

describe('attributesIn', () => {
  test.each([
    ['user.department == "Platform"', ['department']],
    ['user.title == "user.firstName"', ['title']],
    ['user.title == "a \\" user.firstName"', ['title']],
    ["user.title == 'user.firstName' AND user.lastName != null", ['lastName', 'title']],
    ['String.len( user . email ) > 3 ? user.team == "a" : false', ['email', 'team']],
    ['superuser.team == "a"', []],
    ['isMemberOfGroupName("x")', []],
  ])('of %s are %j', (expression, names) => {
    expect(attributesIn(expression)).toEqual(names);
  });
});
