import { AccessError, problemsText } from '../../model';
import { accessWith } from '../access-files';

const PROBLEM = {
  path: 'grants[0].group',
  check: 'claim-filter',
  message: 'The group is dropped.',
  given: "'ops'",
  allowed: 'eks-',
  fix: 'Rename it.',
};

describe('problemsText', () => {
  test('of one problem', () => {
    expect(problemsText([PROBLEM])).toBe(
      [
        '  grants[0].group  [claim-filter]',
        '    The group is dropped.',
        "    given:   'ops'",
        '    allowed: eks-',
        '    fix:     Rename it.',
      ].join('\n'),
    );
  });

  test('ends with the page that the rule rests on, where there is one', () => {
    const lines = problemsText([{ ...PROBLEM, source: 'https://example.com/page' }]).split('\n');

    expect(lines).toHaveLength(6);
    expect(lines[5]).toBe('    see:     https://example.com/page');
  });

  test('calls the empty path the file', () => {
    expect(problemsText([{ ...PROBLEM, path: '', check: 'shape' }]).split('\n')[0]).toBe('  the file  [shape]');
  });

  test('separates problems by an empty line, in their order', () => {
    const paths = problemsText([PROBLEM, { ...PROBLEM, path: 'tags' }])
      .split('\n\n')
      .map((text) => text.split('\n')[0]);

    expect(paths).toEqual(['  grants[0].group  [claim-filter]', '  tags  [claim-filter]']);
  });

  test('of none is empty', () => {
    expect(problemsText([])).toBe('');
  });
});

describe('AccessError', () => {
  test('carries the problems as text and as data', () => {
    const error = AccessError.of([PROBLEM]);

    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('AccessError');
    expect(error.message).toBe(problemsText([PROBLEM]));
    expect(error.problems).toEqual([PROBLEM]);
  });

  test('has no problems as data where they have no place in a file', () => {
    const error = new AccessError('two constructs clash');

    expect(error.message).toBe('two constructs clash');
    expect(error.problems).toEqual([]);
  });

  test('is what a broken file throws', () => {
    const read = () => accessWith({ tags: 5 });

    expect(read).toThrow(AccessError);
    expect(read).toThrow(
      new AccessError(
        [
          '  tags  [shape]',
          '    The value is not valid here.',
          '    given:   5',
          '    allowed: an object that maps names to values',
          '    fix:     Use an object that maps names to values.',
        ].join('\n'),
      ),
    );
  });

  test('is known from another copy of the module', () => {
    jest.isolateModules(() => {
      const copy: typeof import('../../constraints/access-error') = require('../../constraints/access-error');
      const error = new copy.AccessError('from a copy');

      expect(error).not.toBeInstanceOf(AccessError);
      expect(AccessError.is(error)).toBe(true);
      expect(copy.AccessError.is(new AccessError('from here'))).toBe(true);
    });
  });

  test.each([[new Error('x')], [{ name: 'AccessError', message: 'x' }], ['AccessError'], [null], [undefined]])(
    'is not %p',
    (thrown) => {
      expect(AccessError.is(thrown)).toBe(false);
    },
  );
});
