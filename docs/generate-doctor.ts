import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCTOR_CHECKS } from '../sign-in/doctor/checks';
import { type DoctorCheck, LINKS } from '../sign-in/doctor/doctor-check';
import { SYMPTOMS } from '../sign-in/symptoms';

const TITLE = '## What doctor looks at\n';

const LEVELS: Readonly<Record<DoctorCheck['level'], string>> = {
  own: 'the person',
  aws: 'AWS',
  okta: 'Okta administrator',
};

/** A page with the section of the checks of `eks-access doctor`, generated from them; the rest stays as it is. */
export function withDoctorChecks(page: string): string {
  const [before = '', rest = ''] = page.split(`\n${TITLE}`);
  const next = rest.search(/^## /m);
  const after = next < 0 ? '' : `\n${rest.slice(next)}`;
  return `${before}\n${TITLE}
<!-- Written by \`npm run docs\` from sign-in/doctor/checks; a test compares them. -->

The checks of \`eks-access doctor\`, in its order. Each needs the rights of the person who signs in, of AWS, or of an Okta
administrator; without them, the check says \`could not check\`.

${LINKS.map((link) => linkText(DOCTOR_CHECKS.filter((check) => check.link === link))).join('\n')}${after}`;
}

function linkText(checks: readonly DoctorCheck[]): string {
  return `### ${checks[0]?.link}\n\n${checks.map(checkText).join('\n')}`;
}

function checkText({ name, level, title, fix, symptoms = [] }: DoctorCheck): string {
  const seen = SYMPTOMS.filter((symptom) => symptoms.includes(symptom.name)).map((symptom) => `\`${symptom.seen}\``);
  return `#### ${name}

- **Rights:** ${LEVELS[level]}
- **Has to be true:** ${title}
- **If it is not:** ${fix}
${seen.length === 0 ? '' : `- **What people see:** ${seen.join('; ')}\n`}`;
}

if (require.main === module) {
  const file = join(__dirname, 'troubleshooting.md');
  writeFileSync(file, withDoctorChecks(readFileSync(file, 'utf8')));
}
