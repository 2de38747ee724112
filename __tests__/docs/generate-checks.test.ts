import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksPage } from '../../docs/generate-checks';

test('docs/checks.md matches the checks; npm run docs writes it', () => {
  expect(readFileSync(join(__dirname, '../../docs/checks.md'), 'utf8')).toBe(checksPage());
});
