import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTextFile, withLock, writePrivateFile } from '../../../sign-in/kubeconfig/private-file';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'private-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (file: string) => statSync(file).mode & 0o777;

describe('a private file', () => {
  test('fails where the system makes no folders, as in /proc, and says which one', () => {
    expect(() => writePrivateFile('/proc/no/such/config', 'text')).toThrow(
      /^\/proc\/no\/such\/config could not be written: .* mkdir '\/proc/,
    );
    expect(() => withLock('/proc/no/such/config', () => 'done')).toThrow(
      /^\/proc\/no\/such\/config\.lock could not be made: .* mkdir '\/proc/,
    );
  });

  test('is readable by its owner only, as is its new folder', () => {
    const file = join(folder, '.kube', 'config');

    writePrivateFile(file, 'text');

    expect([modeOf(file), modeOf(join(folder, '.kube'))]).toEqual([0o600, 0o700]);
    expect(readTextFile(file)).toBe('text');
  });

  test('is replaced as a whole, and was readable by more before', () => {
    const file = join(folder, 'config');
    writeFileSync(file, 'a long text', { mode: 0o644 });

    writePrivateFile(file, 'short');

    expect([readTextFile(file), modeOf(file)]).toEqual(['short', 0o600]);
    expect(readdirSync(folder)).toEqual(['config']);
  });

  test.each([true, false])('is written behind a symbolic link, where its target exists: %s', (exists) => {
    mkdirSync(join(folder, 'dotfiles'));
    const target = join(folder, 'dotfiles', 'config');
    if (exists) writeFileSync(target, 'before');
    symlinkSync('dotfiles/config', join(folder, 'link'));
    symlinkSync('link', join(folder, 'config'));

    writePrivateFile(join(folder, 'config'), 'after');

    expect(readlinkSync(join(folder, 'config'))).toBe('link');
    expect(readFileSync(target, 'utf8')).toBe('after');
  });

  test('stays as it is if it cannot be written', () => {
    const file = join(folder, 'config');
    mkdirSync(file);

    expect(() => writePrivateFile(file, 'text')).toThrow(`${file} could not be written: `);
    expect(readdirSync(folder)).toEqual(['config']);
  });
});

describe('reading', () => {
  test('gives nothing for a file that does not exist', () => {
    expect(readTextFile(join(folder, 'none'))).toBeUndefined();
  });

  test('keeps a byte order mark', () => {
    writeFileSync(join(folder, 'config'), '\uFEFFa');

    expect(readTextFile(join(folder, 'config'))).toBe('\uFEFFa');
  });

  test('fails for a folder, and for what is no text', () => {
    writeFileSync(join(folder, 'binary'), Buffer.from([0xff, 0xfe, 0x00]));

    expect(() => readTextFile(folder)).toThrow(`${folder} is not a file.`);
    expect(() => readTextFile(join(folder, 'binary'))).toThrow('binary is not a text in UTF-8.');
  });
});

describe('the lock', () => {
  test('is there as long as the action, even if it fails', () => {
    const file = join(folder, 'new', 'config');

    const locked = withLock(file, () => existsSync(`${file}.lock`));

    expect([locked, existsSync(`${file}.lock`)]).toEqual([true, false]);
    expect(() =>
      withLock(file, () => {
        throw new Error('failed');
      }),
    ).toThrow('failed');
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  test('fails while another program holds it, and leaves it there', () => {
    const file = join(folder, 'config');
    writeFileSync(`${file}.lock`, '');

    expect(() => withLock(file, () => 'done')).toThrow(
      `${file}.lock exists: another program, such as kubectl config, is changing ${file}. Wait until it ends; if none runs, delete the lock file.`,
    );
    expect(existsSync(`${file}.lock`)).toBe(true);
  });
});
