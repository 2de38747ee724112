import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM, findTool, GO, KUBECTL, missingTools } from '../../sandbox/missing-tools';

describe('programs that must be installed', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'path-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('are found on PATH by the first matching name', () => {
    writeFileSync(join(folder, 'google-chrome'), '', { mode: 0o755 });
    writeFileSync(join(folder, 'chromium-browser'), '', { mode: 0o755 });

    const found = findTool(CHROMIUM, `/nowhere:${folder}`);

    expect(found).toBe(join(folder, 'chromium-browser'));
  });

  test('are not found if the file is not executable or is a folder', () => {
    writeFileSync(join(folder, 'go'), '', { mode: 0o644 });

    const found = [findTool(GO, folder), findTool({ ...GO, commands: ['.'] }, folder)];

    expect(found).toEqual([undefined, undefined]);
  });

  test('are reported in one message, with how to install them', () => {
    writeFileSync(join(folder, 'go'), '', { mode: 0o755 });

    const message = missingTools([GO, KUBECTL, CHROMIUM], folder);

    expect(message).toBe(
      [
        'The sandbox needs programs that are not on PATH:',
        '  kubectl: install it from https://kubernetes.io/docs/tasks/tools/',
        '  Chromium: install the chromium package of your system, or run npx playwright-core install chromium',
      ].join('\n'),
    );
  });

  test('are not reported if none is missing', () => {
    writeFileSync(join(folder, 'kubectl'), '', { mode: 0o755 });

    expect(missingTools([KUBECTL], folder)).toBeUndefined();
  });
});
