import { abbreviated } from '../constraints/abbreviated';
import { escaped } from '../constraints/finding';
import { groupBy } from '../model/derived/group-by';
import type { WhoCanRow } from '../model/review/who-can';
import { placeWords } from './matrix-report';
import { tableText } from './table-text';

/** Names in a cell, before the rest is counted. */
const MOST = 5;

/** Who may do something, for a terminal: a table, and below it whoever no line of the file names. */
export function whoCanText(rows: readonly WhoCanRow[]): string {
  const listed = rows.filter(({ kind }) => kind !== 'others');
  const table =
    listed.length === 0
      ? 'No line of the file allows it to anybody.\n'
      : tableText([HEAD, ...listed.map((row) => cells(row).map(escaped))]);
  const others = groupBy(
    rows.filter(({ kind }) => kind === 'others'),
    ({ name }) => name,
  );
  const lines = [...others].map(([name, on]) => {
    const clusters = abbreviated(
      on.map(({ cluster }) => cluster),
      MOST,
    );
    return `${escaped(`And ${name} (${clusters})`)}\n`;
  });
  return `${table}${lines.join('')}`;
}

const HEAD = ['CLUSTER', 'WHO', 'PEOPLE', 'NAMESPACE', 'ROLE', 'BY', 'UNTIL', 'REFUSED BY GUARDS'];

function cells({
  kind,
  cluster,
  name,
  people,
  namespace,
  objects,
  role,
  byGetAlone,
  unknownRules,
  via,
  until,
  guards,
}: WhoCanRow): string[] {
  return [
    cluster,
    kind === 'iam-role' ? `IAM: ${name}` : name,
    peopleText(people),
    `${placeWords(namespace)}${objects === null ? '' : `, only ${abbreviated(objects, MOST)}`}`,
    `${role ?? ''}${byGetAlone ? ' (get alone, before Kubernetes 1.35)' : ''}${unknownRules ? ' (may: unknown rules)' : ''}`,
    via ?? 'Kubernetes itself',
    until ?? '',
    guards.join(', '),
  ];
}

function peopleText(people: WhoCanRow['people']): string {
  if (typeof people === 'string') return people;
  return people.length === 0 ? 'nobody' : abbreviated(people, MOST);
}
