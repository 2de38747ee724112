import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM, findTool, GO, KUBECTL, missingTools } from '../../sandbox/missing-tools';

describe('programs that the sandbox takes from the machine', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'path-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('are found on PATH, by the first of their names', () => {
    writeFileSync(join(folder, 'google-chrome'), '', { mode: 0o755 });
    writeFileSync(join(folder, 'chromium-browser'), '', { mode: 0o755 });

    const found = findTool(CHROMIUM, `/nowhere:${folder}`);

    expect(found).toBe(join(folder, 'chromium-browser'));
  });

  test('are not found in a file that cannot be executed, or in a folder of the name', () => {
    writeFileSync(join(folder, 'go'), '', { mode: 0o644 });

    const found = [findTool(GO, folder), findTool({ ...GO, commands: ['.'] }, folder)];

    expect(found).toEqual([undefined, undefined]);
  });

  test('are told in one message, with how to get them', () => {
    writeFileSync(join(folder, 'go'), '', { mode: 0o755 });

    const message = missingTools([GO, KUBECTL, CHROMIUM], folder);

    expect(message).toBe(
      [
        'The sandbox needs programs that are not on PATH:',
        '  kubectl: install it as https://kubernetes.io/docs/tasks/tools/ says',
        '  Chromium: install your system’s package chromium, or run npx playwright-core install chromium',
      ].join('\n'),
    );
  });

  test('are not spoken of where none is missing', () => {
    writeFileSync(join(folder, 'kubectl'), '', { mode: 0o755 });

    expect(missingTools([KUBECTL], folder)).toBeUndefined();
  });
});
