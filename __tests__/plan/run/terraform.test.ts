import { chmodSync, mkdtempSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { terraform } from '../../../plan/run/terraform';

const folder = mkdtempSync(join(tmpdir(), 'terraform-'));
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string, script: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}`);
  chmodSync(file, 0o755);
  return file;
}

/** Waits until a program makes a file. */
function appearance(name: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, (_event, file) => {
      if (file !== name) return;
      watcher.close();
      resolve();
    });
  });
}

describe('a run of Terraform', () => {
  test('has what it prints, and whether it succeeded', async () => {
    const runner = terraform(program('speaks', 'echo "$@"; echo warning >&2; exit $1'), folder);

    expect(await runner.run(folder, ['0', 'plan'])).toEqual({ ok: true, stdout: '0 plan\n', stderr: 'warning\n' });
    expect(await runner.run(folder, ['1', 'plan'])).toMatchObject({ ok: false, stderr: 'warning\n' });
  });

  test('ends after it was asked to stop, once it has released its lock, and no other one starts', async () => {
    const works = 'trap "echo released; exit 1" INT; mkdir lock; while :; do sleep 0.1; done';
    const runner = terraform(program('works', works), folder);
    const locked = appearance('lock');
    const run = runner.run(folder, ['plan']);
    await locked;
    runner.stop();

    expect(await run).toMatchObject({ ok: false, stdout: 'released\n' });
    expect(await runner.run(folder, ['plan'])).toEqual({ ok: false, stdout: '', stderr: 'stopped' });
  });

  test('is killed if it is asked a second time', async () => {
    const runner = terraform(program('deaf', 'trap "" INT; mkdir deafened; while :; do sleep 0.1; done'), folder);
    const deaf = appearance('deafened');
    const run = runner.run(folder, ['plan']);
    await deaf;
    runner.stop();
    runner.stop();

    expect((await run).ok).toBe(false);
  });
});
