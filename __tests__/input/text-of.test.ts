import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessError } from '../../constraints/access-error';
import { textOf } from '../../input/text-of';

describe('textOf', () => {
  const folder = mkdtempSync(join(tmpdir(), 'text-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (bytes: Buffer) => {
    const file = join(folder, 'access.yaml');
    writeFileSync(file, bytes);
    return textOf(file);
  };
  const problemOf = (bytes: Buffer) => {
    try {
      read(bytes);
    } catch (error) {
      if (AccessError.is(error)) return error.problems[0];
      throw error;
    }
    throw new Error('expected a failure');
  };

  test('reads UTF-8 with letters of every alphabet', () => {
    expect(read(Buffer.from('größe: 値\uFFFD\n'))).toBe('größe: 値\uFFFD\n');
    expect(read(Buffer.from(''))).toBe('');
  });

  test.each([
    [
      'with the byte order mark of Windows',
      Buffer.from('\uFEFFokta: {}\n', 'utf16le'),
      'UTF-16 LE, by its byte order mark',
    ],
    ['in the other byte order', Buffer.from('\uFEFFokta', 'utf16le').swap16(), 'UTF-16 BE, by its byte order mark'],
    ['without a mark', Buffer.from('okta: {}\n', 'utf16le'), 'UTF-16 LE, by its zero bytes'],
    ['without a mark, in the other order', Buffer.from('okta', 'utf16le').swap16(), 'UTF-16 BE, by its zero bytes'],
  ])('fails on UTF-16 %s', (_, bytes, given) => {
    expect(problemOf(bytes)).toEqual({
      path: '',
      check: 'file',
      message: 'The file is UTF-16 text.',
      given,
      allowed: 'UTF-8 text',
      fix: 'Save it as UTF-8, for example with iconv -f UTF-16 -t UTF-8.',
    });
  });

  test('fails on a program, and prints none of it', () => {
    expect(problemOf(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0]))).toMatchObject({
      message: 'The file is not text.',
      given: 'a zero byte at byte 8',
    });
  });

  test('fails on another encoding at the first letter that shows it', () => {
    expect(problemOf(Buffer.from('okta:\n  orgName: d\xe9v\n', 'latin1'))).toEqual({
      path: '',
      check: 'file',
      line: 2,
      column: 13,
      message: 'The file is not UTF-8 text.',
      given: 'the byte 0xE9',
      allowed: 'UTF-8 text',
      fix: 'Save it as UTF-8.',
    });
  });
});
