import { AccessError } from '../constraints/access-error';
import { escaped } from '../constraints/finding';
import { didYouMean, nameList } from '../constraints/nearest-name';
import { appliedFile } from '../input/applied-file';
import type { FileChange, FileHistory } from '../input/file-history';
import { type Access, accessMatrix, type Day, readAccess, today } from '../model';
import { type AppliedCommits, appliedCommits } from '../model/review/applied';
import { membershipsOf } from '../model/review/explain';
import { accessHistory, changeInForce, readable, type WrittenChange } from '../model/review/history';
import { filteredRows, type HistoryFilter, namesOfGroup } from '../model/review/history-filter';
import { historyCsv } from '../report/history-csv';
import { historyHtml } from '../report/history-html';
import { commitRecord, historyRecord } from '../report/history-json';
import { historyMarkdown } from '../report/history-markdown';
import { appliedWords, type HistoryReport, problemWords, shortHash, WRITTEN } from '../report/history-report';
import { historyText } from '../report/history-text';
import { matrixCsv } from '../report/matrix-csv';
import { matrixHtml } from '../report/matrix-html';
import { matrixRecords } from '../report/matrix-json';
import { matrixMarkdown } from '../report/matrix-markdown';
import type { MatrixReport } from '../report/matrix-report';
import { matrixText } from '../report/matrix-text';
import { enumerated } from '../report/words';
import { jsonText } from './formats';
import { printError, printFormat } from './print';

const FORMATS = {
  text: historyText,
  md: historyMarkdown,
  csv: historyCsv,
  // Anybody can write anything into the subject of a commit.
  json: (report: HistoryReport) => jsonText(historyRecord(report)),
  html: historyHtml,
};

export interface HistoryOptions {
  readonly file: string;
  readonly format: keyof typeof FORMATS;
  readonly login?: string;
  readonly group?: string;
  readonly cluster?: string;
  readonly since?: Day;
  readonly at?: Day;
  readonly applied?: string;
}

/** Reports what the access file said in the past. */
export async function runHistory(options: HistoryOptions): Promise<void> {
  const past = await readPast(options);
  if (options.at === undefined) printFormat(options.format, FORMATS[options.format](spanReport(past, options)));
  else printFormat(options.format, matrixOutput(past, options.at, options));
}

/** A change of the file that is read. */
interface ReadChange extends WrittenChange {
  readonly change: FileChange;
}

/** The history of a file, as far as a command line asks for it. */
interface Past {
  readonly history: FileHistory;
  readonly changes: readonly ReadChange[];
  readonly filter?: HistoryFilter;
  readonly about?: string;
  readonly applied?: AppliedCommits;
  readonly notes: readonly string[];
}

async function readPast(options: HistoryOptions): Promise<Past> {
  const { file, since, at, group, applied: appliedName } = options;
  if (file === '-')
    throw new AccessError('history reads commits, not standard input: name a file of a git repository.');
  const { fileHistory } = require('../input/file-history') as typeof import('../input/file-history');
  const history = fileHistory(file, today());
  const applied = appliedName === undefined ? undefined : appliedCommits(history.commits, appliedFile(appliedName));
  const read = reader(history, file);
  // The names of a group are in all versions.
  const changes =
    group !== undefined
      ? await read(history.changes)
      : at !== undefined
        ? await read([changeInForce(history.changes, at)].flatMap((change) => change ?? []))
        : await changesSince(history, read, since);
  const { filter, about } = filterOf(changes, options);
  const notes = [
    WRITTEN,
    ...(history.isShallow
      ? [
          `This clone is shallow: the commits before ${shortHash(history.commits[0]?.hash ?? '')} are missing. Fetch them with git fetch --unshallow.`,
        ]
      : []),
    ...(history.isChanged ? ['The file has changes that are not committed: they are not in this report.'] : []),
    ...filterNotes(changes, filter),
    ...(applied === undefined || applied.unknown.length === 0
      ? []
      : [`These commits of --applied are not on this branch: ${nameList(applied.unknown)}.`]),
  ];
  return {
    ...{ history, changes, notes },
    ...(filter !== undefined && { filter, about }),
    ...(applied !== undefined && { applied }),
  };
}

type Reader = (changes: readonly FileChange[]) => Promise<readonly ReadChange[]>;

/** Reads changes, and says how far it is on a terminal if that takes longer. */
function reader(history: FileHistory, file: string): Reader {
  let told = Date.now();
  const progress = (done: number, of: number) => {
    if (!process.stderr.isTTY || Date.now() < told + 1000) return;
    told = Date.now();
    printError(`Read ${done} of ${of} versions of ${escaped(file)} …\n`);
  };
  return async (changes) => {
    const evaluated = await history.read(changes, progress);
    return changes.map((change) => {
      const { commit, renamedFrom } = change;
      const result = evaluated.get(change);
      const read = (day: Day): Access => {
        if (result === undefined || AccessError.is(result)) throw result;
        return readAccess(result.written, day, []);
      };
      return {
        ...{ change, commit, read: change.path === null ? null : read },
        ...(renamedFrom !== undefined && { renamedFrom }),
      };
    });
  };
}

/** The changes from a day on, and the last readable one before, with which the first is compared. */
async function changesSince(history: FileHistory, read: Reader, since: Day = ''): Promise<readonly ReadChange[]> {
  const first = history.changes.findIndex(({ commit }) => commit.day >= since);
  const at = first < 0 ? history.changes.length : first;
  const asked = await read(history.changes.slice(at));
  const before: ReadChange[] = [];
  for (const change of history.changes.slice(0, at).reverse()) {
    const [earlier] = (await read([change])) as [ReadChange];
    before.unshift(earlier);
    if (earlier.read === null || !AccessError.is(readable(earlier.read, change.commit.day))) break;
  }
  return [...before, ...asked];
}

/** The versions of the file that can be read. */
function accessesOf(changes: readonly ReadChange[]): readonly Access[] {
  return changes.flatMap(({ read, commit }) => {
    const access = read === null ? undefined : readable(read, commit.day);
    return access === undefined || AccessError.is(access) ? [] : [access];
  });
}

/** What a command line asks about. */
function filterOf(
  changes: readonly ReadChange[],
  { login, group, cluster }: HistoryOptions,
): { readonly filter?: HistoryFilter; readonly about?: string } {
  if (login !== undefined) {
    if (login === '') throw new AccessError('--login is empty. Give the login of a user.');
    return { filter: { kind: 'login', login }, about: login };
  }
  const accesses = group === undefined && cluster === undefined ? [] : accessesOf(changes);
  if (group !== undefined) {
    const names = namesOfGroup(
      knownThen(
        'group',
        group,
        accesses.flatMap((access) => Object.keys(access.groups)),
      ),
      accesses,
    );
    return { filter: { kind: 'group', names }, about: enumerated([...names]) };
  }
  if (cluster === undefined) return {};
  knownThen(
    'cluster',
    cluster,
    accesses.flatMap((access) => Object.keys(access.clusters)),
  );
  return { filter: { kind: 'cluster', cluster }, about: cluster };
}

/** Checks that a version of the file has a name. */
function knownThen(what: string, name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  const known = [...new Set(names)].sort();
  throw new AccessError(
    `No version of the access file in these days has a ${what} '${escaped(name)}'.${didYouMean(name, known)} They have ${nameList(known)}.`,
  );
}

/** What git cannot know about a person. */
function filterNotes(changes: readonly ReadChange[], filter: HistoryFilter | undefined): readonly string[] {
  if (filter?.kind !== 'login') return [];
  const accesses = accessesOf(changes);
  const unlisted = new Map(
    accesses.flatMap(({ groups }) =>
      Object.entries(groups).flatMap(([name, { logins, rule }]) =>
        logins === undefined ? [[name, rule === undefined ? 'from elsewhere' : 'by a rule'] as const] : [],
      ),
    ),
  );
  const isListed = accesses.some((access) => membershipsOf(access, filter.login).length > 0);
  return [
    ...(isListed ? [] : [`No version of the file in these days lists ${filter.login}.`]),
    ...(unlisted.size === 0
      ? []
      : [
          `Git does not know who was in these groups, whose members the file does not list: ${enumerated([...unlisted].map(([name, how]) => `${name} (${how})`))}. ${filter.login} may have been in them.`,
        ]),
    'Changes that concern everybody, such as those of clusters and of the sign-in, are left out.',
  ];
}

function spanReport({ history, changes, filter, about, applied, notes }: Past, options: HistoryOptions): HistoryReport {
  const { file, since } = options;
  const props = { today: today(), ...(since !== undefined && { since }), ...(filter !== undefined && { filter }) };
  const entries = accessHistory(changes, props).map((entry) => ({
    entry,
    ...(applied !== undefined && { applied: applied.firstFor(entry) }),
  }));
  return {
    ...{ file, until: today(), entries, notes },
    startsShallow: history.isShallow && changes[0]?.commit === history.commits[0],
    ...(since !== undefined && { since }),
    ...(about !== undefined && { about }),
  };
}

/** Who had which role where at the end of a day. */
function matrixOutput(past: Past, day: Day, { file, format }: HistoryOptions): string {
  const { history, changes, filter, applied, notes } = past;
  const found = changeInForce(changes, day);
  if (found === undefined) throw noFileYet(history, day, file);
  const { commit, read } = found;
  const named = `commit ${shortHash(commit.hash)} of ${commit.day}`;
  if (read === null) throw new AccessError(`On ${day}, ${escaped(file)} was not there: ${named} removed it.`);
  const access = readable(read, day);
  if (AccessError.is(access)) {
    throw new AccessError(
      `What ${escaped(file)} said on ${day} cannot be told: it is that of ${named}, which could not be read: ${problemWords(access, escaped)} Ask for another day with --at.`,
    );
  }
  const last = applied?.lastUntil(day);
  const report: MatrixReport = {
    ...{ file, day, rows: filteredRows(accessMatrix(access), access, filter) },
    notes: [
      ...notes,
      `Written in ${named} by ${commit.author}: ${commit.subject}`,
      ...(applied === undefined
        ? []
        : [`Until the end of that day: ${appliedWords(last === undefined ? [] : [last])}`]),
    ],
  };
  switch (format) {
    case 'text':
      return matrixText(report);
    case 'md':
      return matrixMarkdown(report);
    case 'html':
      return matrixHtml(report);
    case 'csv':
      return matrixCsv(report.rows, { day, commit: commit.hash, basis: 'written, not applied' });
    case 'json':
      return jsonText({
        ...{ basis: 'written', file, day, commit: commitRecord(commit), notes: report.notes },
        ...(applied !== undefined && { applied: last ?? null }),
        rows: matrixRecords(report.rows),
      });
  }
}

function noFileYet({ changes, isShallow, commits }: FileHistory, day: Day, file: string): AccessError {
  const [first] = changes;
  const shallow = isShallow
    ? ` This clone is shallow: commits before ${shortHash(commits[0]?.hash ?? '')} are missing. Fetch them with git fetch --unshallow.`
    : '';
  return new AccessError(
    `On ${day}, no commit of this branch had ${escaped(file)}: the first one is ${shortHash(first?.commit.hash ?? '')} of ${first?.commit.day}.${shallow}`,
  );
}
