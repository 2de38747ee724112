import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS, type Check } from '../model';

/** The text of `docs/checks.md`, generated from the checks. */
export function checksPage(): string {
  const errors = CHECKS.filter(({ severity }) => severity === 'error');
  const warnings = CHECKS.filter(({ severity }) => severity === 'warning');
  return `# Checks

<!-- Written by \`npm run docs\` from model/checks; a test compares them. -->

Every check looks at the whole access file. All problems are reported together, before the first file is written. Each
has its path in the file, what was given, what is allowed, and how to fix it.

Problems outside the checks have these names: \`file\` and \`syntax\` (the file cannot be read), \`shape\` (a value is missing
or not valid), \`unknown-key\` (the key does not exist), and \`unknown-name\` (a grant or a guard names something that does
not exist). The constructs apply the same rules to their own props.

## Errors

An error stops synthesis: the file cannot work, or it would lock users out.

${errors.map(section).join('\n')}
## Warnings

A warning does not stop synthesis: the file works, but is risky.

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
