import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeEnvironmentFile } from '../../sandbox/apis-environment';

describe('the environment of the APIs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'environment-'));

  afterAll(() => rmSync(folder, { recursive: true }));

  test('is a file for a shell that only its owner can read', () => {
    const file = join(folder, 'env');

    writeEnvironmentFile(file, { AWS_SECRET_ACCESS_KEY: "a'b $c", AWS_PROFILE: undefined }, '/the/programs');

    expect(statSync(file).mode & 0o777).toBe(0o600);
    const script = `. '${file}'; printf '%s|' "$AWS_SECRET_ACCESS_KEY" "\${AWS_PROFILE-unset}" "\${PATH%%:*}"`;
    const env = { PATH: process.env.PATH, AWS_PROFILE: 'production' };
    expect(execFileSync('/bin/sh', ['-c', script], { env, encoding: 'utf8' })).toBe("a'b $c|unset|/the/programs|");
  });
});
