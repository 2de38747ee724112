import { loginKey } from '../../constraints/okta/login';
import type { Access } from '../derived/access';
import type { Change } from './changes';
import type { AccessDiff } from './diff';
import { membershipsOf } from './explain';
import type { MatrixRow } from './matrix';
import type { Path } from './paths';
import type { DiffRow } from './row-diff';

/** What a history is about. */
export type HistoryFilter =
  | { readonly kind: 'login'; readonly login: string }
  | {
      readonly kind: 'group';
      /** The names that the group has had. */
      readonly names: ReadonlySet<string>;
    }
  | { readonly kind: 'cluster'; readonly cluster: string };

/**
 * Every name of a group in some files: `was` says which one a group had before.
 * @param name one of them.
 */
export function namesOfGroup(name: string, files: readonly Pick<Access, 'groups'>[]): ReadonlySet<string> {
  const names = new Set([name]);
  const found = files.flatMap(({ groups }) =>
    Object.entries(groups).flatMap(([now, { was }]) => (was === undefined ? [] : [[was, now] as const])),
  );
  const renames = [...new Map(found.map((rename) => [JSON.stringify(rename), rename])).values()];
  for (const _ of renames) {
    for (const [was, now] of renames) {
      if (names.has(was)) names.add(now);
      else if (names.has(now)) names.add(was);
    }
  }
  return names;
}

interface Compared {
  readonly before: Access;
  readonly after: Access;
  /** @default - everything */
  readonly filter?: HistoryFilter | undefined;
}

/** The part of a difference that a history is about. */
export function filteredDiff(diff: AccessDiff, { before, after, filter }: Compared): AccessDiff {
  if (filter === undefined) return diff;
  const rows = (list: readonly DiffRow[], access: Access) => list.filter((row) => isRowAbout(row, access, filter));
  return {
    gains: rows(diff.gains, after),
    losses: rows(diff.losses, before),
    changes: diff.changes.filter((change) => isChangeAbout(change, { before, after, filter })),
  };
}

/** Whether a row of a difference is about a filter. */
function isRowAbout({ group, cluster, who }: DiffRow, access: Access, filter: HistoryFilter): boolean {
  switch (filter.kind) {
    case 'login':
      return who === undefined ? groupsOf(access, filter.login).includes(group) : sameLogin(who, filter.login);
    case 'group':
      return filter.names.has(group);
    case 'cluster':
      return cluster === filter.cluster;
  }
}

/** Whether another change is about a filter: of its groups and grants; for a cluster, everything but other clusters. */
function isChangeAbout(
  { segments: [top, name] }: Change,
  { before, after, filter }: Compared & { readonly filter: HistoryFilter },
): boolean {
  const grant = top === 'grants' ? after.grants.find(({ path }) => path === `grants[${String(name)}]`) : undefined;
  switch (filter.kind) {
    case 'login': {
      const groups = [...groupsOf(before, filter.login), ...groupsOf(after, filter.login)];
      return (
        (top === 'groups' && groups.includes(String(name))) || (grant !== undefined && groups.includes(grant.group))
      );
    }
    case 'group':
      return (
        (top === 'groups' && filter.names.has(String(name))) || (grant !== undefined && filter.names.has(grant.group))
      );
    case 'cluster':
      if (top === 'clusters') return name === filter.cluster;
      if (top === 'grants') return grant?.clusters === '*' || grant?.clusters.includes(filter.cluster) === true;
      return top !== 'groups';
  }
}

/** Whether a path is about a filter. */
export function isAbout(
  { from, cluster }: Path,
  { after, filter }: { readonly after: Access; readonly filter?: HistoryFilter | undefined },
): boolean {
  switch (filter?.kind) {
    case undefined:
      return true;
    case 'login':
      return groupsOf(after, filter.login).includes(from.name);
    case 'group':
      return filter.names.has(from.name);
    case 'cluster':
      return cluster === filter.cluster;
  }
}

/** The rows of a matrix that are about a filter. */
export function filteredRows(rows: readonly MatrixRow[], access: Access, filter?: HistoryFilter): readonly MatrixRow[] {
  switch (filter?.kind) {
    case undefined:
      return rows;
    case 'login': {
      const groups = groupsOf(access, filter.login);
      return rows.filter(({ group }) => group !== undefined && groups.includes(group));
    }
    case 'group':
      return rows.filter(({ group }) => group !== undefined && filter.names.has(group));
    case 'cluster':
      return rows.filter(({ cluster }) => cluster === filter.cluster);
  }
}

function groupsOf(access: Access, login: string): readonly string[] {
  return membershipsOf(access, login).map(({ group }) => group);
}

function sameLogin(a: string, b: string): boolean {
  return loginKey(a) === loginKey(b);
}
