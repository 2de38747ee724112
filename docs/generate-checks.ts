import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS, type Check } from '../model';

/** The page of all checks, from the checks themselves. */
export function checksPage(): string {
  const errors = CHECKS.filter(({ severity }) => severity === 'error');
  const warnings = CHECKS.filter(({ severity }) => severity === 'warning');
  return `# Checks

<!-- Written by \`npm run docs\` from model/checks; a test compares them. -->

Every check looks at the whole access file. All that it finds is printed together, each with its path in the file, what
was given, what is allowed and how to fix it, before the first file is written.

Before the checks, the file has to have its shape: \`syntax\` and \`file\` (it cannot be read), \`shape\` (a value is missing
or does not fit), \`unknown-key\` and \`unknown-name\` (a grant of something that the file does not have). The constructs apply
the same rules to their own props.

## Errors

They stop: it cannot work, or it would lock people out.

${errors.map(section).join('\n')}
## Warnings

They inform: it works and is risky. Synthesis goes on.

${warnings.map(section).join('\n')}`;
}

function section({ name, reason, fix, source }: Check): string {
  return `### ${name}

${reason}

- Fix: ${fix}
- Source: <${source}>
`;
}

if (require.main === module) writeFileSync(join(__dirname, 'checks.md'), checksPage());
