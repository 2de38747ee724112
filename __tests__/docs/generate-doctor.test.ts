import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withDoctorChecks } from '../../docs/generate-doctor';
import { DOCTOR_CHECKS } from '../../sign-in/doctor/checks';

test('docs/troubleshooting.md matches the checks of doctor; npm run docs writes it', () => {
  const page = readFileSync(join(__dirname, '../../docs/troubleshooting.md'), 'utf8');

  expect(page).toBe(withDoctorChecks(page));
});

test('keeps what is before and after the section', () => {
  const page = withDoctorChecks('# Page\n\n## What doctor looks at\n\nobsolete\n\n#### obsolete\n\n## After\n\nb\n');

  expect(page).toMatch(/^# Page\n\n## What doctor looks at\n\n<!--/);
  expect(page).toMatch(/\n\n## After\n\nb\n$/);
  expect(page).not.toContain('obsolete');
  expect(page.match(/^#### /gm)).toHaveLength(DOCTOR_CHECKS.length);
});
