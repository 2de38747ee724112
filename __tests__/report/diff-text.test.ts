import { pathText } from '../../model/file/path';
import type { Change } from '../../model/review/changes';
import type { Effect } from '../../model/review/effects/effect';
import type { Path } from '../../model/review/paths';
import type { DiffRow } from '../../model/review/row-diff';
import type { SensitivePermission } from '../../rbac/sensitive-permissions';
import { diffText } from '../../report/diff-text';
import { row } from './rows';

function told(
  gains: readonly DiffRow[],
  losses: readonly DiffRow[] = [],
  sensitive: readonly SensitivePermission[] = [],
  changes: readonly Change[] = [],
  opened: readonly Path[] = [],
) {
  return diffText({ before: 'old.yaml', after: 'new.yaml', diff: { gains, losses, changes }, sensitive, opened });
}

/** A change of a value of the file. */
function change(segments: readonly (string | number)[], old: unknown, now: unknown, effect: Effect = 'moves'): Change {
  return { path: pathText(segments), segments, old, new: now, effect, what: 'What it means' };
}

/** The sentences without heading, of gains of one group. */
function sentences(gains: readonly DiffRow[], losses: readonly DiffRow[] = []): readonly string[] {
  return told(gains, losses).split('\n').slice(2, -1);
}

describe('diffText', () => {
  test('lists gains and losses by group, and what a sensitive gain leads to', () => {
    const gains = [
      row({ group: 'eks-developers', role: 'edit', namespace: 'team-a', sensitive: ['read-secrets', 'pod-exec'] }),
      row({ group: 'eks-auditors' }),
    ];
    const losses = [row({ group: 'eks-developers' })];

    expect(told(gains, losses, ['read-secrets'])).toBe(`From old.yaml to new.yaml: 2 gains, 1 loss, 0 other changes

eks-auditors gain view on prod

eks-developers gain edit on prod in team-a (sensitive: read-secrets, pod-exec)
eks-developers lose view on prod

Sensitive permissions that someone gains, and what they lead to:
  read-secrets: the passwords and tokens of everything that runs there
`);
  });

  test('lists other changes by effect, the gravest first', () => {
    const effects = ['neutral', 'narrows', 'replaces', 'moves', 'widens'] as const;
    const changes = effects.map((effect) => change(['tags', effect], null, 'x', effect));

    expect(told([], [], [], changes)).toBe(`From old.yaml to new.yaml: 0 gains, 0 losses, 5 other changes

Widens: somebody can do more, reach more, stay longer, or sign in with less:
  tags.widens is new: 'x'. What it means

Moves: the same grants act on another cluster, account, or organization:
  tags.moves is new: 'x'. What it means

Replaces: something is unavailable, destroyed, or irreversible:
  tags.replaces is new: 'x'. What it means

Narrows: somebody can do less, reach less, or must sign in with more:
  tags.narrows is new: 'x'. What it means

Neutral: no effect on access:
  tags.neutral is new: 'x'. What it means
`);
  });

  test('lists the certain paths that someone gains', () => {
    const opened: readonly Path[] = [
      { from: { kind: 'group', name: 'eks-a' }, cluster: 'prod', to: 'cluster-admin', certain: true, steps: [] },
    ];

    expect(told([row()], [], [], [], opened)).toContain(`
Who can become more than before:
  eks-a can become cluster-admin on prod
`);
  });

  test('lists the same path on several clusters as one sentence', () => {
    const opened = ['a', 'b', 'c', 'd', 'e'].map(
      (cluster): Path => ({ from: { kind: 'group', name: 'eks-a' }, cluster, to: 'node', certain: true, steps: [] }),
    );

    expect(told([row()], [], [], [], opened)).toContain(`
Who can become more than before:
  eks-a can become node on 5 clusters: a, b, c`);
  });

  test('reports a role that a group keeps and that allows more, less, or both, in one sentence', () => {
    const [get, list] = [
      { verbs: ['get'], apiGroups: ['apps'], resources: ['deployments'] },
      { verbs: ['list'], apiGroups: [''], resources: ['pods'] },
    ];
    const own = (rules: readonly (typeof get)[]) => row({ role: 'own', rules });

    expect(sentences([own([get])])).toEqual(['eks-admins can do more with own on prod: get deployments in apps']);
    expect(sentences([], [own([get, list])])).toEqual([
      'eks-admins can do less with own on prod: no longer get deployments in apps and list pods',
    ]);
    expect(sentences([own([get])], [own([list]), row({ role: 'edit' })])).toEqual([
      'eks-admins can do other things with own on prod: get deployments in apps, but no longer list pods',
      'eks-admins lose edit on prod',
    ]);
  });

  test('says when nothing changes', () => {
    expect(told([])).toBe(
      'From old.yaml to new.yaml: 0 gains, 0 losses, 0 other changes\n\nNobody gains or loses anything.\n',
    );
    const text: Change = { ...change(['tags', 'a'], 'b', 'c', 'neutral'), isText: true };
    expect(told([], [], [], [text])).toContain('other change\n\nNobody gains or loses anything.\n\nNeutral: ');
    expect(told([], [], [], [text, change(['okta', 'orgName'], 'b', 'c', 'neutral')])).not.toContain('Nobody');
  });

  test.each([
    [2, 'a0 and a1'],
    [4, 'a0, a1, a2 and a3'],
    [5, '5 clusters: a0, a1, a2 and 2 more'],
    [12, '12 clusters: a0, a1, a2 and 9 more'],
  ])('joins the same role on %i clusters', (count, names) => {
    const gains = Array.from({ length: count }, (_, index) => row({ cluster: `a${index}` }));

    expect(sentences(gains)).toEqual([`eks-admins gain view on ${names}`]);
  });

  test('joins the same namespaces of several clusters', () => {
    const gains = ['a', 'b', 'c', 'd', 'e'].flatMap((cluster) =>
      ['team-a', 'team-b'].map((namespace) => row({ cluster, namespace })),
    );

    expect(sentences(gains)).toEqual(['eks-admins gain view on 5 clusters: a, b, c and 2 more, in team-a and team-b']);
  });

  test('does not join whole clusters with namespaces, or sensitive roles with others', () => {
    const gains = [
      row(),
      row({ namespace: 'team-a' }),
      row({ cluster: 'dev', namespace: 'team-a', sensitive: ['bind'] }),
      row({ cluster: 'dev', role: 'edit' }),
    ];

    expect(sentences(gains)).toEqual([
      'eks-admins gain view on prod',
      'eks-admins gain view on prod in team-a',
      'eks-admins gain view on dev in team-a (sensitive: bind)',
      'eks-admins gain edit on dev',
    ]);
  });

  test('reports people who join and leave, and joins those with the same change', () => {
    const people = ['ana@example.com', 'bo@example.com', 'cy@example.com'];
    const gains = people.flatMap((who) => ['prod', 'dev'].map((cluster) => row({ who, cluster })));

    expect(sentences(gains, [row({ who: 'dan@example.com' })])).toEqual([
      'ana@example.com, bo@example.com and cy@example.com join eks-admins and gain view on prod and dev',
      'dan@example.com leaves eks-admins and loses view on prod',
    ]);
  });

  test('reports people matched by a rule apart from what the whole group gains', () => {
    const rule = 'rule: user.department == "Platform"';

    expect(sentences([row(), row({ who: rule })], [row({ who: 'rule: false', role: 'edit' })])).toEqual([
      'eks-admins gain view on prod',
      'people matched by the rule user.department == "Platform" join eks-admins and gain view on prod',
      'people matched by the rule false leave eks-admins and lose edit on prod',
    ]);
  });

  test('shows control characters as escapes', () => {
    expect(sentences([row({ group: 'a\u001b[2J', cluster: 'b\n', role: 'c\t', who: 'd\r' })])).toEqual([
      'd\\r joins a\\u001b[2J and gains c\\t on b\\n',
    ]);
  });

  test.each([
    [change(['okta', 'orgName'], 'a', 'b'), "okta.orgName changes from 'a' to 'b'"],
    [change(['signIn', 'deviceCode'], false, true), 'signIn.deviceCode changes from false to true'],
    [change(['signIn', 'refresh'], null, { lifetime: 720 }), 'signIn.refresh is new: {"lifetime":720}'],
    [change(['groups', 'eks-x'], { existing: false }, null), 'groups.eks-x is removed; it was {"existing":false}'],
    [
      change(['clusters', 'prod', 'deployers'], ['a', 'b'], ['b', 'c']),
      "clusters.prod.deployers adds 'c' and removes 'a'",
    ],
    [change(['clusters', 'prod', 'deployers'], [], ['a']), "clusters.prod.deployers adds 'a'"],
    [change(['grants', 3, 'clusters'], '*', ['prod']), 'grants[3].clusters changes from \'*\' to ["prod"]'],
    [change(['okta', 'orgName'], 'a', 'b\u001b[2J'), "okta.orgName changes from 'a' to 'b\\u001b[2J'"],
  ])('reports another change: %j', (one, sentence) => {
    expect(told([], [], [], [one])).toBe(
      `From old.yaml to new.yaml: 0 gains, 0 losses, 1 other change\n\nMoves: the same grants act on another cluster, account, or organization:\n  ${sentence}. What it means\n`,
    );
  });

  test('reports the same change on several clusters in one sentence', () => {
    const version = (cluster: string, now = '1.35') => change(['clusters', cluster, 'version'], '1.34', now);

    const text = told([], [], [], [version('a'), version('b'), version('c'), version('d', '1.36')]);

    expect(text).toContain(`
  clusters.*.version on a, b and c changes from '1.34' to '1.35'. What it means
  clusters.d.version changes from '1.34' to '1.36'. What it means
`);
  });
});
