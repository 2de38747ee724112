import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { importsOf } from './imports-of';

const root = join(__dirname, '..');

/** Provider bindings that configure a stack; the others make resources, which are for constructs. */
const PROVIDERS = /^#(okta|aws|kubernetes)\/(provider|data-aws-eks-clusters?)$/;
const BINDINGS = /^#(okta|aws|kubernetes)\/[a-z0-9-]+$/;
const NODE = /^node:/;

/** What the files of each room may import: other rooms, and packages. A file belongs to the longest name that fits. */
const ROOMS: Readonly<
  Record<string, { readonly rooms: readonly string[]; readonly packages: readonly (string | RegExp)[] }>
> = {
  rbac: { rooms: [], packages: [] },
  // Writes the data of Kubernetes versions; no other file imports it.
  'rbac/generate': { rooms: ['rbac'], packages: [NODE, 'yaml'] },
  constraints: { rooms: ['rbac'], packages: ['ipaddr.js', 'unhomoglyph'] },
  'model/file': { rooms: ['constraints', 'rbac'], packages: ['zod'] },
  'model/derived': { rooms: ['model/file', 'constraints', 'rbac'], packages: [] },
  'model/checks': { rooms: ['model/derived', 'model/file', 'constraints', 'rbac'], packages: [] },
  'model/review': { rooms: ['model/derived', 'model/file', 'constraints', 'rbac'], packages: ['node:net'] },
  model: {
    rooms: ['model/file', 'model/derived', 'model/checks', 'model/review', 'constraints', 'rbac'],
    packages: ['zod'],
  },
  constructs: { rooms: ['constraints', 'rbac'], packages: ['cdktf', 'constructs', BINDINGS] },
  stacks: {
    rooms: ['constructs', 'model', 'model/file', 'model/derived', 'constraints', 'rbac'],
    packages: ['cdktf', 'constructs', PROVIDERS, 'node:path'],
  },
  input: {
    rooms: ['model', 'model/file', 'constraints'],
    packages: ['yaml', 'jsonc-parser', 'tsx/cjs/api', 'zod', NODE],
  },
  'load-access-file.ts': { rooms: ['input', 'model'], packages: [NODE] },
  'index.ts': { rooms: ['load-access-file.ts', 'model'], packages: [] },
  'or-exit.ts': { rooms: ['report', 'model', 'constraints'], packages: [] },
  'synthesize-access.ts': {
    rooms: ['or-exit.ts', 'load-access-file.ts', 'input', 'constructs', 'stacks', 'model'],
    packages: ['cdktf', NODE],
  },
  'main.ts': { rooms: ['or-exit.ts', 'synthesize-access.ts'], packages: [] },
  // The one thing that the pages of the reports and of the sandbox share.
  'report/html.ts': { rooms: [], packages: [] },
  plan: {
    rooms: ['model/derived', 'model/review', 'constraints', 'rbac'],
    packages: ['zod', 'node:util'],
  },
  // Runs Terraform, and keeps its plans.
  'plan/run': { rooms: ['plan', 'constraints'], packages: [NODE] },
  report: {
    rooms: [
      'sign-in',
      'report/html.ts',
      'plan',
      'model',
      'model/file',
      'model/derived',
      'model/review',
      'constraints',
      'rbac',
    ],
    packages: ['node:util', 'node:crypto', 'node:fs', 'node:path'],
  },
  // How an API server authenticates ID tokens, on values.
  authentication: { rooms: [], packages: [NODE] },
  // What only Okta, AWS, and the API servers know.
  live: {
    rooms: ['input', 'model', 'model/derived', 'constraints'],
    packages: ['zod', 'jsonc-parser', /^@aws-sdk\/(client-eks|credential-providers)$/, NODE],
  },
  'sign-in': {
    rooms: [
      'live',
      'authentication',
      'input',
      'model',
      'model/file',
      'model/derived',
      'model/review',
      'constraints',
      'rbac',
    ],
    packages: ['zod', 'yaml', NODE],
  },
  // The local AWS: EKS on the API servers of the sandbox.
  'sandbox/aws': {
    rooms: ['sandbox', 'authentication', 'model', 'model/derived', 'constraints', 'rbac'],
    packages: [NODE, '@smithy/core/checksum', '@smithy/signature-v4', 'yaml', 'zod'],
  },
  // Tries a deployment with Terraform.
  'sandbox/rehearse': {
    rooms: [
      ...['sandbox', 'sandbox/aws', 'plan', 'plan/run', 'authentication', 'sign-in'],
      ...['model', 'model/derived', 'model/review', 'constraints'],
    ],
    packages: [NODE],
  },
  sandbox: {
    rooms: [
      'sandbox/aws',
      'authentication',
      'live',
      'sign-in',
      'sandbox/okta/management',
      'report/html.ts',
      'model',
      'model/file',
      'model/derived',
      'model/review',
      'constraints',
      'rbac',
    ],
    packages: [NODE, 'oidc-provider', 'jose', 'openid-client', '@peculiar/x509', 'playwright-core', 'yaml', 'zod'],
  },
  // Okta's management API, which validates what it is sent.
  'sandbox/okta/management': { rooms: ['sandbox', 'constraints'], packages: [NODE, 'jose', 'zod'] },
  cli: {
    rooms: [
      ...[
        'or-exit.ts',
        'synthesize-access.ts',
        'load-access-file.ts',
        'input',
        'model',
        'model/file',
        'model/derived',
        'model/review',
        'constraints',
        'rbac',
      ],
      ...[
        'report',
        'plan',
        'plan/run',
        'live',
        'sign-in',
        'sandbox',
        'sandbox/aws',
        'sandbox/rehearse',
        'authentication',
      ],
    ],
    packages: [NODE, 'commander'],
  },
};

/** The room of a file, relative to the project. */
function roomOf(file: string): string {
  const fitting = Object.keys(ROOMS).filter((room) => file === room || file.startsWith(`${room}/`));
  return fitting.sort((a, b) => b.length - a.length)[0] ?? file;
}

/** What is wrong with an import of a file; undefined where nothing is. */
function refusal(file: string, specifier: string): string | undefined {
  const room = roomOf(file);
  const { rooms, packages } = ROOMS[room] ?? { rooms: [], packages: [] };
  if (!specifier.startsWith('.')) {
    const known = packages.some((allowed) =>
      typeof allowed === 'string' ? allowed === specifier : allowed.test(specifier),
    );
    return known ? undefined : `${file} imports the package ${specifier}, which ${room} may not`;
  }
  const path = normalize(join(dirname(file), specifier));
  const imported = roomOf(isFile(`${path}.ts`) ? `${path}.ts` : `${path}/index.ts`);
  return imported === room || rooms.includes(imported)
    ? undefined
    : `${file} imports ${specifier} of ${imported}, which ${room} may not`;
}

function isFile(path: string): boolean {
  return statSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true;
}

/** The TypeScript files of a room and below, relative to the project. */
function filesOf(room: string): readonly string[] {
  if (isFile(room)) return [room];
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .map((file) => `${room}/${file}`)
    .filter((file) => file.endsWith('.ts'));
}

describe('the rooms', () => {
  test.each(Object.keys(ROOMS))('%s imports only what is below it', (room) => {
    const files = filesOf(room).filter((file) => roomOf(file) === room);

    expect(files.length).toBeGreaterThan(0);
    expect(
      files.flatMap((file) =>
        importsOf(readFileSync(join(root, file), 'utf8')).flatMap((specifier) => refusal(file, specifier) ?? []),
      ),
    ).toEqual([]);
  });

  test('hold every file that runs', () => {
    const tops = readdirSync(root, { withFileTypes: true })
      .filter(
        (entry) =>
          entry.isDirectory() && !/^(\.|__tests__$|node_modules$|cdktf\.out$|dist$|artifacts$)/.test(entry.name),
      )
      .map(({ name }) => name);
    const apart = ['bench', 'docs', 'examples'];

    expect(tops.filter((top) => !apart.includes(top)).sort()).toEqual(
      [...new Set(Object.keys(ROOMS).map((room) => room.split('/')[0] as string))].filter((top) => !isFile(top)).sort(),
    );
  });

  test.each([
    [
      'rbac/a.ts',
      '../constraints/finding',
      'rbac/a.ts imports ../constraints/finding of constraints, which rbac may not',
    ],
    [
      'constraints/okta/a.ts',
      '../../model/file/day',
      'constraints/okta/a.ts imports ../../model/file/day of model/file, which constraints may not',
    ],
    [
      'model/file/a.ts',
      '../derived/bindings',
      'model/file/a.ts imports ../derived/bindings of model/derived, which model/file may not',
    ],
    ['model/checks/a.ts', 'cdktf', 'model/checks/a.ts imports the package cdktf, which model/checks may not'],
    [
      'constructs/okta/a.ts',
      '../../model',
      'constructs/okta/a.ts imports ../../model of model, which constructs may not',
    ],
    [
      'constructs/okta/a.ts',
      '@cdktf/provider-okta/lib/group',
      'constructs/okta/a.ts imports the package @cdktf/provider-okta/lib/group, which constructs may not',
    ],
    ['stacks/a.ts', '#okta/group', 'stacks/a.ts imports the package #okta/group, which stacks may not'],
    ['cli/a.ts', '../stacks', 'cli/a.ts imports ../stacks of stacks, which cli may not'],
    [
      'sandbox/proof/a.ts',
      '../../report/summary',
      'sandbox/proof/a.ts imports ../../report/summary of report, which sandbox may not',
    ],
  ])('refuse, in %s, the import of %s', (file, specifier, message) => {
    expect(refusal(file, specifier)).toBe(message);
  });

  test.each([
    ["import { a } from './a';", ['./a']],
    ["import type { A } from '../a';\nexport * from './b';", ['../a', './b']],
    ["import 'cdktf';", ['cdktf']],
    ["const { a } = require('yaml') as typeof import('yaml');", ['yaml', 'yaml']],
  ])('see the imports of %j', (text, imports) => {
    expect(importsOf(text)).toEqual(imports);
  });
});
