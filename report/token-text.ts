import { abbreviated } from '../constraints/abbreviated';
import { escaped, plain } from '../constraints/finding';
import { groupBy } from '../model/derived/group-by';
import type { ClusterAnswer, TokenExplanation, TokenPart } from '../sign-in/token/explain-token';
import { explanationText } from './explanation-text';
import { tableLines } from './table-text';

const MOST_CLUSTERS = 8;

/** An explained token for a terminal: what it says, and what each cluster makes of it. */
export function tokenText(explanation: TokenExplanation): string {
  const { at, header, claims, signature, clusters } = explanation;
  const roles = clusters.flatMap((answer) => answer.roles);
  return [
    ...section('Header', partLines(header, at)),
    ...section('Claims', partLines(claims, at)),
    ...section('Signature', [`${signature.state}: ${escaped(signature.because)}`]),
    ...section('Clusters', [...groupBy(clusters, alike).values()].flatMap(answerLines)),
    ...(roles.length === 0 ? [] : [explanationText(roles)]),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return [title, ...lines.map((line) => `  ${line}`), ''];
}

function partLines(parts: readonly TokenPart[], now: string): readonly string[] {
  if (parts.length === 0) return ['cannot be read'];
  return tableLines(
    parts.map(({ name, value, meaning, time }) => [
      plain(name),
      time === undefined ? cut(escaped(textOf(value))) : `${time} (${sinceWords(time, now)})`,
      meaning,
    ]),
  );
}

/** More characters than 100 groups of ordinary names have. */
const MOST_CHARACTERS = 5000;

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}... (${text.length} characters)` : text;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  return JSON.stringify(value) ?? '';
}

const UNITS: readonly (readonly [seconds: number, name: string])[] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
];

/** How long ago a time was, or how far it is, such as `12 minutes ago` or `in 48 minutes`. */
function sinceWords(time: string, now: string): string {
  const seconds = Math.round((Date.parse(time) - Date.parse(now)) / 1000);
  const [size, name] = UNITS.find(([unit]) => Math.abs(seconds) >= unit) ?? [1, 'second'];
  const number = Math.floor(Math.abs(seconds) / size);
  const words = `${number} ${name}${number === 1 ? '' : 's'}`;
  return seconds < 0 ? `${words} ago` : `in ${words}`;
}

/** Clusters that make the same of a token are told together. */
function alike({ accepted, because, fix, user, hints }: ClusterAnswer): string {
  return JSON.stringify([accepted, because, fix, user, hints]);
}

function answerLines(same: readonly ClusterAnswer[]): readonly string[] {
  const { accepted, because, fix, user, hints } = same[0] as ClusterAnswer;
  const names = abbreviated(
    same.map(({ cluster }) => plain(cluster)),
    MOST_CLUSTERS,
  );
  const word = accepted === null ? 'not certain' : accepted ? 'accepted' : 'refused, 401';
  return [
    `${names}: ${word}`,
    ...(because === '' ? [] : [`  ${escaped(because)}`]),
    ...(fix === null ? [] : [`  ${escaped(fix)}`]),
    ...(user === null
      ? []
      : [
          `  user ${escaped(user.name)}`,
          `  groups ${user.groups.length === 0 ? 'none' : escaped(user.groups.join(', '))}`,
        ]),
    ...hints.map((hint) => `  ${escaped(hint)}`),
  ];
}
