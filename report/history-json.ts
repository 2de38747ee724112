import type { HistoryCommit, HistoryEntry } from '../model/review/history';
import { diffRecord } from './diff-json';
import type { HistoryReport, ReportedEntry } from './history-report';

/** What happened to what an access file says, for programs: differences as `diff --json` prints them. */
export function historyRecord({ file, since, until, about, notes, entries }: HistoryReport): object {
  const span = { since: since ?? null, until, about: about ?? null };
  return { basis: 'written', file, ...span, notes, entries: entries.map(record) };
}

function record({ entry, applied }: ReportedEntry): object {
  const { kind, day } = entry;
  return { day, kind, ...detailsOf(entry), ...(applied !== undefined && { applied }) };
}

function detailsOf(entry: HistoryEntry): object {
  switch (entry.kind) {
    case 'unreadable': {
      const { message, problems } = entry.problem;
      return { commit: commitRecord(entry.commit), problem: message.trim(), problems };
    }
    case 'removed':
      return { commit: commitRecord(entry.commit) };
    case 'commit': {
      const { commit, renamedFrom, isFirst, comparedWith, diff } = entry;
      return {
        commit: commitRecord(commit),
        ...{ isFirst, renamedFrom: renamedFrom ?? null },
        comparedWith: comparedWith === undefined ? null : commitRecord(comparedWith),
        ...diffRecord(diff),
      };
    }
    case 'expiry':
      return { commit: null, lastDay: entry.lastDay, what: entry.what, ...diffRecord(entry.diff) };
  }
}

/** A commit for programs. */
export function commitRecord({ hash, author, subject, seconds }: HistoryCommit): object {
  return { hash, author, committed: `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`, subject };
}
