import { styleText } from 'node:util';
import { escaped } from '../constraints/finding';
import { WORST_CASE_REVOCATION } from '../model/derived/revocation';
import { tableText } from './table-text';
import { counted, enumerated } from './words';

/** What came of signing people in and asking what they may do. */
export interface ProofReport {
  readonly people: number;
  readonly pictures: number;
  readonly signIns: number;
  readonly questions: number;
  readonly rows: readonly ProofReportRow[];
  readonly differences: readonly ProofDifference[];
  /** Claims of tokens that no stack makes and that were taken for granted. */
  readonly claimsMadeElsewhere: readonly string[];
  /** What was too much to be asked. */
  readonly leftOut: { readonly people: number; readonly pictures: number; readonly namespaces: number };
}

export interface ProofReportRow {
  readonly login: string;
  readonly groups: readonly string[];
  readonly cluster: string;
  /** Clusters on which everyone may do the same. */
  readonly others: number;
  /** What they were refused before anything could be asked, and why; null where nothing was. */
  readonly refusal: string | null;
  readonly answers: readonly ProofAnswer[];
}

interface ProofAnswer {
  readonly words: string;
  /** The namespace; null for the whole cluster. */
  readonly namespace: string | null;
  readonly allowed: boolean;
}

export interface ProofDifference {
  readonly login: string;
  readonly cluster: string;
  readonly question: string;
  readonly expected: string;
  readonly given: string;
}

const MOST_ROWS = 20;
const MOST_DIFFERENCES = 10;
/** What nobody may do is the longest list, and its start the most telling. */
const MOST_WORDS = 5;
const MOST_NAMES = 2;

/** A proof for a terminal: who may do what, who is refused, and how long a removal takes to bite. */
export function proofText(proof: ProofReport): string {
  const { people, pictures, signIns, questions, rows } = proof;
  const lines = tableLines(rows);
  const table = tableText([['person', 'cluster', 'may', 'may not'], ...lines.slice(0, MOST_ROWS)]);
  const [head = '', ...body] = table.trimEnd().split('\n');
  return [
    `${styleText('bold', 'Proof')}: ${counted(people, 'person', 'people')} at ${counted(pictures, 'cluster')}, signed in for real at a local Okta made of these stacks`,
    `  ${styleText('dim', head)}`,
    ...body.map((line) => `  ${line}`),
    ...(lines.length > MOST_ROWS ? [`  and ${lines.length - MOST_ROWS} more`] : []),
    ...leftOutLines(proof),
    ...elsewhereLines(proof),
    `  ${counted(signIns, 'sign-in')}, ${counted(questions, 'question')}: ${verdict(proof)}`,
    `  ${WORST_CASE_REVOCATION.text}`,
    '',
  ].join('\n');
}

/** The answers that are not as the access file says, for stderr; empty where there are none. */
export function differencesText({ differences }: Pick<ProofReport, 'differences'>): string {
  if (differences.length === 0) return '';
  const more = differences.length - MOST_DIFFERENCES;
  return [
    `The stacks do not give the access that the file describes: ${counted(differences.length, 'answer')} differ${differences.length === 1 ? 's' : ''}.`,
    ...differences
      .slice(0, MOST_DIFFERENCES)
      .flatMap(({ login, cluster, question, expected, given }) => [
        '',
        `  ${escaped(login)} on ${escaped(cluster)}: ${escaped(question)}`,
        `    expected  ${escaped(expected)}`,
        `    given     ${escaped(given)}`,
      ]),
    ...(more > 0 ? ['', `  and ${more} more`] : []),
    '',
  ].join('\n');
}

/** A line for all people of a cluster with the same answers; who is in no group has one of their own. */
function tableLines(rows: readonly ProofReportRow[]): readonly (readonly string[])[] {
  const people = new Map<string, { readonly cells: readonly string[]; readonly logins: string[] }>();
  for (const { login, groups, cluster, others, refusal, answers } of rows) {
    const cells = [
      escaped(cluster) + (others > 0 ? ` and ${others} alike` : ''),
      ...(refusal === null ? [mayText(answers), mayNotText(answers)] : ['nothing', escaped(refusal)]),
    ];
    const identity = JSON.stringify([groups.length === 0, cells]);
    const alike = people.get(identity) ?? { cells, logins: [] };
    people.set(identity, alike);
    alike.logins.push(groups.length === 0 ? `${escaped(login)} (in no group)` : escaped(login));
  }
  return [...people.values()].map(({ cells, logins }) => [enumerated(cut(logins, MOST_NAMES)), ...cells]);
}

/** The first of a list, with the number of the others. */
function cut(list: readonly string[], most: number): readonly string[] {
  return list.length <= most ? list : [...list.slice(0, most - 1), `${list.length - most + 1} more`];
}

function verdict({ differences }: ProofReport): string {
  return differences.length === 0
    ? styleText('green', 'every answer is that of the access file')
    : styleText('red', `${counted(differences.length, 'answer')} not that of the access file`);
}

function leftOutLines({ leftOut: { people, pictures, namespaces } }: ProofReport): readonly string[] {
  const parts = [
    people > 0 ? [counted(people, 'person', 'people')] : [],
    pictures > 0 ? [`${counted(pictures, 'cluster')} with other access`] : [],
    namespaces > 0 ? [counted(namespaces, 'namespace')] : [],
  ].flat();
  return parts.length === 0 ? [] : [`  Not asked, to be quick: ${enumerated(parts)}.`];
}

function elsewhereLines({ claimsMadeElsewhere }: ProofReport): readonly string[] {
  if (claimsMadeElsewhere.length === 0) return [];
  const names = enumerated(claimsMadeElsewhere.map(escaped));
  return [`  Taken for granted: Okta puts ${names} into ID tokens, which these stacks do not make it do.`];
}

/** What is allowed: what holds on the whole cluster first, then what each namespace adds. */
function mayText(answers: readonly ProofAnswer[]): string {
  const allowed = answers.filter((answer) => answer.allowed);
  if (allowed.length === answers.length) return 'everything';
  const everywhere = allowed.filter(({ namespace }) => namespace === null).map(({ words }) => words);
  const places = new Map<string, string[]>();
  for (const { words, namespace } of allowed) {
    if (namespace === null || everywhere.includes(words)) continue;
    places.set(namespace, [...(places.get(namespace) ?? []), words]);
  }
  const byWords = new Map<string, string[]>();
  for (const [namespace, words] of places) {
    const text = words.join(', ');
    byWords.set(text, [...(byWords.get(text) ?? []), escaped(namespace)]);
  }
  const parts = [...byWords].map(([words, namespaces]) => `${words} in ${enumerated(namespaces)}`);
  return [...(everywhere.length > 0 ? [everywhere.join(', ')] : []), ...parts].join('; ') || 'nothing';
}

/** What is allowed nowhere. */
function mayNotText(answers: readonly ProofAnswer[]): string {
  const allowed = new Set(answers.filter((answer) => answer.allowed).map(({ words }) => words));
  if (allowed.size === 0) return 'anything';
  const never = [...new Set(answers.map(({ words }) => words))].filter((words) => !allowed.has(words));
  return enumerated(cut(never, MOST_WORDS));
}
