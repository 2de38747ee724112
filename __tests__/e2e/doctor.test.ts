import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { combinedFacts } from '../../live/facts/live-facts';
import { DOCTOR_CHECKS } from '../../sign-in/doctor/checks';
import type { Diagnosis } from '../../sign-in/doctor/diagnose';
import { type Ended, runProgram } from '../../sign-in/doctor/run-program';
import { AWS_BREAKAGES } from './doctor/aws-breakages';
import { CLUSTER_BREAKAGES } from './doctor/cluster-breakages';
import { ADMIN, type DoctorWorld, doctorWorld, EDITOR } from './doctor/doctor-world';
import { ISSUER_BREAKAGES } from './doctor/issuer-breakages';
import { examined, type Laptop, liveAws, written } from './doctor/laptop';
import { type Breakage, entriesOf, LAPTOP_BREAKAGES } from './doctor/laptop-breakages';
import { administrator, OKTA_BREAKAGES } from './doctor/okta-breakages';
import { TOKEN_BREAKAGES } from './doctor/token-breakages';
import { BUILD_TIMEOUT, chromium, TIMEOUT } from './world';

/** The program that npx runs. */
const COMMAND = join(__dirname, '../../eks-access.cjs');

let world: DoctorWorld;

beforeAll(async () => {
  world = await doctorWorld();
}, BUILD_TIMEOUT);

afterAll(() => world?.world.close());

const BREAKAGES: readonly Breakage[] = [
  ...LAPTOP_BREAKAGES,
  ...ISSUER_BREAKAGES,
  ...TOKEN_BREAKAGES,
  ...CLUSTER_BREAKAGES,
  ...AWS_BREAKAGES,
  ...OKTA_BREAKAGES,
];

/** Checks that nothing breaks here, with the reason. */
const NOT_BROKEN: Readonly<Record<string, string>> = {
  'token-found': 'Without a token, it and all others could not check.',
  'sign-in': 'The tests of --sign-in break it.',
};

test('breaks every check, or says why not', () => {
  const broken = BREAKAGES.flatMap(({ check, also = [] }) => [check, ...also]);

  expect([...new Set([...broken, ...Object.keys(NOT_BROKEN)])].sort()).toEqual(
    DOCTOR_CHECKS.map(({ name }) => name).sort(),
  );
});

/** The checks with a status. */
const withStatus = (diagnosis: Awaited<ReturnType<typeof examined>>, status: string) =>
  diagnosis.checks.filter((check) => check.status === status).map(({ name }) => name);

/** The checks of a level. */
const ofLevel = (level: string) => DOCTOR_CHECKS.filter((check) => check.level === level).map(({ name }) => name);
const OF_AWS = ofLevel('aws');
const OF_OKTA = ofLevel('okta');

test.each([EDITOR, ADMIN])('blames nothing where %s can sign in', async (login) => {
  const diagnosis = await examined(await world.laptopOf(login), world.world);

  expect(diagnosis.checks.filter(({ status }) => status === 'problem')).toEqual([]);
  expect(diagnosis.firstBroken).toBeNull();
  expect(new Set(withStatus(diagnosis, 'could not check'))).toEqual(
    new Set([
      'sign-in',
      ...OF_OKTA,
      // The reason of a refusal is not asked for where there is none.
      ...OF_AWS.filter((name) => name !== 'refusal-reason'),
      // Who may not read bindings sees what they give.
      ...(login === EDITOR ? ['rbac-bindings'] : []),
    ]),
  );
});

test('blames nothing with every right, and nothing but what Okta and AWS know', async () => {
  const laptop = await world.laptopOf(ADMIN);
  laptop.okta = administrator(world);
  laptop.aws = liveAws(laptop);
  laptop.facts = combinedFacts([]);

  const diagnosis = await examined(laptop, world.world);

  expect(diagnosis.checks.filter(({ status }) => status !== 'ok').map(({ name }) => name)).toEqual(['sign-in']);
});

test.each([...AWS_BREAKAGES, ...OKTA_BREAKAGES])(
  'without the rights for it, could not check $name',
  async ({ check, make, login = EDITOR }) => {
    const laptop = await world.laptopOf(login);
    const undo = await make(laptop, world);
    laptop.aws = undefined;
    laptop.okta = undefined;
    try {
      const diagnosis = await examined(laptop, world.world);

      const beyond = [...OF_AWS, ...OF_OKTA];
      expect(withStatus(diagnosis, 'problem').filter((name) => beyond.includes(name))).toEqual([]);
      if (beyond.includes(check)) expect(withStatus(diagnosis, 'could not check')).toContain(check);
    } finally {
      await undo?.();
    }
  },
  TIMEOUT,
);

test.each(BREAKAGES)(
  'finds $name',
  async ({ check, also = [], login = EDITOR, make }) => {
    const laptop = await world.laptopOf(login);
    const undo = await make(laptop, world);
    try {
      const diagnosis = await examined(laptop, world.world);

      const problems = withStatus(diagnosis, 'problem');
      expect({ problems, checks: diagnosis.checks.filter(({ status }) => status !== 'ok') }).toEqual({
        problems: [check, ...also],
        checks: expect.anything(),
      });
      expect(diagnosis.firstBroken?.check).toBe(check);
    } finally {
      await undo?.();
    }
  },
  TIMEOUT,
);

/** Two breakages at once, the first in the chain first. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['a token in the kubeconfig', 'a group in another case'],
  ['that other programs hold every port', 'a binding that somebody deleted'],
  ['a list of plugins without kubelogin', 'something else that answers for the API server'],
  ['an exec stanza without interactiveMode', 'an address that is not verified'],
  ['an app in Okta that does not allow the ports of the access file', 'only groups without a grant'],
  ['a rule that is off', 'a groups claim that is off'],
  ['a token without groups', 'an endpoint at which nothing listens'],
  ['an association with another prefix', 'a binding that somebody deleted'],
];

test.each(PAIRS)(
  'names %s first, and does not hide %s',
  async (first, second) => {
    const laptop = await world.laptopOf(EDITOR);
    const breakages = [first, second].map((name) => BREAKAGES.find((breakage) => breakage.name === name) as Breakage);
    const undos: (undefined | (() => unknown))[] = [];
    try {
      for (const { make } of breakages) undos.push(await make(laptop, world));

      const diagnosis = await examined(laptop, world.world);

      const checks = breakages.map(({ check }) => check);
      expect(diagnosis.firstBroken?.check).toBe(checks[0]);
      expect(withStatus(diagnosis, 'problem')).toEqual(expect.arrayContaining(checks));
    } finally {
      for (const undo of undos.reverse()) await undo?.();
    }
  },
  TIMEOUT,
);

describe('--sign-in', () => {
  /** A laptop whose browser signs a person in. */
  async function withBrowser(login: string): Promise<Laptop> {
    const laptop = await world.laptopOf(EDITOR);
    world.world.headless(login, chromium());
    const browser = join(world.world.folder, `${encodeURIComponent(login)}.browser`);
    entriesOf(laptop).exec.args.push(`--browser-command=${browser}`);
    return Object.assign(laptop, { signIn: true, login });
  }

  test(
    'looks at a new token, and leaves the cache as it is',
    async () => {
      const laptop = await withBrowser(EDITOR);
      laptop.idToken = await world.tokenWith({ groups: ['eks-others'] });

      const { checks, firstBroken } = await examined(laptop, world.world);

      expect(firstBroken).toBeNull();
      expect(checks.find(({ name }) => name === 'sign-in')?.status).toBe('ok');
      expect(checks.find(({ name }) => name === 'token-found')?.evidence).toMatch(
        /^from a new sign-in, 0 minutes old$/,
      );
      const cache = join(laptop.home, '.kube', 'cache', 'oidc-login');
      expect(readdirSync(cache)).toEqual(['entry']);
      expect(readFileSync(join(cache, 'entry'), 'utf8')).toContain(laptop.idToken);
    },
    TIMEOUT,
  );

  test(
    'says what Okta says to somebody who may not sign in',
    async () => {
      const { checks, firstBroken } = await examined(await withBrowser('nobody@demo.example'), world.world);

      expect(firstBroken).toEqual({ link: 'Okta', check: 'sign-in' });
      const signIn = checks.find(({ name }) => name === 'sign-in');
      expect(signIn?.evidence).toContain('User is not assigned to the client application.');
      expect(signIn?.fix).toBe('Ask to be put into one of the groups, and run the command again.');
      expect(checks.filter(({ link, status }) => link === 'token' && status === 'ok')).toEqual([]);
    },
    TIMEOUT,
  );
});

describe('eks-access doctor', () => {
  /** Runs the command on a laptop, with what the outputs of the stacks would say as options. */
  function run(laptop: Laptop, ...words: readonly string[]): Promise<Ended> {
    const { folder } = world.world;
    const file = join(folder, 'access.json');
    writeFileSync(file, JSON.stringify(world.file));
    const authority = join(folder, 'prod.pem');
    writeFileSync(authority, world.world.servers.get('prod')?.caPem ?? '');
    const { issuerUrl, clientIds, endpoints } = laptop.facts;
    const facts = [
      `--issuer=${issuerUrl?.value}`,
      ...[...clientIds].map(([app, { value }]) => `--client-id=${app}=${value}`),
      ...[...endpoints].map(([key, { value }]) => `--endpoint=${key}=${value}`),
      `--certificate-authority=prod=${authority}`,
    ];
    return runProgram(process.execPath, [COMMAND, 'doctor', '--file', file, ...facts, ...words], {
      environment: { ...written(laptop), AWS_EC2_METADATA_DISABLED: 'true' },
      timeout: TIMEOUT,
    });
  }

  test(
    'finds nothing where everything is well, and prints no part of a token',
    async () => {
      const laptop = await world.laptopOf(EDITOR);

      const { code, stdout, stderr } = await run(laptop);

      expect(stdout).toMatch(/^prod, context prod\n\nlaptop\n {2}ok +kubectl-installed /);
      expect(stdout).toMatch(/\nNo broken link was found\. \d+ checks could not be made\.\n$/);
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: expect.stringMatching(/^Values of Okta and AWS from: --issuer; /),
      });
      for (const secret of [...(laptop.idToken?.split('.') ?? []), laptop.refreshToken ?? '']) {
        expect(stdout + stderr).not.toContain(secret);
      }
    },
    TIMEOUT,
  );

  test(
    'names the first broken link in its last line, and as data',
    async () => {
      const laptop = await world.laptopOf(EDITOR);
      laptop.idToken = await world.tokenWith({ groups: ['EKS-Editors'] });

      const { code, stdout } = await run(laptop, '--cluster', 'prod', '--json');
      const text = await run(laptop, '--cluster', 'prod', '--findings-ok');

      expect(code).toBe(2);
      expect((JSON.parse(stdout) as Diagnosis[]).map(({ firstBroken }) => firstBroken)).toEqual([
        { link: 'token', check: 'token-granted-group' },
      ]);
      expect(text.code).toBe(0);
      expect(text.stdout).toContain('\nFirst broken link: token (token-granted-group). ');
    },
    TIMEOUT,
  );
});
