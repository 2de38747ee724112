import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSymptoms } from '../../docs/generate-symptoms';
import { SYMPTOMS } from '../../sign-in/symptoms';

test('docs/troubleshooting.md matches the symptoms; npm run docs writes it', () => {
  const page = readFileSync(join(__dirname, '../../docs/troubleshooting.md'), 'utf8');

  expect(page).toBe(withSymptoms(page));
});

test('keeps what is before and after the section', () => {
  const page = withSymptoms('# Page\n\n## Before\n\na\n\n## Sign-in\n\nobsolete\n\n### obsolete\n\n## After\n\nb\n');

  expect(page).toMatch(/^# Page\n\n## Before\n\na\n\n## Sign-in\n\n<!--/);
  expect(page).toMatch(/\.\n\n## After\n\nb\n$/);
  expect(page).not.toContain('obsolete');
  expect(page.match(/^### /gm)).toHaveLength(SYMPTOMS.length);
});
