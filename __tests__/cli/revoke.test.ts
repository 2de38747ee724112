import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RevokeOptions, runRevoke } from '../../cli/run-revoke';
import { type GivenAnswer, type OktaServer, startOktaServer } from '../live/okta/okta-server';
import { ANA, group, rule } from '../operate/revoke/live';
import { accessFiles, SOUND } from './run-command';

const TOKEN = '00a-hunter2';
const FILE = { ...SOUND, groups: { ...SOUND.groups, 'eks-guests': {} } };
const folder = accessFiles({ 'access.json': FILE });
writeFileSync(join(folder, 'access.yaml'), `# who may do what\n${JSON.stringify(FILE, null, 2)}\n`);

let server: OktaServer;
let output: string;
let errors: string;
const environment = { ...process.env };

beforeAll(async () => {
  server = await startOktaServer();
});
afterAll(() => server.close());

beforeEach(() => {
  output = '';
  errors = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += text;
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors += text;
    return true;
  });
  process.exitCode = undefined;
  process.env.OKTA_API_TOKEN = TOKEN;
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...environment };
  process.exitCode = undefined;
});

const ME = { id: '00uMe', status: 'ACTIVE', profile: { login: 'root@example.com' } };
const SUSPEND = 'POST /api/v1/users/00uAna/lifecycle/suspend';
const SESSIONS = 'DELETE /api/v1/users/00uAna/sessions?oauthTokens=true';
const REMOVE = 'DELETE /api/v1/groups/00g-eks-guests/users/00uAna';
const DONE = { status: 204 };
const DENIED = { status: 403, body: { errorCode: 'E0000006', errorSummary: 'No permission' } };

/** What Okta answers, with these answers changed. */
function given(changes: Readonly<Record<string, GivenAnswer>> = {}): void {
  server.answer({
    'GET /api/v1/users/ana%40example.com': { body: ANA },
    'GET /api/v1/users/00uAna/groups?limit=200': {
      body: [group('eks-admins'), group('eks-guests'), group('Marketing')],
    },
    'GET /api/v1/groups/rules?limit=200': { body: [] },
    'GET /api/v1/authorizationServers?q=EKS&limit=200': { body: [] },
    'GET /api/v1/users/me': { body: ME },
    'GET /api/v1/users/00uMe/roles': { body: [{ id: '1', type: 'ORG_ADMIN', status: 'ACTIVE' }] },
    'GET /api/v1/users/00uAna/roles': { body: [] },
    [SUSPEND]: DONE,
    [SESSIONS]: DONE,
    [REMOVE]: DONE,
    ...changes,
  });
}

async function run(options: Partial<RevokeOptions> = {}, login = 'ana@example.com'): Promise<number> {
  const file = join(folder, 'access.json');
  await runRevoke(login, { file, format: 'text', ...options }, server.address);
  expect(output + errors).not.toContain(TOKEN);
  return Number(process.exitCode ?? 0);
}

/** The message of a run that has to fail. */
async function failure(...args: Parameters<typeof run>): Promise<string> {
  return run(...args).then(
    () => 'no failure',
    (error: Error) => error.message,
  );
}

/** The changes that Okta was asked for. */
const writes = () => server.requests.map(({ call }) => call).filter((call) => !call.startsWith('GET '));

describe('without --yes', () => {
  test('changes nothing, and says what would be done and what comes back', async () => {
    given();

    expect(await run()).toBe(2);
    expect(writes()).toEqual([]);
    expect(output).toContain('possible  suspend the person\n');
    expect(output).toContain('would     end their sessions in Okta\n');
    expect(output).toContain('would     remove them from eks-guests\n');
    expect(output).toContain('Nothing is changed yet. --yes does what is marked with would.');
    expect(output).toContain(`groups.eks-admins.logins[0] in ${join(folder, 'access.json')}:1: the next apply`);
    expect(output).toContain('Added by hand: neither the access file nor a rule puts them in. --yes removes them.');
    expect(output).toContain('user.username != "okta:ana.b@example.com"');
    expect(output).not.toContain('Marketing');
    expect(output).not.toContain('Could not check');
  });

  test('says already that rights are missing', async () => {
    given({ 'GET /api/v1/users/00uMe/roles': { body: [{ id: '1', type: 'READ_ONLY_ADMIN' }] } });

    expect(await run()).toBe(2);
    expect(errors).toBe(
      'The credentials may not manage this person and manage members of groups. The credentials have the admin roles READ_ONLY_ADMIN.\n',
    );
  });
});

describe('with --yes', () => {
  test('ends the sessions, removes what nobody owns, and nothing else', async () => {
    given();

    expect(await run({ yes: true })).toBe(2);
    expect(writes()).toEqual([SESSIONS, REMOVE]);
    expect(output).toContain('done      end their sessions in Okta\n');
    expect(output).toContain('done      remove them from eks-guests\n');
    expect(output).toContain('Removed.');
    expect(output).toContain('They can sign in again, with the memberships that are left.\n');
    expect(output).not.toContain('--yes');
  });

  test('suspends first', async () => {
    given();

    await run({ yes: true, suspend: true });

    expect(writes()).toEqual([SUSPEND, SESSIONS, REMOVE]);
    expect(output).not.toContain('They can sign in again');
  });

  test('ends with 0 if nothing is left', async () => {
    given({ 'GET /api/v1/users/00uAna/groups?limit=200': { body: [group('eks-guests')] } });
    const access = { ...FILE, groups: { ...FILE.groups, 'eks-admins': { logins: ['bob@example.com'] } } };
    writeFileSync(join(folder, 'left.json'), JSON.stringify(access));

    expect(await run({ yes: true, file: join(folder, 'left.json') })).toBe(0);
  });

  test('does not suspend twice', async () => {
    given({ 'GET /api/v1/users/ana%40example.com': { body: { ...ANA, status: 'SUSPENDED' } } });

    await run({ yes: true, suspend: true });

    expect(writes()).toEqual([SESSIONS, REMOVE]);
    expect(output).toContain('already   suspend the person\n');
  });

  test('says what was done and what was not if a step fails', async () => {
    given({ [SESSIONS]: { status: 500, body: { errorCode: 'E0000009', errorSummary: 'Internal Server Error' } } });

    expect(await run({ yes: true, suspend: true })).toBe(1);
    expect(writes()).toEqual([SUSPEND, SESSIONS]);
    expect(output).toContain('done      suspend the person\n');
    expect(output).toContain('FAILED    end their sessions in Okta\n');
    expect(output).toContain(
      '(500 E0000009 Internal Server Error). Try again later. It is not known whether Okta did what was asked.',
    );
    expect(output).toContain('not tried remove them from eks-guests\n');
    expect(errors).toBe('A step failed. What was done and what was not is above.\n');
  });

  test.each<[string, Readonly<Record<string, GivenAnswer>>, string]>([
    [
      'a role that may not',
      { 'GET /api/v1/users/00uMe/roles': { body: [{ id: '1', type: 'APP_ADMIN' }] } },
      'The credentials may not manage this person and manage members of groups. The credentials have the admin roles APP_ADMIN. Nothing was changed.',
    ],
    [
      'no role',
      { 'GET /api/v1/users/00uMe/roles': { body: [] } },
      'The credentials may not manage this person and manage members of groups. The credentials have no admin role. Nothing was changed.',
    ],
    [
      'a person who is an administrator',
      { 'GET /api/v1/users/00uAna/roles': { body: [{ id: '2', type: 'APP_ADMIN' }] } },
      'The credentials may not manage this person. The person is an administrator, whom only a Super Administrator can change. The credentials have the admin roles ORG_ADMIN. Nothing was changed.',
    ],
  ])('refuses before the first change for %s', async (_, answers, message) => {
    given(answers);

    expect(await failure({ yes: true })).toBe(message);
    expect(writes()).toEqual([]);
  });

  test('tries if Okta does not say what the rights are', async () => {
    given({ 'GET /api/v1/users/00uMe/roles': DENIED });

    await run({ yes: true });

    expect(writes()).toEqual([SESSIONS, REMOVE]);
  });

  test('refuses a token without the scopes', async () => {
    given();
    const claims = Buffer.from(JSON.stringify({ scp: ['okta.users.read', 'okta.users.manage'] })).toString('base64url');
    process.env.OKTA_ACCESS_TOKEN = `e30.${claims}.sig`;

    expect(await failure({ yes: true })).toBe(
      'The credentials may not manage members of groups. The token lacks the scope okta.groups.manage. Nothing was changed.',
    );
    expect(writes()).toEqual([]);
  });

  test('refuses to suspend a person whom Okta does not suspend, and does not offer it', async () => {
    given({ 'GET /api/v1/users/ana%40example.com': { body: { ...ANA, status: 'STAGED' } } });

    await run();
    expect(output).toContain('cannot    suspend the person\n');
    expect(output).toContain('Okta suspends only people with the status ACTIVE: deactivate them in Okta instead.\n');

    expect(await failure({ yes: true, suspend: true })).toMatch(/has the status STAGED\./);
    expect(writes()).toEqual([]);
  });

  test('refuses without credentials', async () => {
    delete process.env.OKTA_API_TOKEN;

    expect(await failure({ yes: true })).toMatch(
      /^--yes needs credentials for Okta in the environment: OKTA_API_TOKEN,/,
    );
  });
});

describe('what could not be checked', () => {
  test('is said, and nothing that a rule may own is removed', async () => {
    given({ 'GET /api/v1/groups/rules?limit=200': DENIED });

    expect(await run({ yes: true })).toBe(2);
    expect(writes()).toEqual([SESSIONS]);
    expect(output).toContain(
      'Which group rules put the person into groups: Okta does not allow GET /api/v1/groups/rules',
    );
  });

  test('is everything of Okta without credentials', async () => {
    given();
    delete process.env.OKTA_API_TOKEN;

    expect(await run()).toBe(2);
    expect(output).toContain('ana@example.com: what the access file says, without Okta\n');
    expect(output).toContain('  Whether they are in the group eks-auditors\n');
    expect(output).toContain('assumed: the email address is the login');
    expect(server.requests).toEqual([]);
  });

  test('is 0 with --findings-ok', async () => {
    delete process.env.OKTA_API_TOKEN;

    expect(await run({ findingsOk: true })).toBe(0);
  });
});

test('a rule says how to leave the person out', async () => {
  const condition = 'user.department == "Development"';
  const ana = { ...ANA, profile: { ...ANA.profile, department: 'Development' } };
  given({
    'GET /api/v1/users/ana%40example.com': { body: ana },
    'GET /api/v1/users/00uAna/groups?limit=200': { body: [group('eks-developers')] },
    'GET /api/v1/groups/rules?limit=200': { body: [rule('eks-developers', condition)] },
  });

  await run({ yes: true });

  expect(writes()).toEqual([SESSIONS]);
  expect(output).toContain('The rule eks-developers (groups.eks-developers.rule) puts them in again.');
  expect(output).toContain(
    `To end it, change user.department of the person where it comes from, or exclude the login in the condition: (${condition}) AND user.login != "ana@example.com"`,
  );
});

test('a token inline hook makes ID tokens valid for longer', async () => {
  const servers = '/api/v1/authorizationServers';
  const policy = { id: 'p', name: 'p', status: 'ACTIVE', priority: 1 };
  const hooked = { id: 'r', name: 'r', status: 'ACTIVE', actions: { token: { inlineHook: { id: 'h' } } } };
  given({
    [`GET ${servers}?q=EKS&limit=200`]: {
      body: [{ id: 'aus1', name: 'EKS', issuer: 'https://x', audiences: [], status: 'ACTIVE' }],
    },
    [`GET ${servers}/aus1/policies`]: { body: [policy] },
    [`GET ${servers}/aus1/policies/p/rules`]: { body: [hooked] },
  });

  await run();

  expect(output).toContain(
    'stays valid for 24 hours at most, because the authorization server has a token inline hook',
  );
});

test('names a grant that expired, because the clusters have it until the next apply', async () => {
  delete process.env.OKTA_API_TOKEN;
  const grant = { group: 'eks-admins', role: 'view', clusters: '*', expires: '2026-01-31' };
  const file = join(folder, 'expired.json');
  writeFileSync(file, JSON.stringify({ ...FILE, grants: [...FILE.grants, grant] }));

  await run({ file });

  expect(output).toContain(
    '  Whether an apply has ended the grant of view to eks-admins, which expired on 2026-01-31: until then, the clusters have it\n',
  );
});

test('says what to take out where the file is standard input, which is read once', () => {
  const program = join(__dirname, '../../eks-access.cjs');
  const words = ['revoke', 'ana@example.com', '--file', '-', '--input-format', 'json'];
  const env = { ...process.env, OKTA_API_TOKEN: '' };
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...words], {
    ...{ env, input: JSON.stringify(FILE), encoding: 'utf8' },
  });

  expect({ stderr, status }).toEqual({ stderr: '', status: 2 });
  expect(stdout).toContain('groups.eks-admins.logins[0] in standard input: the next apply puts them in again.\n');
  expect(stdout).toContain('Take out groups.eks-admins.logins[0].\n');
});

test('prints JSON, with the patch', async () => {
  given();

  await run({ format: 'json', file: join(folder, 'access.yaml') });

  expect(JSON.parse(output)).toMatchObject({
    ...{
      login: 'ana@example.com',
      person: { id: '00uAna', status: 'ACTIVE' },
      idToken: { minutes: 60, hasHook: false },
      unchecked: [],
    },
    memberships: [
      { group: 'eks-admins', owners: [{ kind: 'file', path: 'groups.eks-admins.logins[0]' }] },
      { group: 'eks-guests', owners: [] },
    ],
    steps: [
      { action: 'suspend', state: 'offered' },
      { action: 'end-sessions', state: 'would' },
      { action: 'remove-member', group: 'eks-guests' },
    ],
    patch: { diff: expect.stringContaining('-        "ana@example.com"\n'), byHand: [] },
  });
  expect(readFileSync(join(folder, 'access.yaml'), 'utf8')).toContain('ana@example.com');
});

describe('fails', () => {
  test('for a login that neither Okta nor the access file knows, with the nearest one', async () => {
    given();

    expect(await failure({}, 'anna@example.com')).toMatch(
      /The access file does not list the login either\. Did you mean 'ana@example\.com'\?$/,
    );
  });

  test.each(['', ' ana@example.com', 'a\nb'])('for the login %j, which nobody can have', async (login) => {
    expect(await failure({}, login)).toMatch(/^Okta has no login like this\./);
  });

  test('for credentials that Okta refuses, before anything is said', async () => {
    given({
      'GET /api/v1/users/ana%40example.com': {
        status: 401,
        body: { errorCode: 'E0000011', errorSummary: 'Invalid token provided' },
      },
    });

    expect(await failure({ yes: true })).toMatch(/^Okta refuses the credentials \(401 E0000011/);
    expect(output).toBe('');
  });
});

test('reports what the file says about a person whom Okta does not find, and changes nothing', async () => {
  given({ 'GET /api/v1/users/ana%40example.com': { status: 404, body: { errorCode: 'E0000007' } } });

  expect(await run()).toBe(2);
  expect(output).toContain('finds nobody with the login ana@example.com');
  expect(await failure({ yes: true })).toMatch(/Nothing was changed\.$/);
  expect(writes()).toEqual([]);
});
