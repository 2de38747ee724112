import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startChildProcess } from '../../sandbox/child-process';
import { createPrivateFolder } from '../../sandbox/private-folder';

const root = join(__dirname, '../..');

/** Whether a process is running; a zombie is not. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits for nearly as long as a test may take, so that a busy machine is no failure. */
async function until(condition: () => boolean): Promise<boolean> {
  for (let attempt = 0; attempt < 1000 && !condition(); attempt++) await pause(50);
  return condition();
}

describe('a child process', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'child-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const start = (...command: string[]) =>
    startChildProcess({ command: '/bin/sh', args: ['-c', ...command], folder, log: join(folder, 'log') });

  test('runs in its folder with unchanged arguments', async () => {
    const child = start('pwd; echo "$1"; sleep 60', 'sh', "it's $HOME");

    await until(() => readFileSync(join(folder, 'log'), 'utf8').split('\n').length > 2);
    await child.stop();

    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe(`${folder}\nit's $HOME\n`);
    expect(statSync(join(folder, 'log')).mode & 0o777).toBe(0o600);
  });

  test('has ended with its own children when stop returns', async () => {
    const child = start('sleep 60 & echo $!; wait');
    await until(() => readFileSync(join(folder, 'log'), 'utf8') !== '');
    const grandchild = Number(readFileSync(join(folder, 'log'), 'utf8'));

    await child.stop();

    expect(isRunning(child.pid)).toBe(false);
    expect(await until(() => !isRunning(grandchild))).toBe(true);
  });

  test('fails with the last lines of its log when it ends by itself', async () => {
    const child = start('echo "no port" >&2; exit 3');

    await expect(child.failed).rejects.toThrow('sh ended with exit code 3. Its last lines:\nno port');
  });

  test('does not fail when it is stopped', async () => {
    const child = start('sleep 60');

    await child.stop();
    const failed = await Promise.race([child.failed.catch(() => 'failed'), pause(100, 'silent')]);

    expect(failed).toBe('silent');
  });

  test('ends when its parent is killed, and the private folder is removed', async () => {
    const program = join(folder, 'parent.ts');
    writeFileSync(
      program,
      `const { startChildProcess } = require(${JSON.stringify(join(root, 'sandbox/child-process'))});
       const { createPrivateFolder } = require(${JSON.stringify(join(root, 'sandbox/private-folder'))});
       const { path } = createPrivateFolder(false);
       const { pid } = startChildProcess({ command: 'sleep', args: ['60'], folder: path, log: path + '/log' });
       console.log(JSON.stringify({ path, pid }));
       setTimeout(() => {}, 60000);`,
    );
    const parent = spawn(process.execPath, ['--require', join(root, 'register-typescript.cjs'), program], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const line = await new Promise<string>((resolve) => parent.stdout.once('data', (text) => resolve(String(text))));
    const { path, pid } = JSON.parse(line) as { path: string; pid: number };
    const before = [existsSync(path), isRunning(pid)];

    parent.kill('SIGKILL');

    expect(before).toEqual([true, true]);
    expect(await until(() => !isRunning(pid))).toBe(true);
    expect(await until(() => !existsSync(path))).toBe(true);
  });
});

describe('the private folder', () => {
  test('is accessible to its owner only, and can be removed', () => {
    const folder = createPrivateFolder(false);
    writeFileSync(join(folder.path, 'key'), '');
    const { mode } = statSync(folder.path);

    folder.remove();

    expect(mode & 0o777).toBe(0o700);
    expect(existsSync(folder.path)).toBe(false);
  });

  test('is kept on request', () => {
    const folder = createPrivateFolder(true);

    folder.remove();

    expect(existsSync(folder.path)).toBe(true);
    rmSync(folder.path, { recursive: true });
  });
});
