import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SYMPTOMS, type Symptom } from '../sign-in/symptoms';

const TITLE = '## Sign-in\n';

/** A page with the section of what goes wrong in a sign-in, generated from the symptoms; the rest stays as it is. */
export function withSymptoms(page: string): string {
  const [before = '', rest = ''] = page.split(`\n${TITLE}`);
  const next = rest.search(/^## /m);
  const after = next < 0 ? '' : `\n${rest.slice(next)}`;
  return `${before}\n${TITLE}
<!-- Written by \`npm run docs\` from sign-in/symptoms.ts; a test compares them. -->

What a person sees who signs in, in the order of a sign-in. \`…\` stands for what differs. The page of \`eks-access portal\`
shows the same.

${SYMPTOMS.map(section).join('\n')}${after}`;
}

function section({ seen, where, cause, see, mend }: Symptom): string {
  return `### ${where}: \`${seen}\`

- **Cause:** ${cause}
- **How to see it:** ${see}
- **How to mend it:** ${mend}
`;
}

if (require.main === module) {
  const file = join(__dirname, 'troubleshooting.md');
  writeFileSync(file, withSymptoms(readFileSync(file, 'utf8')));
}
