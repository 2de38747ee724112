import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import cdktf from '../cdktf.json';
import packageJson from '../package.json';
import build from '../tsconfig.build.json';
import { accessWith } from './access-files';
import { importsOf } from './imports-of';
import { synthesizedAccess } from './synthesized';

const root = join(__dirname, '..');

/** The packages that something imports, by its specifiers. */
function packagesOf(specifiers: readonly string[]): readonly string[] {
  const own: Readonly<Record<string, string>> = packageJson.imports;
  return specifiers
    .filter((specifier) => !/^(\.|node:)/.test(specifier))
    .map((specifier) => own[specifier.replace(/\/.*/, '/*')] ?? specifier)
    .map((specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] as string);
}

/** Every file that tsconfig.build.json compiles: what it includes, and what that imports. */
function packedFiles(): readonly string[] {
  const included = build.include
    .flatMap((part) =>
      part.endsWith('.ts')
        ? [part]
        : readdirSync(join(root, part), { recursive: true, encoding: 'utf8' }).map((file) => join(part, file)),
    )
    .filter((file) => file.endsWith('.ts') && !isExcluded(file));
  const packed = new Set(included);
  for (const file of packed) {
    for (const specifier of importsIn(file).filter((name) => name.startsWith('.') && !isData(name))) {
      const path = join(dirname(file), specifier);
      packed.add(existsSync(join(root, `${path}.ts`)) ? `${path}.ts` : `${path}/index.ts`);
    }
  }
  return [...packed];
}

const isData = (file: string) => file.endsWith('.json');
const isExcluded = (file: string) => build.exclude.some((folder) => file.startsWith(`${folder}/`));
const importsIn = (file: string) => importsOf(readFileSync(join(root, file), 'utf8'));

describe('package.json', () => {
  const { dependencies, peerDependencies, devDependencies, main, types, typesVersions, exports, bin, files } =
    packageJson;

  test('depends on the packages that the packed files import, and on no others', () => {
    const imported = packagesOf(packedFiles().flatMap(importsIn));

    expect([...new Set(imported)].sort()).toEqual(
      [...Object.keys(dependencies), ...Object.keys(peerDependencies)].sort(),
    );
  });

  test('names files that are packed', () => {
    const named = [main, ...Object.values(exports), ...Object.values(bin)].map((file) =>
      file.replace(/^\.\/dist\/(.*)\.js$/, '$1.ts').replace(/^\.\//, ''),
    );

    expect(files).toEqual(expect.arrayContaining(['dist', '*.cjs']));
    const programs = readdirSync(root).filter((file) => file.endsWith('.cjs'));
    // npm always packs package.json.
    expect([...packedFiles(), ...programs, 'package.json']).toEqual(expect.arrayContaining(named));
  });

  test('has types for each export, for compilers that do not read exports too', () => {
    const { '.': model, './package.json': _, ...subpaths } = exports;
    const declarations = (file: string) => file.replace(/\.(c?)js$/, '.d.$1ts');

    expect(main).toBe(model);
    expect(types).toBe(declarations(model));
    expect(typesVersions['*']).toEqual(
      Object.fromEntries(Object.entries(subpaths).map(([path, file]) => [path.slice(2), [declarations(file)]])),
    );
  });

  test('has the data in the package that the packed files read', () => {
    const data = packedFiles().flatMap((file) =>
      importsIn(file)
        .filter(isData)
        .map((name) => join(dirname(file), name)),
    );

    expect(data).toContain('rbac/kubernetes/1.37.json');
    // build-package.ts copies the data in what tsconfig.build.json includes.
    expect(
      data.filter((file) => !build.include.some((part) => file.startsWith(`${part}/`)) || isExcluded(file)),
    ).toEqual([]);
  });

  test('has for development what a library user has to bring', () => {
    expect(devDependencies).toMatchObject(peerDependencies);
  });
});

describe('the cdktf command', () => {
  // Its own terminal library has no binary for Node 24 and later. It asks for it without naming it as a dependency.
  test.each(['cdktf-cli/package.json', '@cdktf/cli-core/package.json'])(
    '%s finds a terminal library of every Node',
    (user) => {
      const from = createRequire(require.resolve(user));

      const { name, version } = from('@cdktf/node-pty-prebuilt-multiarch/package.json');

      expect(`${name}@${version}`).toBe('@lydell/node-pty@1.1.0');
      expect(from('@cdktf/node-pty-prebuilt-multiarch')).toHaveProperty('spawn');
    },
  );
});

describe('cdktf.json', () => {
  test('generates bindings of the very versions that the stacks require', () => {
    const stacks = Object.values(synthesizedAccess(accessWith()));

    const required = stacks.flatMap((stack) => Object.values(stack.terraform?.required_providers ?? {})) as {
      source: string;
      version: string;
    }[];

    const versions = required.map(
      ({ source, version }) => `${source.includes('/') ? source : `hashicorp/${source}`}@${version}`,
    );
    expect([...new Set(versions)].sort()).toEqual([...cdktf.terraformProviders].sort());
  });

  test('starts without npx, sends no crash reports and has a project id', () => {
    expect(cdktf.app).toMatch(/^node /);
    expect(cdktf.sendCrashReports).toBe('false');
    expect(cdktf.projectId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});
