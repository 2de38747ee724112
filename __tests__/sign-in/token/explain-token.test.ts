import type { LiveFacts } from '../../../live/facts/live-facts';
import { type ClusterAnswer, explainToken, type TokenExplanation } from '../../../sign-in/token/explain-token';
import { checkedSignature, type KeySource } from '../../../sign-in/token/signature';
import { accessWith } from '../../access-files';
import { CLIENT, type FakeIssuer, fakeIssuer, ISSUER, NOW, SECONDS, unsigned } from '../../authentication/fake-issuer';

const fact = (value: string) => ({ value, source: '--test' });
const FACTS: LiveFacts = {
  issuerUrl: fact(ISSUER),
  clientIds: new Map([
    ['prod', fact(CLIENT)],
    ['dev', fact('client-of-dev')],
  ]),
  endpoints: new Map(),
  certificateAuthorities: new Map(),
};
const CHANGES = {
  groups: { 'eks-admins': {}, 'eks-viewers': {} },
  clusters: { prod: { kind: 'eks', region: 'eu-west-1' }, dev: { kind: 'eks', region: 'eu-west-1' } },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-viewers', role: 'view', clusters: ['prod'], namespaces: ['shop'] },
  ],
};

let issuer: FakeIssuer;

beforeEach(async () => {
  issuer = await fakeIssuer();
});

interface Given {
  readonly changes?: Record<string, unknown>;
  readonly facts?: LiveFacts;
  readonly source?: KeySource;
  readonly now?: number;
}

async function explained(
  token: string,
  { changes = {}, facts = FACTS, source = { kind: 'issuer', issuerUrl: ISSUER }, now = NOW }: Given = {},
): Promise<TokenExplanation> {
  const access = accessWith({ ...CHANGES, ...changes });
  const signature = await checkedSignature(token, source, issuer.fetch);
  return explainToken({ token, access, clusters: Object.values(access.clusters), facts, signature, now });
}

/** What the cluster `prod` makes of a token. */
async function ofProd(token: string, given: Given = {}): Promise<ClusterAnswer> {
  const { clusters } = await explained(token, given);
  return clusters[0] as ClusterAnswer;
}

test('says what is in the token, with times', async () => {
  const { at, header, claims, signature } = await explained(await issuer.sign({ tenant: 'a' }), {
    changes: { claims: { tenant: 'user.tenant' }, identityProvider: { requiredClaims: { tenant: 'a' } } },
  });

  expect(at).toBe('2026-01-15T12:00:00.000Z');
  expect(header.map(({ name, value, meaning }) => [name, value, meaning])).toEqual([
    ['alg', 'RS256', 'how it is signed'],
    ['kid', 'RS256-0', 'which key of the issuer has signed it'],
  ]);
  expect(claims.map(({ name, meaning, time }) => [name, meaning, time])).toEqual([
    ['iss', 'issuer: the authorization server', undefined],
    ['aud', 'audience: the client ID of the app', undefined],
    ['sub', 'the person’s ID in Okta', undefined],
    ['exp', 'when it expires', '2026-01-15T13:00:00.000Z'],
    ['iat', 'when it was issued', '2026-01-15T12:00:00.000Z'],
    ['email', 'e-mail address; user name in Kubernetes', undefined],
    ['groups', 'groups in Kubernetes', undefined],
    ['tenant', 'required by clusters', undefined],
  ]);
  expect(signature).toEqual({
    state: 'right',
    because: 'One of the keys that the discovery of the issuer names has signed it.',
  });
});

test('says who the person is on each cluster, and what the file gives them there', async () => {
  const { clusters } = await explained(await issuer.sign({ groups: ['eks-viewers', 'other'] }));

  expect(clusters.map(({ cluster, accepted }) => [cluster, accepted])).toEqual([
    ['prod', true],
    ['dev', false],
  ]);
  const [prod] = clusters;
  expect(prod?.user).toEqual({ name: 'okta:ana@example.com', groups: ['okta:eks-viewers', 'okta:other'] });
  expect(prod?.roles.map(({ group, role, namespace, grant }) => [group, role, namespace, grant])).toEqual([
    ['eks-viewers', 'view', 'shop', 'grants[1]'],
  ]);
});

test.each<[string, Record<string, unknown>, string, string]>([
  [
    'the app of another cluster',
    { aud: 'client-of-dev' },
    `oidc: expected audience "${CLIENT}" got ["client-of-dev"]`,
    `The token is for the app dev. Set --oidc-client-id=${CLIENT} in the kubeconfig, and sign in again.`,
  ],
  [
    'the issuer with a slash',
    { iss: `${ISSUER}/` },
    `no authenticator for the issuer "${ISSUER}/", expected "${ISSUER}"`,
    'Only the trailing slash differs, but the two must be identical. Deploy the stack of the cluster, and make the kubeconfig again.',
  ],
  [
    'the organization as issuer',
    { iss: 'https://okta.example' },
    `no authenticator for the issuer "https://okta.example", expected "${ISSUER}"`,
    `The token is from the organization itself, not from its authorization server. Set --oidc-issuer-url=${ISSUER} in the kubeconfig.`,
  ],
  [
    'a token that has expired',
    { exp: SECONDS - 1 },
    'oidc: token is expired',
    'Sign in again. With signIn.refresh in the access file, kubelogin refreshes tokens without a person.',
  ],
  [
    'no e-mail address',
    { email: undefined },
    'oidc: parse username claims "email": claim not present',
    'Sign in with the scope email: --oidc-extra-scope=email in the kubeconfig.',
  ],
  [
    'an address that is not verified',
    { email_verified: false },
    'oidc: email not verified',
    'Verify the address in Okta, or use another user name claim: identityProvider.usernameClaim.',
  ],
])('says why a cluster refuses %s, and what to do', async (_, claims, because, fix) => {
  expect(await ofProd(await issuer.sign(claims))).toMatchObject({
    accepted: false,
    because,
    fix,
    user: null,
    roles: [],
  });
});

test('says that a claim is not the required one', async () => {
  const changes = { claims: { tenant: 'user.tenant' }, identityProvider: { requiredClaims: { tenant: 'a' } } };

  expect(await ofProd(await issuer.sign({ tenant: 'b' }), { changes })).toMatchObject({
    accepted: false,
    because: 'oidc: required claim tenant value does not match. Got = b, want = a',
  });
});

describe('the signature', () => {
  test('is wrong if no key of the issuer has made it', async () => {
    const other = await fakeIssuer('somebody else');
    const { signature, clusters } = await explained(await other.sign());

    expect(signature).toEqual({ state: 'wrong', because: 'oidc: failed to verify id token signature.' });
    expect(clusters[0]).toMatchObject({ accepted: false, because: 'oidc: failed to verify id token signature' });
  });

  test('is checked with saved keys, without a network', async () => {
    const keys = Buffer.from(JSON.stringify({ keys: issuer.keys }));
    const { signature, clusters } = await explained(await issuer.sign(), { source: { kind: 'saved', keys } });

    expect(signature).toEqual({ state: 'right', because: 'One of the key set of --jwks has signed it.' });
    expect(clusters[0]?.accepted).toBe(true);
    expect(issuer.requested).toEqual([]);
  });

  test('is not checked with a file that is not a key set', async () => {
    const source = { kind: 'saved', keys: Buffer.from('[]') } as const;

    const { signature } = await explained(await issuer.sign(), { source });

    expect(signature).toEqual({
      state: 'not checked',
      because: 'The file of --jwks is not a key set: oidc: failed to decode keys: not a JSON object.',
    });
  });

  test('of a forged token is wrong, too, where a key set has other keys', async () => {
    const keys = Buffer.from(JSON.stringify({ keys: issuer.keys }));

    const { signature } = await explained(unsigned({ alg: 'RS256' }, { iss: ISSUER }), {
      source: { kind: 'saved', keys },
    });

    expect(signature.state).toBe('wrong');
  });

  test('is not called wrong where its algorithm is none that Kubernetes accepts', async () => {
    const token = unsigned({ alg: 'EdDSA', constructor: 'x' }, { iss: ISSUER, aud: CLIENT, exp: SECONDS + 60 });

    const { header, signature, clusters } = await explained(token);

    expect(signature).toEqual({
      state: 'not checked',
      because: '"EdDSA" is no algorithm that Kubernetes accepts, so no key was tried.',
    });
    expect(clusters[0]).toMatchObject({
      accepted: false,
      because: 'oidc: id token signed with unsupported algorithm "EdDSA"',
    });
    expect(header.map(({ meaning }) => meaning)).toEqual(['how it is signed', '']);
  });

  test.each<[string, () => void, string]>([
    [
      'does not answer',
      () => {
        Object.assign(issuer, {
          fetch: () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })),
        });
      },
      `${ISSUER}/.well-known/openid-configuration cannot be reached: ECONNREFUSED.`,
    ],
    [
      'does not exist',
      () => {
        issuer.status = 404;
      },
      `${ISSUER}/.well-known/openid-configuration answers with status 404.`,
    ],
  ])('is not checked if the issuer %s, and then nothing is certain', async (_, change, because) => {
    const token = await issuer.sign();
    change();
    const { signature, clusters } = await explained(token);

    expect(signature).toEqual({ state: 'not checked', because });
    expect(clusters[0]).toMatchObject({
      accepted: null,
      because: 'Could not check: the signature is not checked. Everything else fits.',
      user: { name: 'okta:ana@example.com', groups: ['okta:eks-admins'] },
    });
  });

  test('that is not checked leaves other refusals certain', async () => {
    issuer.status = 500;

    expect(await ofProd(await issuer.sign({ exp: SECONDS - 1 }))).toMatchObject({
      accepted: false,
      because: 'oidc: token is expired',
    });
  });
});

test('is not certain where the client ID or the issuer is not known', async () => {
  const facts = { ...FACTS, issuerUrl: undefined, clientIds: new Map() };

  expect(await ofProd(await issuer.sign(), { facts })).toMatchObject({
    accepted: null,
    because:
      'Could not check: the issuer that the cluster trusts is not known, the client ID of the app prod is not known. Everything else fits.',
    fix: 'Add --outputs, --aws, or --issuer and --client-id.',
  });
});

describe('hints', () => {
  test.each<[string, unknown, Record<string, unknown>, readonly string[]]>([
    [
      'another case',
      ['EKS-Admins'],
      {},
      [
        "The token has the group 'EKS-Admins', which Kubernetes sees as 'okta:EKS-Admins'. The binding wants 'okta:eks-admins'. Okta ignores case in filters, and Kubernetes does not: rename the group in Okta to 'eks-admins', or write 'EKS-Admins' in the access file.",
      ],
    ],
    [
      'a prefix that the token has already',
      ['okta:eks-admins'],
      {},
      [
        "The token has the group 'okta:eks-admins', which Kubernetes sees as 'okta:okta:eks-admins'. The binding wants 'okta:eks-admins'. The prefix is in the token already: remove it from the claim, or from the identity provider of the cluster.",
      ],
    ],
    [
      'a prefix that the cluster does not add',
      ['okta:eks-admins'],
      { identityProvider: { prefix: '' } },
      [
        "The token has the group 'okta:eks-admins', which Kubernetes sees as 'okta:eks-admins'. The binding wants 'eks-admins'. The prefix is in the token already: remove it from the claim, or from the identity provider of the cluster.",
      ],
    ],
    [
      'groups without a grant',
      ['eks-others', 'x'],
      {},
      ['No group of the token has a grant on this cluster: eks-others, x.'],
    ],
    ['an empty list', [], {}, ['No group of the token has a grant on this cluster: it has no groups.']],
    [
      'no groups',
      undefined,
      {},
      [
        "The token has no claim 'groups', so the person is in no group. Okta leaves the claim out if no group of the person fits the filter, and the claims of the token are: iss, aud, sub, exp, iat, email. Run token preview to see why.",
      ],
    ],
    ['the groups of two grants', ['eks-admins', 'eks-viewers'], {}, []],
  ])('for %s', async (_, groups, changes, expected) => {
    const { accepted, hints } = await ofProd(await issuer.sign({ groups }), { changes });

    expect({ accepted, hints }).toEqual({ accepted: true, hints: expected });
  });
});

test('shows no token, also none in a claim', async () => {
  const inner = await issuer.sign();
  const token = await issuer.sign({ actor: { token: inner }, list: [inner] });

  const text = JSON.stringify(await explained(token));

  for (const part of [...token.split('.'), ...inner.split('.')]) expect(text).not.toContain(part);
  expect(text).toContain('(a token)');
});

test('explains a token that nobody can read', async () => {
  const { header, claims, clusters } = await explained('a.b.c');

  expect({ header, claims }).toEqual({ header: [], claims: [] });
  expect(clusters[0]).toMatchObject({ accepted: false, because: expect.stringMatching(/^oidc: malformed jwt/) });
});
