import { styleText } from 'node:util';
import { escaped } from '../constraints/finding';
import { WORST_CASE_REVOCATION } from '../model/derived/revocation';
import type { AccessProof, ProofAnswer, ProofDifference, ProofRow } from '../model/review/access-proof';
import { cutLines } from './cut-lines';
import { tableLines } from './table-text';
import { counted, enumerated } from './words';

const MOST_ROWS = 20;
const MOST_DIFFERENCES = 10;
/** The list of denied actions is the longest, and its start says the most. */
const MOST_DENIED = 5;
const MOST_LOGINS = 2;

/** A proof for a terminal: who may do what, who was refused, and when a removal takes effect. */
export function proofText(proof: AccessProof): string {
  const { people, profiles, signIns, questions, rows } = proof;
  const [head = '', ...body] = tableLines([['person', 'cluster', 'may', 'may not'], ...proofRows(rows)]);
  return [
    `${styleText('bold', 'Proof')}: ${counted(people, 'person', 'people')} on ${counted(profiles, 'cluster')}, signed in to a local Okta that was set up from these stacks`,
    `  ${styleText('dim', head)}`,
    ...cutLines(
      body.map((line) => [`  ${line}`]),
      MOST_ROWS,
    ),
    ...leftOutLines(proof),
    ...assumedClaimsLines(proof),
    ...proof.notProved.map((text) => `  Not proved: ${escaped(text)}`),
    `  ${counted(signIns, 'sign-in')}, ${counted(questions, 'question')}: ${verdict(proof)}`,
    `  ${WORST_CASE_REVOCATION.text}`,
    '',
  ].join('\n');
}

/** The answers that differ from the access file, for stderr; empty if there are none. */
export function differencesText({ differences }: Pick<AccessProof, 'differences'>): string {
  if (differences.length === 0) return '';
  const blocks = differences.map(({ login, cluster, question, expected, given }) => [
    `  ${login === null ? '' : `${escaped(login)} on `}${escaped(cluster ?? 'Okta')}: ${escaped(question)}`,
    `    expected  ${escaped(expected)}`,
    `    given     ${escaped(given)}`,
    '',
  ]);
  const lines = [
    `The stacks do not give the access that the file describes: ${differ(differences)}.`,
    '',
    ...cutLines(blocks, MOST_DIFFERENCES),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** A row for all people of a cluster with the same answers. People in no group get a row of their own. */
function proofRows(rows: readonly ProofRow[]): readonly (readonly string[])[] {
  const people = new Map<string, { readonly cells: readonly string[]; readonly logins: string[] }>();
  for (const { login, groups, cluster, others, refusal, answers } of rows) {
    const cells = [
      escaped(cluster) + (others > 0 ? ` and ${others} like it` : ''),
      ...(refusal === null ? [allowedText(answers), deniedText(answers)] : ['nothing', escaped(refusal)]),
    ];
    const identity = JSON.stringify([groups.length === 0, cells]);
    const alike = people.get(identity) ?? { cells, logins: [] };
    people.set(identity, alike);
    alike.logins.push(groups.length === 0 ? `${escaped(login)} (in no group)` : escaped(login));
  }
  return [...people.values()].map(({ cells, logins }) => [enumerated(logins, MOST_LOGINS), ...cells]);
}

function verdict({ differences }: AccessProof): string {
  return differences.length === 0
    ? styleText('green', 'every answer matches the access file')
    : styleText('red', `${differ(differences)} from the access file`);
}

function differ(differences: readonly ProofDifference[]): string {
  const answers = differences.filter(({ login }) => login !== null).length;
  const parts = differences.length - answers;
  const what = [
    ...(answers > 0 ? [counted(answers, 'answer')] : []),
    ...(parts > 0 ? [`${counted(parts, 'part')} of the stacks`] : []),
  ];
  return `${enumerated(what)} ${differences.length === 1 ? 'differs' : 'differ'}`;
}

function leftOutLines({ leftOut: { people, profiles, namespaces } }: AccessProof): readonly string[] {
  const parts = [
    people > 0 ? [counted(people, 'person', 'people')] : [],
    profiles > 0 ? [`${counted(profiles, 'cluster')} with other access`] : [],
    namespaces > 0 ? [counted(namespaces, 'namespace')] : [],
  ].flat();
  return parts.length === 0 ? [] : [`  Left out to save time: ${enumerated(parts)}.`];
}

function assumedClaimsLines({ assumedClaims }: AccessProof): readonly string[] {
  if (assumedClaims.length === 0) return [];
  const names = enumerated(assumedClaims.map(escaped));
  return [`  Assumed: Okta puts ${names} into ID tokens. The stacks do not set this up.`];
}

/** The actions that RBAC allows, and those of them that a guard refuses all the same. */
function allowedText(answers: readonly ProofAnswer[]): string {
  const allowed = answers.filter((answer) => answer.allowed);
  const guarded = allowed.filter(({ guard }) => guard !== undefined);
  const free =
    allowed.length === answers.length ? 'everything' : actionsText(allowed.filter((one) => !guarded.includes(one)));
  return guarded.length === 0 ? free : `${free}; a guard refuses ${actionsText(guarded)}`;
}

/** Actions: first those on the whole cluster, then what each namespace adds. */
function actionsText(answers: readonly ProofAnswer[]): string {
  const everywhere = answers.filter(({ namespace }) => namespace === null).map(({ words }) => words);
  const byNamespace = new Map<string, string[]>();
  for (const { words, namespace } of answers) {
    if (namespace === null || everywhere.includes(words)) continue;
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), words]);
  }
  const namespaces = new Map<string, string[]>();
  for (const [namespace, words] of byNamespace) {
    const actions = words.join(', ');
    namespaces.set(actions, [...(namespaces.get(actions) ?? []), escaped(namespace)]);
  }
  const parts = [...namespaces].map(([actions, names]) => `${actions} in ${enumerated(names)}`);
  return [...(everywhere.length > 0 ? [everywhere.join(', ')] : []), ...parts].join('; ') || 'nothing';
}

/** The actions that are allowed nowhere. */
function deniedText(answers: readonly ProofAnswer[]): string {
  const allowed = new Set(answers.filter((answer) => answer.allowed).map(({ words }) => words));
  if (allowed.size === 0) return 'anything';
  const denied = [...new Set(answers.map(({ words }) => words))].filter((words) => !allowed.has(words));
  return enumerated(denied, MOST_DENIED);
}
