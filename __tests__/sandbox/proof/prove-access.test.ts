import production from '../../../examples/production';
import type { Access } from '../../../model';
import { clusterPolicy } from '../../../model/derived/cluster-policy';
import { authorizer } from '../../../rbac';
import type { ApiAnswer } from '../../../sandbox/api-server/api-server';
import type { SynthesizedCluster } from '../../../sandbox/api-server/synthesized-clusters';
import { type ProofWorld, proveAccess } from '../../../sandbox/proof/prove-access';
import { SignInError } from '../../../sandbox/sign-in/authorization-code';
import { accessWith, clusterOf } from '../../access-files';

const REFUSED = new SignInError('access_denied', 'User is not assigned to the client application.');

/** An access file in which a group has one role, in addition to the administrators. */
function accessGranting(role: string): Access {
  return accessWith({
    groups: { 'eks-admins': {}, 'eks-a': {} },
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: 'eks-a', role, clusters: '*' },
    ],
  });
}

/** A world that behaves like the model, with changes. */
function worldOf(
  access: Access,
  { keys = ['prod'], ...changes }: Partial<ProofWorld> & { keys?: string[] } = {},
): ProofWorld {
  const people = [
    ...Object.keys(access.groups).map((group) => ({ login: `${group}@demo.example`, groups: [group] })),
    { login: 'nobody@demo.example', groups: [] as string[] },
  ];
  return {
    people,
    assumedClaims: [],
    stackDifferences: [],
    unprovedRules: [],
    profiles: keys.map((key) => ({ cluster: synthesized(access, key), others: 0 })),
    async signIn(login) {
      const person = people.find((candidate) => candidate.login === login);
      if (person === undefined || person.groups.length === 0) throw REFUSED;
      return { idToken: token({ iat: 0, exp: 3600, groups: person.groups }) };
    },
    apiServer({ policy }) {
      const authorize = authorizer(policy);
      return {
        async ask(idToken = '', request): Promise<ApiAnswer> {
          const { groups } = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString());
          const { allowed } = authorize(
            { user: '', groups: [...groups.map((name: string) => `okta:${name}`), 'system:authenticated'] },
            request,
          );
          return { status: allowed ? 200 : 403, reason: 'RBAC' };
        },
      };
    },
    ...changes,
  };
}

function synthesized(access: Access, key: string): SynthesizedCluster {
  const policy = clusterPolicy(access, clusterOf(access, key));
  return { key, authentication: {} as SynthesizedCluster['authentication'], policy };
}

function token(claims: unknown): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.e30`;
}

describe('the proof of an access file', () => {
  test('shows who may do what, and who is refused', async () => {
    const proof = await proveAccess(accessWith(), worldOf(accessWith()));

    expect(proof.differences).toEqual([]);
    expect(proof.rows.map(({ answers, ...row }) => row)).toEqual([
      { login: 'eks-admins@demo.example', groups: ['eks-admins'], cluster: 'prod', others: 0, refusal: null },
      {
        login: 'nobody@demo.example',
        groups: [],
        cluster: 'prod',
        others: 0,
        refusal: 'sign in: User is not assigned to the client application.',
      },
    ]);
    expect(proof.rows[0]?.answers).toContainEqual({ words: 'read secrets', namespace: 'kube-system', allowed: true });
    expect(proof.rows[1]?.answers).toEqual([]);
    expect(proof).toMatchObject({ people: 2, profiles: 1, signIns: 1 });
    expect(proof.leftOut).toEqual({ people: 0, profiles: 0, namespaces: 0 });
  });

  test.each([
    [{ requireMfa: true }, ['The local Okta does not ask for a second factor.']],
    [{ networkZones: ['VPN'] }, ['The local Okta does not look at network zones.']],
    [{ id: 'rst1' }, ['The local Okta does not have the authentication policy of the file.']],
  ])('says what it does not prove of the authentication policy %j', async (authenticationPolicy, notProved) => {
    const access = accessWith({ signIn: { authenticationPolicy } });

    const proof = await proveAccess(access, worldOf(access, { unprovedRules: ['a rule'] }));

    expect(proof.notProved).toEqual(['a rule', ...notProved]);
    expect((await proveAccess(accessWith(), worldOf(accessWith()))).notProved).toEqual([]);
  });

  test('marks what a guard refuses, which RBAC allows', async () => {
    const access = accessWith({ guards: { secretDeletion: [] } });

    const { rows } = await proveAccess(access, worldOf(access));

    const answers = rows[0]?.answers.filter(({ namespace }) => namespace === null);
    expect(answers).toContainEqual({
      words: 'delete secrets',
      namespace: null,
      allowed: true,
      guard: 'secretDeletion',
    });
    expect(answers?.filter(({ guard }) => guard !== undefined)).toHaveLength(1);
  });

  test('has no differences for the production example', async () => {
    const proof = await proveAccess(production, worldOf(production, { keys: ['production', 'tools'] }));

    expect(proof.differences).toEqual(
      // Developers and leads have a grant on the one cluster alone; the fake lets them sign in to the other.
      ['eks-developers', 'eks-leads'].map((group) => ({
        login: `${group}@demo.example`,
        cluster: 'tools',
        question: 'sign in',
        expected: 'access_denied: User is not assigned to the client application.',
        given: 'signed in',
      })),
    );
  });

  test('reports the person, the cluster, the question and both answers if a binding is missing', async () => {
    const access = accessGranting('pod-exec');
    const { authentication, key, policy } = synthesized(access, 'prod');
    const broken = { key, authentication, policy: { ...policy, clusterRoleBindings: [] } };

    const { differences } = await proveAccess(access, worldOf(access, { profiles: [{ cluster: broken, others: 0 }] }));

    expect(differences).toContainEqual({
      login: 'eks-admins@demo.example',
      cluster: 'prod',
      question: 'create pods/exec on the whole cluster',
      expected: 'allowed',
      given: 'denied: RBAC',
    });
  });

  test('finds an action that is allowed but should not be', async () => {
    const access = accessGranting('view');
    const tooMuch = {
      ...synthesized(access, 'prod'),
      policy: synthesized(accessGranting('cluster-admin'), 'prod').policy,
    };

    const { differences } = await proveAccess(access, worldOf(access, { profiles: [{ cluster: tooMuch, others: 0 }] }));

    expect(differences).toContainEqual({
      login: 'eks-a@demo.example',
      cluster: 'prod',
      question: 'get secrets on the whole cluster',
      expected: 'denied',
      given: 'allowed: RBAC',
    });
  });

  test('finds that nobody can authenticate, even if nothing should be allowed', async () => {
    const access = accessGranting('view');
    const apiServer = () => ({
      ask: async (): Promise<ApiAnswer> => ({ status: 401, reason: 'oidc: email not verified' }),
    });

    const { differences, rows } = await proveAccess(access, worldOf(access, { apiServer }));

    expect(differences).toEqual(
      ['eks-admins@demo.example', 'eks-a@demo.example'].map((login) => ({
        login,
        cluster: 'prod',
        question: 'authenticate with the ID token',
        expected: 'authenticated',
        given: '401: oidc: email not verified',
      })),
    );
    expect(rows[0]).toMatchObject({ refusal: 'authenticate: oidc: email not verified', answers: [] });
  });

  test('finds that a person is refused, and why', async () => {
    const refusal = new SignInError('access_denied', 'Policy evaluation failed for this request.');
    const signIn = async () => Promise.reject(refusal);

    const { differences } = await proveAccess(accessWith(), worldOf(accessWith(), { signIn }));

    expect(differences).toEqual([
      {
        login: 'eks-admins@demo.example',
        cluster: 'prod',
        question: 'sign in',
        expected: 'signed in',
        given: 'access_denied: Policy evaluation failed for this request.',
      },
      {
        login: 'nobody@demo.example',
        cluster: 'prod',
        question: 'sign in',
        expected: 'access_denied: User is not assigned to the client application.',
        given: 'access_denied: Policy evaluation failed for this request.',
      },
    ]);
  });

  test('expects everyone to sign in, without access, if everyone is assigned', async () => {
    const access = accessWith({ signIn: { assignment: 'everyone' } });
    const signIn = async (login: string) => ({
      idToken: token({ iat: 0, exp: 3600, groups: login.startsWith('nobody') ? [] : ['eks-admins'] }),
    });

    const proof = await proveAccess(access, worldOf(access, { signIn }));

    expect(proof.differences).toEqual([]);
    expect(proof.rows[1]).toMatchObject({ login: 'nobody@demo.example', refusal: null });
    expect(proof.rows[1]?.answers.filter(({ allowed }) => allowed)).toEqual([]);
  });

  test('finds a token that lives longer than the time of a revocation', async () => {
    const signIn = async () => ({ idToken: token({ iat: 0, exp: 7200, groups: ['eks-admins'] }) });

    const { differences } = await proveAccess(accessWith(), worldOf(accessWith(), { signIn }));

    expect(differences).toContainEqual({
      login: 'eks-admins@demo.example',
      cluster: 'prod',
      question: 'lifetime of the ID token',
      expected: '60 minutes',
      given: '120 minutes',
    });
  });

  test('covers 20 people, including the one in no group, and 8 profiles', async () => {
    const groups = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`eks-${index}`, {}]));
    const access = accessWith({
      groups,
      grants: Object.keys(groups).map((group) => ({ group, role: 'cluster-admin', clusters: '*' })),
    });

    const proof = await proveAccess(access, worldOf(access, { keys: Array.from({ length: 9 }, () => 'prod') }));

    expect(proof).toMatchObject({ people: 20, profiles: 8, leftOut: { people: 11, profiles: 1, namespaces: 0 } });
    expect(proof.rows).toHaveLength(160);
    expect(proof.rows[19]?.login).toBe('nobody@demo.example');
  });

  test('fails with an error that is not from Okta', async () => {
    const signIn = async () => Promise.reject(new Error('connection refused'));

    await expect(proveAccess(accessWith(), worldOf(accessWith(), { signIn }))).rejects.toThrow('connection refused');
  });
});
