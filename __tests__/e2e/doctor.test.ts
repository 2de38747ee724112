import { combinedFacts } from '../../live/facts/live-facts';
import { DOCTOR_CHECKS } from '../../sign-in/doctor/checks';
import { AWS_BREAKAGES } from './doctor/aws-breakages';
import { CLUSTER_BREAKAGES } from './doctor/cluster-breakages';
import { ADMIN, type DoctorWorld, doctorWorld, EDITOR } from './doctor/doctor-world';
import { ISSUER_BREAKAGES } from './doctor/issuer-breakages';
import { examined, liveAws } from './doctor/laptop';
import { type Breakage, LAPTOP_BREAKAGES } from './doctor/laptop-breakages';
import { TOKEN_BREAKAGES } from './doctor/token-breakages';
import { BUILD_TIMEOUT, TIMEOUT } from './world';

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
];

/** The checks with a status. */
const withStatus = (diagnosis: Awaited<ReturnType<typeof examined>>, status: string) =>
  diagnosis.checks.filter((check) => check.status === status).map(({ name }) => name);

/** The checks that only the credentials of AWS make. */
const OF_AWS = DOCTOR_CHECKS.filter(({ level }) => level === 'aws').map(({ name }) => name);

test.each([EDITOR, ADMIN])('blames nothing where %s can sign in', async (login) => {
  const diagnosis = await examined(await world.laptopOf(login));

  expect(diagnosis.checks.filter(({ status }) => status === 'problem')).toEqual([]);
  expect(diagnosis.firstBroken).toBeNull();
  expect(withStatus(diagnosis, 'could not check')).toEqual([
    'sign-in',
    // The reason of a refusal is not asked for where there is none.
    ...OF_AWS.filter((name) => name !== 'refusal-reason'),
    // Who may not read bindings sees what they give.
    ...(login === EDITOR ? ['rbac-bindings'] : []),
  ]);
});

test('blames nothing where AWS knows what the access file says', async () => {
  const laptop = await world.laptopOf(ADMIN);
  laptop.aws = liveAws(laptop);
  laptop.facts = combinedFacts([]);

  const diagnosis = await examined(laptop);

  expect(diagnosis.checks.filter(({ status }) => status !== 'ok').map(({ name }) => name)).toEqual(['sign-in']);
});

test.each(AWS_BREAKAGES)(
  'without credentials of AWS, could not check $name',
  async ({ check, make, login = EDITOR }) => {
    const laptop = await world.laptopOf(login);
    await make(laptop, world);
    laptop.aws = undefined;

    const diagnosis = await examined(laptop);

    const problems = withStatus(diagnosis, 'problem');
    expect(problems.filter((name) => OF_AWS.includes(name))).toEqual([]);
    if (OF_AWS.includes(check)) expect(withStatus(diagnosis, 'could not check')).toContain(check);
  },
);

test.each(BREAKAGES)(
  'finds $name',
  async ({ check, also = [], login = EDITOR, make }) => {
    const laptop = await world.laptopOf(login);
    const undo = await make(laptop, world);
    try {
      const diagnosis = await examined(laptop);

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
