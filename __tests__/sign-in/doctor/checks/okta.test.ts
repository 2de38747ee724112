import type {
  OktaApp,
  OktaAuthorizationServer,
  OktaClaim,
  OktaGroup,
  OktaGroupRule,
  OktaLogEvent,
  OktaPolicyRule,
  OktaUser,
} from '../../../../live/okta/okta-objects';
import type { PolicyWithRules } from '../../../../sign-in/doctor/okta-answers';
import { accessWith } from '../../../access-files';
import { CLIENT, ISSUER, type Known, lineOf, resultOf, signInContext } from '../context-with';

const person: OktaUser = { id: '00u1', status: 'ACTIVE', profile: { login: 'ana@example.com' } };
const group = (name: string, type = 'OKTA_GROUP'): OktaGroup => ({ id: `id of ${name}`, type, profile: { name } });
const ADMINS = group('eks-admins');
const server: OktaAuthorizationServer = {
  ...{ id: 'aus1', name: 'EKS', issuer: ISSUER, issuerMode: 'ORG_URL', audiences: [], status: 'ACTIVE' },
};
const app = (oauthClient: object = {}): OktaApp => ({
  ...{ id: '0oa1', label: 'prod', status: 'ACTIVE' },
  credentials: { oauthClient: { client_id: CLIENT, token_endpoint_auth_method: 'none' } },
  settings: {
    oauthClient: {
      grant_types: ['authorization_code'],
      redirect_uris: ['http://localhost:8000', 'http://localhost:18000'],
      ...oauthClient,
    },
  },
});
const claim = (changes: Partial<OktaClaim> = {}): OktaClaim => ({
  ...{ id: 'ocl1', name: 'groups', status: 'ACTIVE', claimType: 'IDENTITY', valueType: 'GROUPS', value: 'eks-' },
  ...{ alwaysIncludeInToken: true, group_filter_type: 'STARTS_WITH', conditions: { scopes: [] } },
  ...changes,
});

/** What a check says with these answers of Okta. */
const line = (check: string, okta: Known['okta'], known: Known = {}) =>
  lineOf(check, { kubeconfig: signInContext(), okta, ...known });

test.each<[string, Known['okta'], string]>([
  ['okta-server', { server: async () => server }, `ok: ${ISSUER}`],
  ['okta-server', { server: async () => undefined }, 'problem: Okta has no authorization server EKS.'],
  [
    'okta-server',
    { server: async () => ({ ...server, status: 'INACTIVE' }) },
    'problem: The authorization server EKS is INACTIVE.',
  ],
  [
    'okta-server',
    { server: async () => ({ ...server, issuerMode: 'DYNAMIC' }) },
    'problem: The issuer mode is Dynamic: the issuer in a token is the host name of its sign-in, and a cluster trusts one text.',
  ],
  [
    'okta-server',
    { server: async () => ({ ...server, issuer: 'https://login.example.com/oauth2/aus1' }) },
    `problem: Okta has the issuer https://login.example.com/oauth2/aus1, and the kubeconfig has ${ISSUER}.`,
  ],
  ['okta-app', { app: async () => app() }, 'ok: 0oa1'],
  ['okta-app', { app: async () => undefined }, 'problem: Okta has no app prod.'],
  [
    'okta-app',
    { app: async () => ({ ...app(), credentials: { oauthClient: { client_id: '0oa2' } } }) },
    'problem: The app has 0oa2, and the kubeconfig has 0oa1.',
  ],
  ['okta-app-settings', { app: async () => app() }, 'ok: ports 8000, 18000, authorization_code'],
  [
    'okta-app-settings',
    { app: async () => app({ redirect_uris: ['http://localhost:8000/'], grant_types: [] }) },
    'problem: The app prod: It lacks the redirect addresses http://localhost:8000, http://localhost:18000. It lacks the grant types authorization_code.',
  ],
  [
    'okta-app-settings',
    {
      app: async () => ({
        ...app(),
        credentials: { oauthClient: { client_id: CLIENT, token_endpoint_auth_method: 'client_secret_basic' } },
      }),
    },
    'problem: The app prod: It authenticates clients with client_secret_basic, and kubelogin has no secret.',
  ],
  ['okta-scopes', { scopes: async () => ['openid', 'email'] }, 'ok: openid, email'],
  ['okta-scopes', { scopes: async () => ['openid'] }, 'problem: The server does not have email.'],
  ['okta-policy', { policies: async () => [] }, 'problem: No access policy is for the app prod.'],
  ['okta-assignment', { isAssigned: async () => true }, 'ok: assigned'],
  [
    'okta-assignment',
    { isAssigned: async () => false, assignedGroups: async () => [], groups: async () => [ADMINS] },
    'problem: No group is assigned to the app.',
  ],
  [
    'okta-assignment',
    { isAssigned: async () => false, assignedGroups: async () => ['00g9'], groups: async () => [ADMINS] },
    'problem: Of the person’s groups, none is assigned to the app: eks-admins.',
  ],
  [
    'okta-assignment',
    { isAssigned: async () => false, assignedGroups: async () => [ADMINS.id], groups: async () => [ADMINS] },
    'could not check: Okta has not assigned them yet, and their groups are assigned: eks-admins. Wait a minute.',
  ],
])('%s', async (check, okta, text) => {
  expect(await line(check, okta)).toBe(text);
});

test.each(['okta-server', 'okta-app', 'okta-scopes', 'okta-person', 'okta-membership', 'okta-log', 'token-current'])(
  '%s could not check without Okta',
  async (check) => {
    expect(await line(check, {}, { token: { groups: [] } })).toBe('could not check: It is not known.');
  },
);

describe('okta-person', () => {
  const of = (user: OktaUser | undefined) => ({ login: async () => 'ana@example.com', person: async () => user });

  test.each(['SUSPENDED', 'LOCKED_OUT', 'PASSWORD_EXPIRED', 'RECOVERY', 'STAGED', 'PROVISIONED', 'DEPROVISIONED'])(
    'finds a person who is %s, with what to do',
    async (status) => {
      const { evidence, fix } = await resultOf('okta-person', { okta: of({ ...person, status }) });

      expect(evidence).toBe(`ana@example.com is ${status}.`);
      expect(fix).not.toMatch(/^Correct the login/);
    },
  );

  test('finds that there is no such person', async () => {
    expect(await line('okta-person', of(undefined), { login: 'ana@example.com' })).toBe(
      'problem: Okta finds no ana@example.com: there is no such person, or they were deactivated.',
    );
  });
});

test('okta-person does not blame a person whose login nobody knows', async () => {
  const okta = { login: async () => 'ana@example.com', person: async () => undefined };

  expect(await line('okta-person', okta)).toBe(
    'could not check: Okta finds no ana@example.com, which the token has as address. Name the login: --login.',
  );
});

describe('okta-membership', () => {
  const rule = (changes: Partial<OktaGroupRule>): OktaGroupRule => ({
    ...{ id: '0pr1', name: 'Admins', status: 'ACTIVE' },
    conditions: { people: { users: { exclude: [] } }, expression: { value: 'user.department == "Platform"' } },
    actions: { assignUserToGroups: { groupIds: [] } },
    ...changes,
  });
  const access = accessWith({ groups: { 'eks-admins': { rule: 'user.department == "Platform"' } } });
  const others = async () => [group('Everyone', 'BUILT_IN')];
  const start = 'problem: The person is in Everyone, and the cluster prod gives roles to eks-admins.';

  test.each<[string, Known['okta'], string]>([
    ['one of its groups', { groups: async () => [ADMINS] }, 'ok: eks-admins'],
    ['none', { groups: others, person: async () => person, rules: async () => [rule({})] }, start],
    [
      'none, because the rule excludes the person',
      {
        groups: others,
        person: async () => person,
        rules: async () => [
          rule({
            conditions: {
              people: { users: { exclude: ['00u1'] } },
              expression: { value: 'user.department == "Platform"' },
            },
          }),
        ],
      },
      `${start} The rule Admins excludes them: somebody removed them from its group by hand. Take them out of its exclusions.`,
    ],
    [
      'none, because the rule is off',
      { groups: others, person: async () => person, rules: async () => [rule({ status: 'INACTIVE' })] },
      `${start} The rule Admins is INACTIVE.`,
    ],
  ])('%s', async (_, okta, text) => {
    expect(await line('okta-membership', okta, { access })).toBe(text);
  });

  test('names a group that differs only in its case', async () => {
    expect(await line('okta-membership', { groups: async () => [group('EKS-Admins')] })).toMatch(
      /\. The person is in the group 'EKS-Admins', .* rename the group in Okta to 'eks-admins'/,
    );
  });
});

describe('okta-rule', () => {
  const rule = (changes: object = {}, more: Partial<OktaPolicyRule> = {}): OktaPolicyRule => ({
    ...{ id: '0pr1', name: 'Everybody', status: 'ACTIVE', priority: 1 },
    conditions: {
      grantTypes: { include: ['authorization_code'] },
      people: { groups: { include: ['EVERYONE'] } },
      scopes: { include: ['*'] },
      ...changes,
    },
    ...more,
  });
  const policy = (rules: readonly OktaPolicyRule[], status = 'ACTIVE'): PolicyWithRules => ({
    ...{ id: '00p1', name: 'kubectl', status, priority: 1, rules },
  });
  const of = (...policies: readonly PolicyWithRules[]) => ({
    policies: async () => policies,
    person: async () => person,
    groups: async () => [ADMINS],
  });

  test.each<[string, readonly PolicyWithRules[], string]>([
    ['fits', [policy([rule()])], 'ok: Everybody'],
    [
      'fits behind one that does not',
      [policy([rule({}, { status: 'INACTIVE' }), rule({}, { name: 'Second' })])],
      'ok: Second',
    ],
    ['fits by a group', [policy([rule({ people: { groups: { include: [ADMINS.id] } } })])], 'ok: Everybody'],
    [
      'is for others',
      [policy([rule({ people: { groups: { include: ['00g9'] } } })])],
      'Everybody: it is for other groups',
    ],
    [
      'excludes a group',
      [policy([rule({ people: { groups: { include: ['EVERYONE'], exclude: [ADMINS.id] } } })])],
      'Everybody: it excludes the person',
    ],
    [
      'excludes the person',
      [policy([rule({ people: { groups: { include: ['EVERYONE'] }, users: { exclude: ['00u1'] } } })])],
      'Everybody: it excludes the person',
    ],
    [
      'is for other grants',
      [policy([rule({ grantTypes: { include: ['password'] } })])],
      'Everybody: it does not allow authorization_code',
    ],
    [
      'lacks a scope',
      [policy([rule({ scopes: { include: ['openid'] } })])],
      'Everybody: it does not allow the scopes email',
    ],
    ['is only in a later policy', [policy([]), policy([rule()])], 'problem: The policy kubectl has no rule.'],
    ['is behind a policy that is off', [policy([], 'INACTIVE'), policy([rule()])], 'ok: Everybody'],
  ])('%s', async (_, policies, text) => {
    const found = await line('okta-rule', of(...policies));

    expect(found).toBe(/^(ok|problem): /.test(text) ? text : `problem: No rule of the policy kubectl fits. ${text}.`);
  });
});

describe('okta-groups-claim', () => {
  const of = (found: OktaClaim | undefined, groups = [ADMINS]) => ({
    claims: async () => (found === undefined ? [] : [found]),
    groups: async () => groups,
  });

  test.each<[string, OktaClaim | undefined, string]>([
    ['that is right', claim(), "ok: filter: starts_with 'eks-'"],
    ['that ignores case', claim({ value: 'EKS-' }), "ok: filter: starts_with 'EKS-'"],
    [
      'with a part of the name',
      claim({ group_filter_type: 'CONTAINS', value: 'ADMIN' }),
      "ok: filter: contains 'ADMIN'",
    ],
    ['with the name', claim({ group_filter_type: 'EQUALS', value: 'eks-admins' }), "ok: filter: equals 'eks-admins'"],
    ['with an expression', claim({ group_filter_type: 'REGEX', value: '^eks-.*$' }), "ok: filter: regex '^eks-.*$'"],
    [
      'with an expression in another case',
      claim({ group_filter_type: 'REGEX', value: '^EKS-.*$' }),
      'problem: The filter',
    ],
    [
      'that leaves it out',
      claim({ value: 'k8s-' }),
      "problem: The filter (starts_with 'k8s-') leaves out eks-admins, with a role on the cluster.",
    ],
    ['that is not there', undefined, 'problem: The server has no claim groups for ID tokens.'],
    ['for access tokens', claim({ claimType: 'RESOURCE' }), 'problem: The server has no claim groups for ID tokens.'],
    ['that is off', claim({ status: 'INACTIVE' }), 'problem: The claim groups is INACTIVE.'],
    [
      'that is not always there',
      claim({ alwaysIncludeInToken: false }),
      'problem: The claim groups is not always in ID tokens',
    ],
    [
      'for a scope that nobody requests',
      claim({ conditions: { scopes: ['profile'] } }),
      'problem: The claim groups is only for the scopes profile, which the sign-in does not request.',
    ],
    [
      'of an Okta expression',
      claim({ valueType: 'EXPRESSION' }),
      'could not check: Only Okta can evaluate the expression',
    ],
  ])('%s', async (_, found, text) => {
    expect((await line('okta-groups-claim', of(found))).startsWith(text)).toBe(true);
  });

  test('leaves out groups of directories', async () => {
    const { evidence, fix } = await resultOf('okta-groups-claim', {
      kubeconfig: {},
      okta: of(claim(), [group('eks-admins', 'APP_GROUP')]),
    });

    expect(evidence).toBe(
      "The filter (starts_with 'eks-') leaves out eks-admins (of the type APP_GROUP), with a role on the cluster.",
    );
    expect(fix).toContain('groupsClaim.expression');
  });
});

describe('okta-log', () => {
  const event = (eventType: string, result: string, reason?: string): OktaLogEvent => ({
    ...{ uuid: '1', published: '2026-11-26T11:00:00Z', eventType, displayMessage: 'A sign-in' },
    outcome: { result, reason },
  });
  const at = (id: string, one: OktaLogEvent): OktaLogEvent => ({ ...one, target: [{ id, type: 'AppInstance' }] });
  const of = (...events: OktaLogEvent[]) => ({ signIns: async () => events, app: async () => app() });

  test.each<[string, readonly OktaLogEvent[], string]>([
    ['nothing', [], 'ok: no sign-in in the last day'],
    ['a success', [event('app.oauth2.as.authorize.code', 'SUCCESS')], 'ok: A sign-in at 2026-11-26T11:00:00Z: SUCCESS'],
    [
      'a failure',
      [event('app.oauth2.as.authorize', 'FAILURE', 'no_matching_policy'), event('user.session.start', 'SUCCESS')],
      'problem: A sign-in at 2026-11-26T11:00:00Z: FAILURE, no_matching_policy.',
    ],
    [
      'a failure before a success',
      [event('user.session.start', 'SUCCESS'), event('app.oauth2.as.authorize', 'FAILURE', 'no_matching_policy')],
      'ok: A sign-in at 2026-11-26T11:00:00Z: SUCCESS',
    ],
    [
      'a policy that denied',
      [event('policy.evaluate_sign_on', 'DENY')],
      'problem: A sign-in at 2026-11-26T11:00:00Z: DENY.',
    ],
    [
      'a failure at another app',
      [at('0oa9', event('app.oauth2.as.authorize', 'FAILURE'))],
      'ok: no sign-in in the last day',
    ],
    [
      'a failure at this app',
      [at('0oa1', event('app.oauth2.as.authorize', 'FAILURE'))],
      'problem: A sign-in at 2026-11-26T11:00:00Z: FAILURE.',
    ],
    ['something else', [event('user.account.update_profile', 'FAILURE')], 'ok: no sign-in in the last day'],
  ])('has %s', async (_, events, text) => {
    expect(await line('okta-log', of(...events))).toBe(text);
  });
});

test('token-current compares the token with the groups of now', async () => {
  const okta = { claims: async () => [claim()], groups: async () => [ADMINS, group('Everyone', 'BUILT_IN')] };

  expect(await line('token-current', okta, { token: { groups: ['eks-admins'] } })).toMatch(/^ok: /);
  expect(await line('token-current', okta, { token: { groups: ['eks-others'] } })).toBe(
    'problem: Okta has the person in eks-admins, and the token does not.',
  );
});

test.each([undefined, claim({ status: 'INACTIVE' }), claim({ valueType: 'EXPRESSION' })])(
  'token-current could not check without a filter in force: %j',
  async (found) => {
    const okta = { claims: async () => (found === undefined ? [] : [found]), groups: async () => [ADMINS] };

    expect(await line('token-current', okta, { token: { groups: [] } })).toBe(
      'could not check: It is not known which groups a new token would have (see okta-groups-claim).',
    );
  },
);

test('okta-claims looks at the claims that the access file makes', async () => {
  const access = accessWith({ claims: { badge: 'user.badge' }, identityProvider: { usernameClaim: 'badge' } });
  const of = (...claims: OktaClaim[]) => ({ claims: async () => claims });

  expect(await line('okta-claims', of(claim({ name: 'badge' })), { access })).toBe('ok: badge');
  expect(await line('okta-claims', of(), { access })).toBe('problem: The server has no claim badge for ID tokens.');
  expect(await line('okta-claims', of())).toBe('could not check: It does not apply.');
});
