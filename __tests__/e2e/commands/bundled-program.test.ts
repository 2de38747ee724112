import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { runNode } from '../../command';

const root = resolve(__dirname, '../../..');
const PACKAGES = ['esbuild', 'tsx'];

describe('the program of a clone', () => {
  let clone: string;
  const cache = () => join(clone, 'node_modules/.cache/okta-eks-access');
  const bundle = () => readFileSync(join(cache(), 'program.cjs'), 'utf8');
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    writeFileSync(join(clone, file), text);
  };
  const start = () =>
    runNode(['-e', "require('./bundled-program.cjs').bundledProgram().then(({ run }) => run())"], clone);

  beforeEach(() => {
    clone = mkdtempSync(join(tmpdir(), 'clone-'));
    for (const file of ['bundled-program.cjs', 'register-typescript.cjs']) cpSync(join(root, file), join(clone, file));
    for (const name of PACKAGES) {
      mkdirSync(join(clone, 'node_modules'), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), join(clone, 'node_modules', name));
    }
    write('node_modules/.package-lock.json', '{}');
    write('package.json', '{}');
    write(
      'cli/eks-access.ts',
      "import { word } from '../words/word';\nexport const run = (): void => console.log(word);\n",
    );
    write('words/word.ts', "export const word: string = 'one';\n");
  });
  afterEach(() => rmSync(clone, { recursive: true, force: true }));

  test('runs its sources', () => {
    expect(start()).toMatchObject({ status: 0, stdout: 'one\n', stderr: '' });
  });

  test('is compiled once', () => {
    start();
    const files = readdirSync(cache());
    rmSync(join(clone, 'node_modules/esbuild'));
    rmSync(join(clone, 'node_modules/tsx'));

    expect(start()).toMatchObject({ status: 0, stdout: 'one\n', stderr: '' });

    expect(files).toHaveLength(2);
    expect(readdirSync(cache())).toEqual(files);
  });

  test('is compiled again after a change of a source, also to a text of the same length', () => {
    start();
    start();
    write('words/word.ts', "export const word: string = 'two';\n");

    expect(start()).toMatchObject({ status: 0, stdout: 'two\n', stderr: '' });
    expect(start()).toMatchObject({ status: 0, stdout: 'two\n', stderr: '' });
    expect(readdirSync(cache())).toHaveLength(2);
  });

  test.each(['node_modules/.package-lock.json', 'package.json', 'bundled-program.cjs'])(
    'is compiled again after a change of %s',
    (file) => {
      start();
      const before = bundle();
      appendFileSync(join(clone, file), '\n');

      start();

      expect(bundle()).not.toBe(before);
    },
  );

  test('loads its sources one by one where it cannot be compiled', () => {
    rmSync(join(clone, 'node_modules/esbuild'));

    expect(start()).toMatchObject({ status: 0, stdout: 'one\n', stderr: '' });

    expect(existsSync(cache())).toBe(false);
  });

  test('keeps the places of its sources', () => {
    write('words/word.ts', 'export const word: string = [__dirname, __filename].join(" ");\n');
    const folder = join(clone, 'words');

    expect(start().stdout).toBe(`${folder} ${join(folder, 'word.ts')}\n`);
  });

  test('fails with the error of a source that is wrong', () => {
    write('words/word.ts', 'export const word: string = ;\n');

    const { status, stderr } = start();

    expect({ status, names: stderr.includes('words/word.ts:1:28') }).toEqual({ status: 1, names: true });
  });
});

test('the program of this clone is compiled', () => {
  const file = join(root, 'node_modules/.cache/okta-eks-access/program.cjs');

  expect(runNode(['eks-access.cjs', '--version'], root)).toMatchObject({ status: 0, stderr: '' });

  const [head = ''] = readFileSync(file, 'utf8').split('\n', 1);
  const { inputs } = JSON.parse(head.slice('//'.length)) as { inputs: Readonly<Record<string, string>> };
  const { mtimeMs, size } = statSync(join(root, 'cli/eks-access.ts'));
  expect(inputs['cli/eks-access.ts']).toBe(`${mtimeMs} ${size}`);
});
