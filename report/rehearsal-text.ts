import { styleText } from 'node:util';
import { escaped } from '../constraints/finding';
import type { LeftToPlan, Rehearsal, RehearsedApply, StackOutcome } from '../plan/rehearsal';
import { planJson, planText } from './plan-text';
import { differencesText, proofText } from './proof-text';
import { tableLines } from './table-text';
import { counted } from './words';

/** A rehearsal as data, with fixed keys. */
export function rehearsalJson({ deployment, change, removal }: Rehearsal): unknown {
  return {
    deployment: applyJson(deployment),
    change: change === undefined ? null : { plan: planJson(change.plan), ...applyJson(change) },
    removal: removal ?? null,
  };
}

function applyJson({ stacks, secondPlan, proof }: RehearsedApply) {
  return { stacks, secondPlan: secondPlan ?? null, proof: proof ?? null };
}

/** A rehearsal for a terminal: what Terraform did, who could sign in, and what was left at the end. */
export function rehearsalText({ deployment, change, removal }: Rehearsal): string {
  const blocks = [
    ...applyBlocks(change === undefined ? 'Deployment' : 'Deployment of the deployed file', deployment),
    ...(change === undefined
      ? []
      : [`${heading('What the change means')}\n${planText(change.plan)}`, ...applyBlocks('The change', change)]),
    ...(removal === undefined
      ? []
      : [
          stackLines('Removal', [...removal.unprotected, ...removal.destroyed]),
          removal.left.length === 0
            ? 'Nothing is left.'
            : [
                `${counted(removal.left.length, 'object')} left:`,
                ...removal.left.map((name) => `  ${escaped(name)}`),
              ].join('\n'),
        ]),
  ];
  return `${blocks.map((block) => block.trimEnd()).join('\n\n')}\n`;
}

function applyBlocks(title: string, { stacks, secondPlan, proof }: RehearsedApply): readonly string[] {
  return [
    stackLines(title, stacks),
    ...(secondPlan === undefined ? [] : [secondPlanLines(secondPlan)]),
    ...(proof === undefined ? [] : [proofText(proof), differencesText(proof)].filter((text) => text !== '')),
  ];
}

function stackLines(title: string, stacks: readonly StackOutcome[]): string {
  const rows = stacks.map(({ stack, seconds, resources, leftOutBy }) => [
    escaped(stack),
    resources ?? (leftOutBy === undefined ? 'failed' : `not run, because ${escaped(leftOutBy)} failed`),
    leftOutBy === undefined ? `${seconds.toFixed(1)} s` : '',
  ]);
  const failures = stacks.flatMap(({ stack, message }) =>
    message === undefined ? [] : [`${escaped(stack)}: Terraform failed`, ...indented(message)],
  );
  return [heading(title), ...tableLines(rows).map((line) => `  ${line}`), ...failures].join('\n');
}

function secondPlanLines(secondPlan: readonly LeftToPlan[]): string {
  if (secondPlan.length === 0) return 'A second plan changes nothing.';
  return [
    `A second plan still changes ${counted(secondPlan.length, 'object')}:`,
    ...secondPlan.flatMap(({ stack, what }) => indented(`${stack}: ${what}`)),
  ].join('\n');
}

function indented(text: string): readonly string[] {
  return text.split('\n').map((line) => `  ${escaped(line)}`);
}

function heading(text: string): string {
  return styleText('bold', text);
}
