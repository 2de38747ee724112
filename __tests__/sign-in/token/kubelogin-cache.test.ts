import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cachedTokens } from '../../../sign-in/token/kubelogin-cache';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cache-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('are the ID tokens of all entries; other files are left out', () => {
  writeFileSync(join(folder, 'b'), JSON.stringify({ id_token: 'b.b.b', refresh_token: 'secret' }));
  writeFileSync(join(folder, 'a'), JSON.stringify({ id_token: 'a.a.a' }));
  writeFileSync(join(folder, 'a.lock'), '');
  mkdirSync(join(folder, 'folder'));

  expect(cachedTokens(folder)).toEqual(['a.a.a', 'b.b.b']);
});

test('are refused where there is none', () => {
  expect(() => cachedTokens(folder)).toThrow(
    `${folder} has no ID token. Sign in first, for example with kubectl get namespaces. With --token-cache-storage=keyring, the tokens are not in files: use --sign-in.`,
  );
});

test('are refused where the folder is missing', () => {
  expect(() => cachedTokens(join(folder, 'no'))).toThrow(/^The cache of kubelogin cannot be read: ENOENT/);
});
