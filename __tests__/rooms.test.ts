import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..');

const REFUSED = [
  ['model', 'cdktf', 'model/ is pure functions on plain data'],
  ['model', 'node:fs', 'model/ is pure functions on plain data'],
  ['model', '../constructs/eks/cluster', 'model/ is pure functions on plain data'],
  ['model/checks', '../../stacks', 'model/ is pure functions on plain data'],
  ['constructs/okta', '@cdktf/provider-okta', 'constructs/ import cdktf'],
  ['constructs/okta', '@cdktf/provider-okta/lib/group', 'constructs/ import cdktf'],
  ['constructs/okta', 'zod', 'constructs/ import cdktf'],
  ['constructs/okta', 'node:fs', 'constructs/ import cdktf'],
  ['constructs', '../stacks', 'constructs/ import cdktf'],
  ['constructs/eks', '../../access-file/load-access-file', 'constructs/ import cdktf'],
  ['stacks', '../cli/start', 'stacks/ import cdktf'],
  ['stacks', '#okta/group', 'stacks/ import cdktf'],
  ['report', '../stacks', 'report/ imports model'],
  ['report', 'cdktf', 'report/ imports model'],
  ['report', 'node:fs', 'report/ imports model'],
  ['cli', '../stacks', 'cli/ imports every room but'],
  ['cli', '../constructs/validate-all', 'cli/ imports every room but'],
  ['access-file', '../stacks', 'access-file/ imports model'],
  ['sandbox', 'cdktf', 'sandbox/ imports model and the libraries'],
  ['sandbox/okta', '../../stacks', 'sandbox/ imports model and the libraries'],
  ['sandbox/okta', '../../constructs/okta/group', 'sandbox/ imports model and the libraries'],
  ['sandbox/proof', '../../report/summary', 'sandbox/ imports model and the libraries'],
  ['sandbox/proof', '../../access-file/load-access-file', 'sandbox/ imports model and the libraries'],
] as const;

const ALLOWED = [
  ['model', 'zod'],
  ['model/checks', '../path'],
  ['constructs/okta', '#okta/group'],
  ['constructs/okta', '../../model/finding'],
  ['constructs', 'cdktf'],
  ['stacks', '../constructs/eks/cluster'],
  ['stacks', 'cdktf'],
  ['report', '../model'],
  ['report', 'node:crypto'],
  ['cli', '../report/summary'],
  ['cli', '../main'],
  ['access-file', 'yaml'],
  ['sandbox', 'node:https'],
  ['sandbox', 'node:timers/promises'],
  ['sandbox/okta', 'oidc-provider'],
  ['sandbox/okta', '@peculiar/x509'],
  ['sandbox/api-server', 'jose'],
  ['sandbox/sign-in', 'openid-client'],
  ['sandbox/okta', '../../model/login'],
  ['sandbox/okta', '../synthesized/resolve'],
  ['cli', '../sandbox/okta/organization'],
] as const;

/** The linter's message about each import, by room and import; written and linted apart from the project's own files. */
function messages(): ReadonlyMap<string, string> {
  const project = mkdtempSync(join(tmpdir(), 'rooms-'));
  try {
    for (const config of ['biome.json', '.gitignore']) cpSync(join(root, config), join(project, config));
    const files = [...REFUSED, ...ALLOWED].map(([room, imported], index) => ({
      room,
      imported,
      file: `${room}/${index}.ts`,
    }));
    for (const { file, imported } of files) {
      mkdirSync(dirname(join(project, file)), { recursive: true });
      writeFileSync(join(project, file), `import { anything } from '${imported}';\n\nanything();\n`);
    }
    const { stdout } = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/@biomejs/biome/bin/biome'),
        'lint',
        '--only=style/noRestrictedImports',
        '--reporter=github',
        '--max-diagnostics=none',
      ],
      { cwd: project, encoding: 'utf8' },
    );
    const lines = stdout.split('\n');
    return new Map(
      files.map(({ room, imported, file }) => [
        `${room} ${imported}`,
        lines.find((line) => line.includes(`/${file},`)) ?? '',
      ]),
    );
  } finally {
    rmSync(project, { recursive: true });
  }
}

describe('the import rules of the rooms', () => {
  const found = messages();

  test.each(REFUSED)('refuse, in %s, the import of %s', (room, imported, message) => {
    expect(found.get(`${room} ${imported}`)).toContain(message);
  });

  test.each(ALLOWED)('allow, in %s, the import of %s', (room, imported) => {
    expect(found.get(`${room} ${imported}`)).toBe('');
  });
});
