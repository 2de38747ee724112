import { attributesIn } from '../../../constraints/okta/self-service-attributes';

describe('attributesIn', () => {
  test.each([
    ['user.department == "Platform"', ['department']],
    ['user.title == "user.firstName"', ['title']],
    ['user.title == "a \\" user.firstName"', ['title']],
    ["user.title == 'user.firstName' AND user.lastName != null", ['lastName', 'title']],
    ['String.len( user . email ) > 3 ? user.team == "a" : false', ['email', 'team']],
    ['superuser.team == "a"', []],
    ['user["team"] == "a" AND user[ \'title\' ] != "user[email]"', ['team', 'title']],
    ['user.profile.team == "a" OR user?.title == "b"', ['team', 'title']],
    ['isMemberOfGroupName("x")', []],
  ])('of %s are %j', (expression, names) => {
    expect(attributesIn(expression)).toEqual(names);
  });
});
