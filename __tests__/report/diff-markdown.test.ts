import { diffMarkdown } from '../../report/diff-markdown';
import { row } from './rows';

const files = { before: 'old.yaml', after: 'new.yaml', guards: [] };

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

  test('lists changes of guards before the groups', () => {
    const guards = [{ guard: 'secretDeletion', clusters: ['prod'], before: ['eks-admins'] }];

    expect(
      diffMarkdown({ ...files, diff: { gains: [row()], losses: [], changes: [] }, sensitive: [], guards }),
    ).toBe(`### Who gains and who loses what

From \`old.yaml\` to \`new.yaml\`: 1 gain, 0 losses, 0 other changes.

The guard \`secretDeletion\` on \`prod\` lets through everyone whose role allows it instead of \`eks-admins\`.

#### \`eks-admins\`

- \`eks-admins\` gain \`view\` on \`prod\`
`);
  });

  test('lists other changes before the groups, without Markdown in values', () => {
    const changes = [{ path: 'tags.note', segments: ['tags', 'note'], old: null, new: '`@team` <b>' }];

    expect(
      diffMarkdown({ ...files, diff: { gains: [row()], losses: [], changes }, sensitive: [] }),
    ).toBe(`### Who gains and who loses what

From \`old.yaml\` to \`new.yaml\`: 1 gain, 0 losses, 1 other change.

#### Other changes

- \`tags.note\` is new: \`\`'\`@team\` <b>'\`\`

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
      path: `tags.${at}`,
      segments: ['tags', `${at}`],
      old: null,
      new: 'x'.repeat(61_000),
    });
    const changes = Array.from({ length: 500 }, (_, at) => value(at));
    const guards = Array.from({ length: 500 }, (_, at) => ({
      guard: `namespaces.${at}`,
      clusters: ['prod'],
      after: [],
    }));

    const markdown = diffMarkdown({ ...files, diff: { gains, losses: [], changes }, sensitive: [], guards });

    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown).toContain('- `eks-mallory` gain `view` on `prod`\n');
    expect(markdown).toMatch(/\n\*\*\d+ other changes left out\*\* to fit into a comment/);
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
