import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

/** Why a program cannot listen at an address, such as `EADDRINUSE`; undefined if it can. */
export function listenProblem(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/** The program that listens on a port, such as `node (process 4711)`; undefined where the system does not tell. */
export function portHolder(port: number): string | undefined {
  const inodes = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => listeningInodes(textOf(file), port));
  if (inodes.length === 0) return undefined;
  const sockets = new Set(inodes.map((inode) => `socket:[${inode}]`));
  const pid = processIds().find((id) => descriptorsOf(id).some((descriptor) => sockets.has(descriptor)));
  return pid === undefined ? undefined : `${textOf(`/proc/${pid}/comm`).trim()} (process ${pid})`;
}

/** The ids of the running processes whose command line fits; none where the system does not tell. */
export function processesWith(fits: (args: readonly string[]) => boolean): readonly string[] {
  return processIds().filter((id) => fits(textOf(`/proc/${id}/cmdline`).split('\0')));
}

/** Whether the system tells which processes run. */
export function tellsProcesses(): boolean {
  return processIds().length > 0;
}

/** State of a socket that listens, in the table of the kernel. */
const LISTENING = '0A';

function listeningInodes(table: string, port: number): readonly string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === LISTENING && local.endsWith(`:${hex}`) && inode !== undefined ? [inode] : [];
  });
}

function processIds(): readonly string[] {
  return namesIn('/proc').filter((name) => /^\d+$/.test(name));
}

function descriptorsOf(id: string): readonly string[] {
  return namesIn(`/proc/${id}/fd`).flatMap((name) => {
    try {
      return [readlinkSync(`/proc/${id}/fd/${name}`)];
    } catch {
      return [];
    }
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A process of somebody else, or one that has ended.
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
