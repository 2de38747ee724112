import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAccessFile, selectedAccessFile } from '../load-access-file';
import { accessWith, SMALLEST } from './access-files';
import { runNode } from './command';

const root = join(__dirname, '..');

describe('selectedAccessFile', () => {
  test('is access.config.ts, or what ACCESS_CONFIG names', async () => {
    expect(selectedAccessFile({})).toBe('access.config.ts');
    expect(selectedAccessFile({ ACCESS_CONFIG: '' })).toBe('access.config.ts');
    expect(selectedAccessFile({ ACCESS_CONFIG: 'fleet.yaml' })).toBe('fleet.yaml');
  });
});

describe('loadAccessFile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'access-file-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const messageOf = async (file: string) => {
    try {
      await loadAccessFile(file);
    } catch (error) {
      return (error as Error).message.replaceAll(`${folder}/`, '');
    }
    throw new Error('expected a failure');
  };
  const TYPED = `import { defineAccess } from ${JSON.stringify(join(root, 'model'))};\n`;

  test('reads TypeScript, JSON, and YAML to the same model', async () => {
    const yaml = `
okta: { orgName: example }
groups:
  eks-admins: {}
clusters:
  prod: { kind: eks, region: eu-west-1 }
grants:
  - { group: eks-admins, role: cluster-admin, clusters: '*' }
`;

    const models = [
      await loadAccessFile(write('typed.ts', `${TYPED}export default defineAccess(${JSON.stringify(SMALLEST)});`)),
      await loadAccessFile(write('plain.json', JSON.stringify(SMALLEST))),
      await loadAccessFile(write('mark.json', `\uFEFF${JSON.stringify(SMALLEST)}`)),
      await loadAccessFile(write('plain.yaml', yaml)),
      await loadAccessFile(write('plain.yml', yaml)),
    ];

    // Only a text has lines.
    const withoutPlaces = models.map(({ warnings, ...model }) => ({
      ...model,
      warnings: warnings.map(({ line, column, ...warning }) => warning),
    }));
    for (const model of withoutPlaces) expect(model).toEqual(accessWith());
    expect(models.map(({ warnings }) => warnings[0]?.line)).toEqual([undefined, 1, 1, 6, 6]);
  });

  test('reads TypeScript if nothing loads it yet, as in an installed package', async () => {
    const file = write('alone.ts', `${TYPED}export default defineAccess(${JSON.stringify(SMALLEST)});`);
    const program = `
      const { buildSync } = require('esbuild');
      const Module = require('node:module');
      const { outputFiles } = buildSync({
        entryPoints: ['load-access-file.ts'], bundle: true, write: false, format: 'cjs',
        platform: 'node', packages: 'external',
      });
      const loaded = new Module('loaded.cjs');
      loaded.filename = '${root}/loaded.cjs';
      loaded.paths = module.paths;
      loaded._compile(outputFiles[0].text, loaded.filename);
      loaded.exports.loadAccessFile(${JSON.stringify(file)}).then(({ okta }) => console.log(okta.orgName));
    `;

    const { stdout, stderr } = runNode(['--eval', program], root);

    expect({ stdout, stderr }).toEqual({ stdout: 'example\n', stderr: '' });
  });

  test('fails on a wrong file with every problem, after the name of the file', async () => {
    const message = await messageOf(write('two.yaml', 'okta: {}\ngroups: {}\nclusters: {}\ngrants: []\n'));

    expect(message).toMatch(/^two\.yaml has 2 problems:\n\n {2}okta\.orgName {2}\[shape\] {2}line 1, column 1\n/);
  });

  test('fails on a wrong TypeScript file with the path in it', async () => {
    const file = { ...SMALLEST, identityProvider: { prefix: 'system:' } };

    const message = await messageOf(write('wrong.ts', `${TYPED}export default defineAccess(${JSON.stringify(file)});`));

    expect(message).toMatch(/^wrong\.ts has a problem:\n\n {2}identityProvider\.prefix {2}\[reserved-prefix\]\n/);
  });

  test.each([
    ['a missing file', 'missing.ts', undefined, 'The access file does not exist.', 'missing.ts'],
    ['an unknown extension', 'access.toml', 'x', 'The access file has no supported extension.', 'the extension .toml'],
    ['no extension', 'access', 'x', 'The access file has no supported extension.', 'no extension'],
    ['an empty JSON file', 'empty.json', ' \n', 'The file is empty.', 'no text'],
    ['an empty YAML file', 'empty.yaml', '# nothing\n', 'The file is empty.', 'no text'],
    ['an empty TypeScript file', 'empty.ts', '', 'The file does not export an access file.', 'no default export'],
    [
      'a YAML alias without its anchor',
      'alias.yaml',
      'okta: *none',
      'The file is not valid YAML.',
      'Unresolved alias (the anchor must be set before the alias): none',
      '  line 1, column 7',
    ],
    [
      'a YAML alias inside its own anchor',
      'inside.yaml',
      'clusterDefaults: &c { tags: *c }\nclusters: { a: { kind: eks, tags: &t { tags: *t } } }',
      'The file is not valid YAML.',
      'an alias inside the value of its own anchor',
      '  line 1, column 29',
    ],
    [
      'an export of something else',
      'five.ts',
      'export default 5;',
      'The file does not export an access file.',
      'a default export that is not from defineAccess (number)',
    ],
    [
      'an export that is not from defineAccess',
      'plain.ts',
      `export default ${JSON.stringify(SMALLEST)};`,
      'The file does not export an access file.',
      'a default export that is not from defineAccess (object)',
    ],
    [
      'a file that throws a value that is not an Error',
      'throws.ts',
      "throw 'text';",
      'The file cannot be evaluated.',
      'a thrown value that is not an Error: text',
    ],
  ])('fails on %s', async (_, name, text, message, given, place = '') => {
    if (text !== undefined) write(name, text);

    const found = await messageOf(join(folder, name));

    expect(found).toContain(
      `${name} has a problem:\n\n  the file  [file]${place}\n    ${message}\n    given:   ${given}\n`,
    );
    expect(found).not.toMatch(/\n\s+at /);
  });

  test('fails on a YAML file that would fill the memory', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`)}]`,
    );

    const message = await messageOf(write('bomb.yaml', ['l0: &l0 [x]', ...levels].join('\n')));

    expect(message).toContain('given:   Excessive alias count indicates a resource exhaustion attack\n');
  });

  test('fails on a folder and on a loop of links with the message of the system', async () => {
    symlinkSync('loop.ts', join(folder, 'loop.ts'));

    expect(await messageOf(join(folder, 'loop.ts'))).toContain('given:   ELOOP: too many symbolic links encountered');
    expect(await messageOf(folder)).toContain('given:   EISDIR: illegal operation on a directory');
  });

  test.each([
    ['dup.json', '{"okta": 1,\n "okta": 2}', 'line 2, column 2'],
    ['dup.yaml', 'okta: 1\nokta: 2', 'line 2, column 1'],
  ])('fails on a repeated key in %s, of which a parser would take the last', async (name, text, place) => {
    expect(await messageOf(write(name, text))).toContain(
      `  the file  [syntax]  ${place}\n    The file has a syntax error.\n    given:   Map keys must be unique\n`,
    );
  });

  test('fails on every error of a YAML file at once', async () => {
    const message = await messageOf(write('broken.yaml', 'okta: [1\ngroups: 2\nokta: 3'));

    expect(message).toMatch(
      /^broken\.yaml has 2 problems:\n\n {2}the file {2}\[syntax\] {2}line 2, column 1\n(.*\n)+ {2}the file {2}\[syntax\] {2}line 3, column 1\n/,
    );
  });
});

describe('loadAccessFile with tsx', () => {
  // Users have the loader tsx, whose messages differ from those of Jest's loader.
  const FILES = [
    ['a syntax error', 'syntax.ts', 'const x = {;', 'syntax.ts:1:11: ERROR: Expected identifier but found ";"'],
    [
      'an import of a missing file',
      'import.ts',
      "\nimport x from './nope';\nexport default x;",
      "Cannot find module './nope' (import.ts:2:15)",
    ],
    ['an error while it runs', 'throws-error.ts', "\n\nthrow new Error('no table');", 'no table (throws-error.ts:3:7)'],
    ['an unknown name', 'name.ts', 'export default nothing;', 'nothing is not defined (name.ts:1:16)'],
    [
      'top-level await',
      'await.ts',
      'await 1; export default 1;',
      'await.ts:1:0: ERROR: Top-level await is currently not supported with the "cjs" output format',
    ],
  ] as const;
  const folder = mkdtempSync(join(tmpdir(), 'access-file-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  let messages: Record<string, string>;
  beforeAll(() => {
    for (const [, name, text] of FILES) writeFileSync(join(folder, name), text);
    const program = `
      const { loadAccessFile } = require(${JSON.stringify(join(root, 'load-access-file.ts'))});
      (async () => {
        const messages = {};
        for (const name of ${JSON.stringify(FILES.map(([, name]) => name))}) {
          await loadAccessFile(name).catch(({ message }) => {
            messages[name] = message;
          });
        }
        console.log(JSON.stringify(messages));
      })();
    `;
    const { stdout } = runNode(['--require', join(root, 'register-typescript.cjs'), '--eval', program], folder);
    messages = JSON.parse(stdout);
  });

  test.each(FILES)('fails on %s with its place and without a stack trace', (_, name, _text, given) => {
    const fix =
      name === 'await.ts'
        ? 'Move the await into an async function, and export its promise: export default (async () => defineAccess({ … }))().'
        : 'Correct the error at the given place.';
    expect(messages[name]).toBe(`${name} has a problem:

  the file  [file]
    The file cannot be evaluated.
    given:   ${given}
    allowed: TypeScript without errors that exports defineAccess({ … })
    fix:     ${fix}`);
  });
});

describe('loadAccessFile of code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'access-file-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const model = JSON.stringify(join(root, 'model'));
  const defined = `defineAccess(${JSON.stringify(SMALLEST)})`;
  const esm = `import { defineAccess } from ${model};\nexport default`;
  const cjs = `const { defineAccess } = require(${model});\nmodule.exports =`;
  const promise = `(async () => { await null; return ${defined}; })();`;

  /** What the file of this name says, or the message that it fails with. */
  const outcomeOf = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    const program = `
      const { loadAccessFile } = require(${JSON.stringify(join(root, 'load-access-file.ts'))});
      loadAccessFile(${JSON.stringify(name)}).then(
        ({ okta }) => console.log(okta.orgName),
        ({ message }) => console.log(message),
      );
    `;
    const run = runNode(['--require', join(root, 'register-typescript.cjs'), '--eval', program], folder);
    return { stdout: run.stdout, stderr: run.stderr };
  };

  test.each([
    ['promise.ts', `${esm} ${promise}`],
    ['promise.mts', `${esm} ${promise}`],
    ['value.cts', `${esm} ${defined};`],
    ['value.js', `${esm} ${defined};`],
    ['value.mjs', `${esm} ${defined};`],
    ['exports.js', `${cjs} ${defined};`],
    ['exports.cjs', `${cjs} ${promise}`],
  ])('reads %s', (name, text) => {
    expect(outcomeOf(name, text)).toEqual({ stdout: 'example\n', stderr: '' });
  });

  test.each([
    [
      'a promise of something else',
      `${esm} Promise.resolve(5);`,
      'a default export that is not from defineAccess (number)',
    ],
    ['a promise that fails', `${esm} (async () => {\n throw new Error('no table'); })();`, 'no table (wrong.mts:3:8)'],
    ['a promise that waits for nothing', `${esm} new Promise(() => {});`, 'a promise that waits for nothing'],
  ])('fails on %s', (_, text, given) => {
    const { stdout, stderr } = outcomeOf('wrong.mts', text);

    expect(stderr).toBe('');
    expect(stdout).toMatch(/^wrong\.mts has a problem:\n/);
    expect(stdout).toContain(`    given:   ${given}\n`);
  });
});
