import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsTools, awsToolsAreInstalled } from '../../../sandbox/tools/python-environment';

/** A fake Python: makes an environment with itself in it, and logs what pip installs. */
const PYTHON = `#!/bin/sh
echo "$*" >> "$CALLS"
if [ "$2" = "$BROKEN" ]; then echo 'Collecting moto'; echo 'ERROR: no space left on device' >&2; exit 1; fi
if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; fi
`;

describe('the programs of the local AWS', () => {
  const usual = { ...process.env };
  let folder: string;
  let cache: string;
  let lines: string[];
  const report = (line: string) => {
    lines.push(line.replace(/\d+ s/, 'N s'));
  };
  const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'python-'));
    cache = join(folder, 'cache');
    lines = [];
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/python3'), PYTHON);
    chmodSync(join(folder, 'bin/python3'), 0o755);
    process.env.PATH = `${join(folder, 'bin')}:${usual.PATH}`;
    process.env.CALLS = join(folder, 'calls');
    delete process.env.BROKEN;
  });

  afterEach(() => {
    process.env = { ...usual };
    rmSync(folder, { recursive: true });
  });

  test('are installed once, in exact versions', async () => {
    const before = awsToolsAreInstalled(cache);
    const first = await awsTools({ report, cache });
    const second = await awsTools({ report, cache });

    expect([before, awsToolsAreInstalled(cache)]).toEqual([false, true]);
    expect(second).toEqual(first);
    expect(readFileSync(first.python, 'utf8')).toBe(PYTHON);
    expect(calls()).toHaveLength(2);
    expect(calls()[1]).toMatch(
      /^-m pip install --quiet --disable-pip-version-check --requirement .*\/aws\/requirements\.txt$/,
    );
    expect(lines).toEqual(['moto and the AWS CLI: installing', 'moto and the AWS CLI: installed in N s']);
    const requirements = readFileSync(calls()[1]?.split(' ').at(-1) as string, 'utf8')
      .trim()
      .split('\n');
    expect(requirements.filter((line) => !/^[\w-]+==[\w.]+$/.test(line))).toEqual([]);
    expect(requirements.filter((line) => /^(moto|awscli)==/.test(line))).toHaveLength(2);
  });

  test('are whole when they are installed twice at the same time', async () => {
    const [first, second] = await Promise.all([awsTools({ report, cache }), awsTools({ report, cache })]);

    expect(second).toEqual(first);
    expect(readFileSync(first.python, 'utf8')).toBe(PYTHON);
  });

  test.each(['venv', 'pip'])('fails with the last lines of Python if %s does, and leaves nothing', async (module) => {
    process.env.BROKEN = module;

    await expect(awsTools({ report, cache })).rejects.toMatchObject({
      name: 'AccessError',
      message:
        'Python could not install moto and the AWS CLI. Its last lines:\nCollecting moto\nERROR: no space left on device',
    });
    expect([awsToolsAreInstalled(cache), readdirSync(cache)]).toEqual([false, []]);
  });
});
