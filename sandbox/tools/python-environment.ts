import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AccessError } from '../../constraints/access-error';
import { type BuildToolsOptions, defaultCache } from './build-tools';

/** The programs of the local AWS, which are written in Python. */
export interface AwsTools {
  /** The Python that has moto. */
  readonly python: string;
  /** Folder with the program `aws`, for `PATH`. */
  readonly folder: string;
}

const REQUIREMENTS = join(__dirname, 'aws/requirements.txt');

/**
 * Installs moto and the AWS CLI into an environment of their own, unless the cache has it.
 * @throws AccessError if Python cannot make the environment, or pip cannot install a package.
 */
export async function awsTools({ report, cache }: Omit<BuildToolsOptions, 'assets'>): Promise<AwsTools> {
  const environment = environmentPath(cache);
  if (!existsSync(environment)) await install(environment, report);
  return { python: join(environment, 'bin/python'), folder: join(environment, 'bin') };
}

/** Whether they are installed, so that Python and the network are not needed. */
export function awsToolsAreInstalled(cache?: string): boolean {
  return existsSync(environmentPath(cache));
}

/** Its name depends on the versions and the machine. */
function environmentPath(cache = defaultCache()): string {
  const hash = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 16);
  return join(cache, `aws-${process.platform}-${process.arch}-${hash}`);
}

async function install(environment: string, report: (line: string) => void): Promise<void> {
  mkdirSync(dirname(environment), { recursive: true });
  // Its programs contain their own path, so it cannot be moved: a link names it once it is whole.
  const folder = mkdtempSync(`${environment}-`);
  const started = Date.now();
  report('moto and the AWS CLI: installing');
  try {
    await run('python3', ['-m', 'venv', folder]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', REQUIREMENTS];
    await run(join(folder, 'bin/python'), pip);
    symlinkSync(folder, `${folder}.link`);
    renameSync(`${folder}.link`, environment);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  report(`moto and the AWS CLI: installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const { PYTHONHOME: _home, PYTHONPATH: _path, ...env } = process.env;
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code === 0) return;
  const last = output.trimEnd().split('\n').slice(-20).join('\n');
  throw new AccessError(`Python could not install moto and the AWS CLI. Its last lines:\n${last}`);
}
