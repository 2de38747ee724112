import { pathInside, pathText } from '../../../model/file/path';

describe('pathText', () => {
  test.each([
    [[], ''],
    [['grants'], 'grants'],
    [['grants', 0, 'clusters', 12], 'grants[0].clusters[12]'],
    [['clusters', 'prod', 'logs'], 'clusters.prod.logs'],
    [['groups', 'eks-admins'], 'groups.eks-admins'],
    [['clusters', '*', '$x', 'a_1'], 'clusters.*.$x.a_1'],
    [['groups', 'my group', 'rule'], 'groups["my group"].rule'],
    [['groups', 'a.b'], 'groups["a.b"]'],
    [['groups', 'a"b\n'], 'groups["a\\"b\\n"]'],
    [['groups', ''], 'groups[""]'],
    [['my key'], '["my key"]'],
    [[Symbol('x')], '["Symbol(x)"]'],
  ])('writes %j as %s', (segments, text) => {
    expect(pathText(segments)).toBe(text);
  });
});

describe('pathInside', () => {
  test.each([
    ['', 'tags', 'tags'],
    ['', 0, '[0]'],
    ['grants[2]', 'group', 'grants[2].group'],
    ['tags', 'a b', 'tags["a b"]'],
    ['', 'a b', '["a b"]'],
    ['', '1', '1'],
  ])('adds to %j the member %j', (path, member, text) => {
    expect(pathInside(path, member)).toBe(text);
  });
});
