import { csvText } from './csv';
import { changesByEffect } from './diff-changes';
import { appliedWords, entryLines, entryTitle, type HistoryReport, type ReportedEntry } from './history-report';

const COLUMNS = [
  ...['day', 'kind', 'commit', 'author', 'subject', 'change', 'group', 'cluster', 'namespace', 'role', 'who'],
  ...['effect', 'path', 'words', 'applied', 'basis'],
];

/** What happened to what an access file says, for spreadsheets: one record for each gain, loss, and other change. */
export function historyCsv(report: HistoryReport): string {
  return csvText(
    COLUMNS,
    report.entries.flatMap((reported) => recordsOf(reported, report.startsShallow)),
  );
}

const plain = (text: string) => text;

function recordsOf(reported: ReportedEntry, startsShallow: boolean): readonly (readonly string[])[] {
  const { entry, applied } = reported;
  const { day, author = '', subject } = entryTitle(entry);
  const hash = entry.kind === 'expiry' ? '' : entry.commit.hash;
  const start = [day, entry.kind, hash, author, subject];
  const end = [applied === undefined ? '' : appliedWords(applied), 'written, not applied'];
  const record = (cells: Partial<Record<string, string>>) => [
    ...start,
    ...COLUMNS.slice(start.length, -end.length).map((column) => cells[column] ?? ''),
    ...end,
  ];
  if (!('diff' in entry)) {
    return [record({ change: entry.kind, words: entryLines({ entry }, startsShallow, plain).join(' ') })];
  }
  const { gains, losses, changes } = entry.diff;
  const row = (change: string) => (of: (typeof gains)[number]) =>
    record({
      ...{ change, group: of.group, cluster: of.cluster, role: of.role },
      ...{ namespace: of.namespace ?? '', who: of.who ?? '' },
    });
  const renamedFrom = entry.kind === 'commit' ? entry.renamedFrom : undefined;
  return [
    ...(renamedFrom === undefined ? [] : [record({ change: 'renamed', words: `The file was ${renamedFrom} before.` })]),
    ...gains.map(row('gain')),
    ...losses.map(row('loss')),
    ...changes.map((change) =>
      record({
        ...{ change: 'setting', effect: change.effect, path: change.path },
        words: [...changesByEffect([change], plain).values()].flat().join(' '),
      }),
    ),
  ];
}
