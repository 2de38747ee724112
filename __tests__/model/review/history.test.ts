import { AccessError } from '../../../constraints/access-error';
import { type Day, readAccess } from '../../../model';
import { appliedCommits } from '../../../model/review/applied';
import { accessHistory, type HistoryEntry, type WrittenChange } from '../../../model/review/history';

const ROLE_ARN = 'arn:aws:iam::111122223333:role/on-call';
const file = (changes: object = {}) => ({
  okta: { orgName: 'example' },
  groups: { 'eks-admins': {}, 'eks-ops': {} },
  clusters: {
    prod: {
      kind: 'existing-eks',
      region: 'eu-west-1',
      breakGlass: { roleArn: ROLE_ARN, expires: '2026-02-10', reason: 'Okta is down' },
    },
  },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-ops', role: 'view', clusters: '*', expires: '2026-02-10' },
    { group: 'eks-ops', role: 'edit', clusters: '*', expires: '2026-02-20' },
  ],
  ...changes,
});
const change = (day: Day, hash: string, written: object | 'broken' | null): WrittenChange => ({
  commit: { hash, seconds: Date.parse(day) / 1000, author: 'Ana', subject: hash, day },
  read:
    written === null
      ? null
      : (on) => {
          if (written === 'broken') throw new AccessError('broken');
          return readAccess(written, on, []);
        },
});
const told = (entries: readonly HistoryEntry[]) =>
  entries.map((entry) => {
    const { kind, day } = entry;
    if (!('diff' in entry)) return `${day} ${kind}`;
    const { gains, losses, changes } = entry.diff;
    return [
      `${day} ${kind}`,
      ...gains.map(({ group, role }) => `+${group} ${role}`),
      ...losses.map(({ group, role }) => `-${group} ${role}`),
      ...changes.map(({ path, effect }) => `${effect} ${path}`),
    ].join(', ');
  });
const TODAY = '2026-06-15';
const FIRST = '2026-01-01 commit, +eks-admins cluster-admin, +eks-ops edit, +eks-ops view, widens clusters.prod';

describe('the history of an access file', () => {
  test('has what ends on one day together, and break-glass access too', () => {
    const entries = accessHistory([change('2026-01-01', 'a', file())], { today: TODAY });

    expect(told(entries)).toEqual([
      FIRST,
      '2026-02-11 expiry, -eks-ops view, narrows clusters.prod.breakGlass',
      '2026-02-21 expiry, -eks-ops edit',
    ]);
    expect(entries[1]).toMatchObject({
      lastDay: '2026-02-10',
      what: ['grant of view to eks-ops', 'break-glass access to the cluster prod'],
    });
  });

  test('has no expiry after today, and none of access that a commit removed before', () => {
    const grants = file().grants.slice(0, 2);
    const changes = [change('2026-01-01', 'a', file()), change('2026-02-11', 'b', file({ grants }))];

    expect(told(accessHistory(changes.slice(0, 1), { today: '2026-02-10' }))).toEqual([FIRST]);
    // The access ended in the night before the commit.
    expect(told(accessHistory(changes, { today: TODAY })).slice(1)).toEqual([
      '2026-02-11 expiry, -eks-ops view, narrows clusters.prod.breakGlass',
      '2026-02-11 commit, -eks-ops edit',
    ]);
  });

  test('says nothing of a grant that had ended when it was written', () => {
    const late = [change('2026-03-01', 'a', file())];

    expect(told(accessHistory(late, { today: TODAY }))).toEqual([
      '2026-03-01 commit, +eks-admins cluster-admin, widens clusters.prod',
    ]);
  });

  test('tells what ended while the file could not be read with the next version that can', () => {
    const changes = [
      change('2026-01-01', 'a', file()),
      change('2026-02-05', 'b', 'broken'),
      change('2026-02-15', 'c', file()),
    ];

    const entries = accessHistory(changes, { today: TODAY });

    expect(told(entries).slice(1)).toEqual([
      '2026-02-05 unreadable',
      '2026-02-15 commit, -eks-ops view, narrows clusters.prod.breakGlass',
      '2026-02-21 expiry, -eks-ops edit',
    ]);
    expect(entries[2]).toMatchObject({ comparedWith: { hash: 'a' }, isFirst: false });
  });

  test('starts again after a removal, and has no expiry without a file', () => {
    const changes = [
      change('2026-01-01', 'a', file()),
      change('2026-02-05', 'b', null),
      change('2026-02-15', 'c', file()),
    ];

    expect(told(accessHistory(changes, { today: '2026-02-16' }))).toEqual([
      FIRST,
      '2026-02-05 removed',
      '2026-02-15 commit, +eks-admins cluster-admin, +eks-ops edit, widens clusters.prod',
    ]);
  });

  test('has no entry for a commit that changes nothing, and compares with it', () => {
    const changes = [
      change('2026-01-01', 'a', file()),
      change('2026-01-02', 'b', file({ groups: { ...file().groups } })),
    ];

    expect(told(accessHistory(changes, { today: '2026-01-03' }))).toEqual([FIRST]);
  });
});

describe('what a pipeline applied', () => {
  const commits = ['aaaaaaa1', 'bbbbbbb2', 'ccccccc3'].map((hash) => change(TODAY, hash, null).commit);
  const entry = (hash: string): HistoryEntry => ({
    kind: 'removed',
    day: TODAY,
    commit: change(TODAY, hash, null).commit,
  });

  test('is the first apply of the commit or of a later one, in any order of the lines', () => {
    const applied = appliedCommits(commits, [
      { commit: 'ccccccc3', time: '2026-03-03T00:00:00Z' },
      { commit: 'aaaaaaa', time: '2026-03-01T00:00:00Z' },
    ]);

    expect(applied.firstFor(entry('aaaaaaa1'))).toEqual([{ commit: 'aaaaaaa1', time: '2026-03-01T00:00:00Z' }]);
    expect(applied.firstFor(entry('bbbbbbb2'))).toEqual([{ commit: 'ccccccc3', time: '2026-03-03T00:00:00Z' }]);
    expect(applied.lastUntil('2026-03-02')).toEqual({ commit: 'aaaaaaa1', time: '2026-03-01T00:00:00Z' });
    expect(applied.lastUntil('2026-02-28')).toBeUndefined();
  });

  test('is not the whole if only some stacks were applied', () => {
    const applied = appliedCommits(commits, [{ commit: 'ccccccc3', time: '2026-03-03T00:00:00Z', stacks: ['okta'] }]);

    expect(applied.firstFor(entry('bbbbbbb2'))).toHaveLength(1);
    expect(applied.lastUntil('2026-03-04')).toBeUndefined();
  });
});
