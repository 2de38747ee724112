import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathsPage } from '../../docs/generate-paths';

test('docs/paths.md matches the steps; npm run docs writes it', () => {
  expect(readFileSync(join(__dirname, '../../docs/paths.md'), 'utf8')).toBe(pathsPage());
});
