import { join } from 'node:path';
import { type ChildProcess, startChildProcess } from '../child-process';

export interface Etcd {
  /** What API servers that run in the same folder are told. */
  readonly url: string;
  readonly process: ChildProcess;
}

/**
 * Starts etcd on sockets in a folder: who cannot enter the folder cannot reach it, and no port is taken.
 *
 * etcd takes `unix://<host>:<port>` for a file of that name in the folder that it runs in.
 */
export function startEtcd(binary: string, folder: string): Etcd {
  const clients = 'unix://etcd:1';
  const peers = 'unix://etcd:2';
  const process = startChildProcess({
    command: binary,
    args: [
      '--name=sandbox',
      '--data-dir=etcd',
      `--listen-client-urls=${clients}`,
      `--advertise-client-urls=${clients}`,
      `--listen-peer-urls=${peers}`,
      `--initial-advertise-peer-urls=${peers}`,
      `--initial-cluster=sandbox=${peers}`,
      '--log-level=error',
      // What a run keeps ends with the run.
      '--unsafe-no-fsync',
    ],
    folder,
    log: join(folder, 'etcd.log'),
  });
  return { url: clients, process };
}
