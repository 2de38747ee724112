import { AccessError } from '../../../constraints/access-error';
import { diagnose } from '../../../sign-in/doctor/diagnose';
import { CouldNotCheck, type DoctorCheck, ok, problem } from '../../../sign-in/doctor/doctor-check';
import { contextWith } from './context-with';

const check = (name: string, look: DoctorCheck['look'], more: Partial<DoctorCheck> = {}): DoctorCheck => ({
  ...{ name, link: 'Okta', level: 'own', title: 'It is right.', fix: 'Mend it.', look },
  ...more,
});

test('names the first problem, and lists all of them with their fixes', async () => {
  const { checks, firstBroken } = await diagnose(contextWith(), [
    check('a', () => ok('fine')),
    check('b', () => problem('broken')),
    check('c', async () => problem('broken too', 'Mend this.'), { link: 'RBAC' }),
  ]);

  expect(firstBroken).toEqual({ link: 'Okta', check: 'b' });
  expect(checks.map(({ name, status, fix }) => [name, status, fix])).toEqual([
    ['a', 'ok', null],
    ['b', 'problem', 'Mend it.'],
    ['c', 'problem', 'Mend this.'],
  ]);
});

test('goes on where a check could not be made, whatever the reason', async () => {
  const fails = (error: Error) => () => {
    throw error;
  };

  const { checks, firstBroken } = await diagnose(contextWith(), [
    check('a', fails(new CouldNotCheck('It is not known.'))),
    check('b', fails(new AccessError('AWS says no.'))),
    check('c', fails(new TypeError('x is undefined'))),
    check('d', () => ok('fine')),
  ]);

  expect(firstBroken).toBeNull();
  expect(checks.map(({ status, evidence }) => `${status}: ${evidence}`)).toEqual([
    'could not check: It is not known.',
    'could not check: AWS says no.',
    'could not check: The check failed, which is a defect of it: TypeError: x is undefined',
    'ok: fine',
  ]);
});

test('makes one check after the other, and leaves out those without a meaning', async () => {
  const made: string[] = [];
  const slow = (name: string) =>
    check(name, async () => {
      made.push(`${name} starts`);
      await new Promise((done) => setTimeout(done, 5));
      made.push(`${name} ends`);
      return ok('fine');
    });

  await diagnose(contextWith(), [slow('a'), check('none', () => ok('fine'), { appliesTo: () => false }), slow('b')]);

  expect(made).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
});

test('shows no token', async () => {
  const { checks } = await diagnose(contextWith(), [
    check('a', () => problem('It got eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln.')),
  ]);

  expect(checks[0]?.evidence).toBe('It got (a token)');
});
