import { escaped } from '../constraints/finding';
import { groupBy } from '../model/derived/group-by';
import type { CheckResult, Diagnosis } from '../sign-in/doctor/diagnose';
import { LINKS } from '../sign-in/doctor/doctor-check';
import { tableLines } from './table-text';
import { counted } from './words';

/** What the checks found about each cluster, and the first broken link of each, for a terminal. */
export function doctorText(diagnoses: readonly Diagnosis[]): string {
  return diagnoses.map(diagnosisText).join('\n');
}

function diagnosisText(diagnosis: Diagnosis): string {
  const { cluster, context, checks } = diagnosis;
  const links = LINKS.map((link) => checks.filter((check) => check.link === link)).filter(({ length }) => length > 0);
  return [
    `${escaped(cluster)}, ${context === null ? 'no context' : `context ${escaped(context)}`}`,
    ...links.flatMap((ofLink) => ['', ofLink[0]?.link ?? '', ...checkLines(ofLink)]),
    '',
    endLine(diagnosis),
    '',
  ].join('\n');
}

function checkLines(checks: readonly CheckResult[]): readonly string[] {
  // Often one broken link keeps many checks from being made, for one reason.
  const groups = [
    ...groupBy(checks, ({ name, status, evidence }) => (status === 'could not check' ? evidence : name)).values(),
  ];
  const rows = tableLines(
    groups.map((same) => {
      const { status, name, evidence } = same[0] as CheckResult;
      return [status, same.length === 1 ? name : `${same.length} checks`, escaped(evidence)];
    }),
  );
  return groups.flatMap((same, index) => {
    const { fix } = same[0] as CheckResult;
    return [
      `  ${rows[index]}`,
      ...(same.length === 1 ? [] : [`    ${same.map(({ name }) => name).join(', ')}`]),
      ...(fix === null ? [] : [`    fix: ${fix.replaceAll('`', '')}`]),
    ];
  });
}

function endLine({ checks, firstBroken }: Diagnosis): string {
  const unknown = checks.filter(({ status }) => status === 'could not check').length;
  const open = unknown === 0 ? '' : ` ${counted(unknown, 'check')} could not be made.`;
  if (firstBroken === null) return `No broken link was found.${open}`;
  const problems = checks.filter(({ status }) => status === 'problem').length;
  const others = problems === 1 ? '' : ` ${counted(problems - 1, 'more problem')} above.`;
  return `First broken link: ${firstBroken.link} (${firstBroken.check}).${others}${open}`;
}
