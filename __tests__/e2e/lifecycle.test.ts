import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processesIn } from '../../bench/processes-in';
import packageJson from '../../package.json';
import { nodeArguments } from '../command';
import startingFile from '../starting-file';
import { BUILD_TIMEOUT, realWorld, tools } from './world';

const ROOT = resolve(__dirname, '../..');
const STARTS = 20;

function isOpen(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      answer(true);
    });
    socket.once('error', () => answer(false));
  });
}

async function eventually(isTrue: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 100 && !isTrue(); attempt++) await pause(100);
}

test(
  `${STARTS} starts and stops in a row leave no process, port or file behind`,
  async () => {
    for (let start = 0; start < STARTS; start++) {
      const world = await realWorld(startingFile);
      const { folder, issuer, servers } = world;
      const ports = [issuer.port, ...[...servers.values()].map(({ url }) => Number(new URL(url).port))];
      expect(processesIn(folder).length).toBeGreaterThanOrEqual(3);

      await world.close();

      expect(existsSync(folder)).toBe(false);
      await eventually(() => processesIn(folder).length === 0);
      expect(processesIn(folder)).toEqual([]);
      expect(await Promise.all(ports.map(isOpen))).toEqual(ports.map(() => false));
    }
  },
  BUILD_TIMEOUT,
);

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'a sandbox that is ended by %s leaves nothing behind',
  async (signal) => {
    await tools();
    const sandbox = spawn(process.execPath, nodeArguments(packageJson.scripts.sandbox), { cwd: ROOT });
    let output = '';
    sandbox.stdout.on('data', (text) => {
      output += text;
    });
    const kubeconfig = () => /KUBECONFIG=(\S+)\/kubeconfig/.exec(output)?.[1];
    await eventually(() => kubeconfig() !== undefined);
    for (let attempt = 0; attempt < 20 && kubeconfig() === undefined; attempt++) await pause(1000);
    const folder = kubeconfig() ?? 'none';
    expect(existsSync(folder)).toBe(true);

    sandbox.kill(signal);

    await eventually(() => !existsSync(folder) && processesIn(folder).length === 0);
    expect(existsSync(folder)).toBe(false);
    expect(processesIn(folder)).toEqual([]);
  },
  BUILD_TIMEOUT,
);
