import { DOCTOR_CHECKS } from '../../../../sign-in/doctor/checks';
import { LINKS } from '../../../../sign-in/doctor/doctor-check';
import { SYMPTOMS } from '../../../../sign-in/symptoms';

/** Symptoms that no check finds, with the reason. */
const NOT_FOUND: Readonly<Record<string, string>> = {
  guard: 'A guard refuses on purpose, and only the request itself shows which one.',
};

test('are in the order of the chain', () => {
  const places = DOCTOR_CHECKS.map(({ link }) => LINKS.indexOf(link));

  expect(places).toEqual([...places].sort((a, b) => a - b));
});

test('have a name each', () => {
  const names = DOCTOR_CHECKS.map(({ name }) => name);

  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
});

test('say what has to be true and what to do in sentences, with code in pairs of backticks', () => {
  for (const { title, fix } of DOCTOR_CHECKS) {
    for (const text of [title, fix]) {
      expect(text).toMatch(/^(kube(ctl|login) |[A-Z`])[\s\S]*\.$/);
      expect(text.split('`').length % 2).toBe(1);
    }
  }
});

test('find every symptom of a sign-in, or say why not', () => {
  const found = DOCTOR_CHECKS.flatMap(({ symptoms = [] }) => symptoms);

  expect([...new Set([...found, ...Object.keys(NOT_FOUND)])].sort()).toEqual(SYMPTOMS.map(({ name }) => name).sort());
});
