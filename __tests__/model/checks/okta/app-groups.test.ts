import { problemsWith, SMALLEST } from '../../../access-files';

const fileWith = (existing: unknown, groupsClaim: Record<string, unknown> = {}) => ({
  groupsClaim,
  groups: { 'eks-admins': {}, 'eks-dir': { existing } },
  grants: [...SMALLEST.grants, { group: 'eks-dir', role: 'view', clusters: '*' }],
});

describe('app-groups', () => {
  test('refuses a grant to a group that a filter never carries', () => {
    expect(problemsWith(fileWith({ type: 'APP_GROUP' }))).toEqual([
      {
        path: 'grants[1].group',
        check: 'app-groups',
        message: "The group 'eks-dir' is never in the token: a filter carries only groups that Okta owns.",
        given: "a group with the type 'APP_GROUP', and no groupsClaim.expression",
        allowed: 'groupsClaim.expression, or a group that Okta owns',
        fix: 'Set groupsClaim.expression, such as Groups.startsWith("active_directory", "EKS", 100).',
        source: 'https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/',
      },
    ]);
  });

  test.each([
    [{ type: 'APP_GROUP' }, { expression: 'Groups.startsWith("active_directory", "eks", 100)' }],
    [{ type: 'OKTA_GROUP' }, {}],
    [{ id: '00g1emaKYZTWRYYRRTSK' }, {}],
    [true, {}],
  ])('allows %j with %j', (existing, groupsClaim) => {
    expect(problemsWith(fileWith(existing, groupsClaim))).toEqual([]);
  });

  test('is silent on such a group without a grant', () => {
    expect(problemsWith({ groups: { 'eks-admins': {}, x: { existing: { type: 'APP_GROUP' } } } })).toEqual([]);
  });
});
