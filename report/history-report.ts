import type { AccessError, Day } from '../model';
import type { AppliedCommit } from '../model/review/applied';
import { committerDay, type HistoryCommit, type HistoryEntry } from '../model/review/history';
import { changesByEffect, changesByGroup, pathSentences } from './diff-changes';
import { counted, enumerated } from './words';

/** An entry of a history, and when it was applied. */
export interface ReportedEntry {
  readonly entry: HistoryEntry;
  /** When a pipeline applied it first, for each of its stacks; empty if none did. @default - nobody says */
  readonly applied?: readonly AppliedCommit[];
}

/** What happened to what an access file says. */
export interface HistoryReport {
  /** The access file as the user named it. */
  readonly file: string;
  /** The first day. @default - that of the first commit */
  readonly since?: Day;
  /** The last day. */
  readonly until: Day;
  /** What it is about, such as `the group eks-admins`. @default - everything */
  readonly about?: string;
  readonly entries: readonly ReportedEntry[];
  /** Whether the first commit is the first one of a shallow clone, so that nobody knows what it changed. */
  readonly startsShallow: boolean;
  /** What a reader must know, in sentences; `WRITTEN` first. */
  readonly notes: readonly string[];
}

/** What every report of the past says first. */
export const WRITTEN =
  'This is what the access file said: what was written, not what was applied. A pipeline may have applied it later, or never.';

/** The file, the days, and what happened in numbers. */
export function historyHeading({ file, since, until, about, entries }: HistoryReport, name: Name): string {
  const count = (kind: HistoryEntry['kind']) => entries.filter(({ entry }) => entry.kind === kind).length;
  const numbers = [
    counted(count('commit'), 'change'),
    counted(count('expiry'), 'expiry', 'expiries'),
    ...(count('unreadable') > 0 ? [`${counted(count('unreadable'), 'commit')} that cannot be read`] : []),
    ...(count('removed') > 0 ? [counted(count('removed'), 'removal')] : []),
  ];
  const days = since === undefined ? `until ${until}` : `from ${since} until ${until}`;
  return `${name(file)}${about === undefined ? '' : `, ${name(about)},`} ${days}: ${enumerated(numbers)}`;
}

/** Formats a name or a value. */
type Name = (text: string) => string;

/** Who did what in an entry. */
export interface EntryTitle {
  readonly day: Day;
  /** The commit, abbreviated; undefined if nobody committed it. */
  readonly commit?: string;
  readonly author?: string;
  /** The subject of the commit, or what expired. */
  readonly subject: string;
}

export function entryTitle(entry: HistoryEntry): EntryTitle {
  if (entry.kind === 'expiry') {
    const { day, lastDay, what } = entry;
    return { day, subject: `Expired: ${enumerated(what)}. Its last day was ${lastDay}; nobody committed this.` };
  }
  const { hash, author, subject } = entry.commit;
  return { day: entry.day, commit: shortHash(hash), author, subject };
}

/** A commit as people write it. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12);
}

/** What an entry says, as lines of sentences. */
export function entryLines({ entry, applied }: ReportedEntry, startsShallow: boolean, name: Name): readonly string[] {
  return [...happened(entry, startsShallow, name), ...(applied === undefined ? [] : [appliedWords(applied)])];
}

function happened(entry: HistoryEntry, startsShallow: boolean, name: Name): readonly string[] {
  const clock = entry.kind === 'expiry' ? [] : clockLines(entry.commit);
  switch (entry.kind) {
    case 'unreadable':
      return [...clock, `The file could not be read: ${problemWords(entry.problem, name)}`];
    case 'removed':
      return [...clock, 'The file is not there any more.'];
    case 'commit': {
      const { renamedFrom, isFirst, comparedWith } = entry;
      return [
        ...clock,
        ...(renamedFrom === undefined ? [] : [`The file was ${name(renamedFrom)} before.`]),
        ...(isFirst ? [startsShallow ? STARTS_SHALLOW : 'The file is new.'] : []),
        ...(comparedWith === undefined
          ? []
          : [
              `Compared with ${shortHash(comparedWith.hash)} of ${comparedWith.day}: the commits between could not be read.`,
            ]),
        ...differenceLines(entry, name),
      ];
    }
    case 'expiry':
      return differenceLines(entry, name);
  }
}

const STARTS_SHALLOW =
  'The clone starts here: this is what the file said then, because the commits before are missing.';

function differenceLines(
  { diff, opened }: Extract<HistoryEntry, { readonly diff: unknown }>,
  name: Name,
): readonly string[] {
  return [
    ...[...changesByGroup(diff, name).values()].flat(),
    ...[...changesByEffect(diff.changes, name)].flatMap(([effect, lines]) =>
      lines.map((line) => `${effect.split(':', 1)[0]}: ${line}`),
    ),
    ...pathSentences(opened, name),
  ];
}

/** The day of the committer's clock, if another one counts. */
function clockLines(commit: HistoryCommit): readonly string[] {
  const { day } = commit;
  const own = committerDay(commit);
  return own === day
    ? []
    : [`The committer's day is ${own}. ${own < day ? 'Its parent is of a later day' : 'That is in the future'}.`];
}

/** Why a file could not be read, on one line. */
export function problemWords({ problems: [first, ...others], message }: AccessError, name: Name): string {
  if (first === undefined) return name(message.split('\n')[0] ?? '');
  const path = first.path === '' ? '' : `${name(first.path)}: `;
  const more = others.length === 0 ? '' : ` And ${counted(others.length, 'more problem')}.`;
  return `${path}${first.message} Given: ${name(first.given)}.${more}`;
}

/** When a pipeline applied something. */
export function appliedWords(applied: readonly AppliedCommit[]): string {
  if (applied.length === 0) return 'Applied: not by the commits that --applied lists.';
  const times = applied.map(
    ({ time, commit, stacks }) =>
      `${time} with ${shortHash(commit)}${stacks === undefined ? '' : ` (${stacks.join(', ')})`}`,
  );
  return `Applied: ${times.join('; ')}.`;
}
