import { join } from 'node:path';
import { type ChildProcess, startChildProcess } from '../child-process';

export interface Etcd {
  /** Client URL for API servers with the same working directory. */
  readonly url: string;
  readonly process: ChildProcess;
}

/**
 * Starts etcd on Unix sockets in a folder, so that only users with access to the folder reach it and it needs no ports. For etcd,
 * `unix://<host>:<port>` is a socket of that name in its working directory.
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
      // The data is not needed after the run.
      '--unsafe-no-fsync',
    ],
    folder,
    log: join(folder, 'etcd.log'),
  });
  return { url: clients, process };
}
