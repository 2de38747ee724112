import { diffMarkdown } from '../../report/diff-markdown';
import { row } from './rows';

const files = { before: 'old.yaml', after: 'new.yaml', opened: [] };
const NOTE = {
  path: 'tags.note',
  segments: ['tags', 'note'],
  old: null,
  effect: 'widens',
  what: 'It is more',
} as const;

describe('diffMarkdown', () => {
  test('lists sensitive permissions first, then gains and losses by group', () => {
    const diff = {
      gains: [row({ role: 'edit', namespace: 'team-a', sensitive: ['bind'] }), row({ who: 'rule: a || b' })],
      losses: [row({ group: 'eks-auditors' })],
      changes: [],
    };

    expect(diffMarkdown({ ...files, diff, sensitive: ['bind'] })).toBe(`### Who gains and who loses what

From \`old.yaml\` to \`new.yaml\`: 2 gains, 1 loss, 0 other changes.

**Sensitive permissions that someone gains, and what they lead to:**

- \`bind\`: any role, by binding it to oneself

#### \`eks-admins\`

- \`eks-admins\` gain \`edit\` on \`prod\` in \`team-a\` (sensitive: bind)
- people matched by the rule \`a || b\` join \`eks-admins\` and gain \`view\` on \`prod\`

#### \`eks-auditors\`

- \`eks-auditors\` lose \`view\` on \`prod\`
`);
  });

  test('lists paths before everything else', () => {
    const opened = [
      {
        from: { kind: 'group' as const, name: 'eks-a' },
        cluster: 'prod',
        to: 'cluster-admin',
        certain: true,
        steps: [],
      },
    ];

    expect(
      diffMarkdown({ ...files, diff: { gains: [row()], losses: [], changes: [] }, sensitive: [], opened }),
    ).toBe(`### Who gains and who loses what

From \`old.yaml\` to \`new.yaml\`: 1 gain, 0 losses, 0 other changes.

**Who can become more than before:**

- \`eks-a\` can become \`cluster-admin\` on \`prod\`

#### \`eks-admins\`

- \`eks-admins\` gain \`view\` on \`prod\`
`);
  });

  test('lists other changes before the groups, without Markdown in values', () => {
    const changes = [{ ...NOTE, new: '`@team` <b>' }];

    expect(
      diffMarkdown({ ...files, diff: { gains: [row()], losses: [], changes }, sensitive: [] }),
    ).toBe(`### Who gains and who loses what

From \`old.yaml\` to \`new.yaml\`: 1 gain, 0 losses, 1 other change.

#### Widens: somebody can do more, reach more, stay longer, or sign in with less

- \`tags.note\` is new: \`\`'\`@team\` <b>'\`\`. It is more

#### \`eks-admins\`

- \`eks-admins\` gain \`view\` on \`prod\`
`);
  });

  test('says when nothing changes', () => {
    expect(
      diffMarkdown({ ...files, diff: { gains: [], losses: [], changes: [] }, sensitive: [] }),
    ).toBe(`### Who gains and who loses what

From \`old.yaml\` to \`new.yaml\`: 0 gains, 0 losses, 0 other changes.

Nobody gains or loses anything.
`);
  });

  test('keeps room for gains when there are many other changes', () => {
    const gains = [row({ group: 'eks-mallory' })];
    const value = (at: number) => ({
      ...NOTE,
      path: `tags.${at}`,
      segments: ['tags', `${at}`],
      new: 'x'.repeat(61_000),
    });
    const changes = Array.from({ length: 500 }, (_, at) => value(at));
    const opened = Array.from({ length: 500 }, (_, at) => ({
      from: { kind: 'group' as const, name: `eks-${at}-${'x'.repeat(200)}` },
      steps: [],
      cluster: 'prod',
      to: 'cluster-admin',
      certain: true,
    }));

    const markdown = diffMarkdown({ ...files, diff: { gains, losses: [], changes }, sensitive: [], opened });

    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown).toContain('- `eks-mallory` gain `view` on `prod`\n');
    expect(markdown).toMatch(/\n\*\*\d+ other changes left out\*\* to fit into a comment/);
    expect(markdown).toMatch(/\n\*\*\d+ paths left out\*\* to fit into a comment/);
  });

  test('fits into a comment and counts the lines that it leaves out', () => {
    const gains = Array.from({ length: 5000 }, (_, index) => row({ group: `group-${index}` }));

    const markdown = diffMarkdown({ ...files, diff: { gains, losses: [], changes: [] }, sensitive: [] });

    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown).toMatch(
      /\n\n\*\*\d+ lines left out\*\* to fit into a comment\. Other formats contain everything\.\n$/,
    );
  });
});
