import { type Check, runChecks } from '../../../model';
import { accessWith } from '../../access-files';

const FOUND = { path: 'tags', message: 'Bad.', given: 'x', allowed: 'y', fix: 'z' };

function check(name: string, settings: Partial<Check> = {}): Check {
  return {
    name,
    severity: 'error',
    reason: 'Because.',
    fix: 'Fix it.',
    source: `https://example.com/${name}`,
    requires: [],
    find: () => [FOUND],
    ...settings,
  };
}

describe('runChecks', () => {
  test('adds the name and the source of the check to what it found', () => {
    const result = runChecks([check('one')], accessWith());

    expect(result).toEqual({
      errors: [{ ...FOUND, check: 'one', source: 'https://example.com/one' }],
      warnings: [],
    });
  });

  test('keeps the source of a finding that has its own', () => {
    const own = check('one', { find: () => [{ ...FOUND, source: 'https://example.com/own' }] });

    expect(runChecks([own], accessWith()).errors[0]?.source).toBe('https://example.com/own');
  });

  test('keeps errors and warnings apart, each in the order of the checks', () => {
    const checks = [
      check('a'),
      check('b', { severity: 'warning' }),
      check('c', { find: () => [FOUND, { ...FOUND, given: 'w' }] }),
      check('d', { severity: 'warning' }),
      check('e', { find: () => [] }),
    ];

    const { errors, warnings } = runChecks(checks, accessWith());

    expect(errors.map(({ check }) => check)).toEqual(['a', 'c', 'c']);
    expect(warnings.map(({ check }) => check)).toEqual(['b', 'd']);
  });

  test('reports a problem once that a check finds twice', () => {
    const { errors } = runChecks([check('one', { find: () => [FOUND, { ...FOUND }] })], accessWith());

    expect(errors).toHaveLength(1);
  });

  test('passes the model to each check', () => {
    const find = jest.fn(() => []);
    const access = accessWith();

    runChecks([check('one', { find })], access);

    expect(find).toHaveBeenCalledWith(access);
  });

  test('does not run a check that requires an invalid key', () => {
    const find = jest.fn(() => [FOUND]);
    const checks = [
      check('a', { requires: ['signIn', 'grants'], find }),
      check('b', { requires: ['signIn'] }),
      check('c'),
    ];

    const { errors } = runChecks(checks, accessWith(), new Set(['grants', 'clusters']));

    expect(errors.map(({ check }) => check)).toEqual(['b', 'c']);
    expect(find).not.toHaveBeenCalled();
  });
});
