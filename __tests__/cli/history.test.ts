import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessError } from '../../constraints/access-error';
import { newRepository } from '../repository';
import { runCommandToEnd } from './run-command';

const WRITTEN =
  'This is what the access file said: what was written, not what was applied. A pipeline may have applied it later, or never.';

const FILE = {
  okta: { orgName: 'example' },
  groups: {
    'eks-admins': { logins: ['ana@example.com'] },
    'eks-viewers': { logins: ['ben@example.com'] },
    'eks-ops': {},
  },
  clusters: {
    dev: { kind: 'self-managed', kubeconfigContext: 'dev' },
    prod: { kind: 'self-managed', kubeconfigContext: 'prod' },
  },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-viewers', role: 'view', clusters: ['prod'] },
    { group: 'eks-ops', role: 'edit', clusters: ['prod'], expires: '2026-03-10' },
  ],
};
const text = (file: object) => JSON.stringify(file, null, 2);

const WITH_CLEO = {
  ...FILE,
  groups: { ...FILE.groups, 'eks-viewers': { logins: ['ben@example.com', 'Cleo@example.com'] } },
};
const WITH_DEV = { ...WITH_CLEO, grants: [...FILE.grants, { group: 'eks-viewers', role: 'view', clusters: ['dev'] }] };
const renamed = (logins: readonly string[]) => ({
  ...WITH_DEV,
  groups: { 'eks-admins': FILE.groups['eks-admins'], 'eks-ops': {}, 'eks-readers': { was: 'eks-viewers', logins } },
  grants: WITH_DEV.grants.map((grant) => (grant.group === 'eks-viewers' ? { ...grant, group: 'eks-readers' } : grant)),
});
const PEOPLE = ['ben@example.com', 'Cleo@example.com'];

const repository = newRepository();
const { folder } = repository;
const PATH = 'config/access.json';
const hashes: Record<string, string> = {};

beforeAll(() => {
  const add = (day: string, subject: string, files: Readonly<Record<string, string | null>>) => {
    hashes[subject] = repository.commit(day, subject, files);
  };
  add('2026-01-05', 'Start', { 'README.md': 'a' });
  add('2026-01-10', 'Add the access file', { 'access.json': text(FILE) });
  add('2026-02-01', 'Change the readme', { 'README.md': 'b' });
  add('2026-02-10', 'Format it', { 'access.json': JSON.stringify(FILE, null, 4) });
  add('2026-02-20', 'Move it', { 'access.json': null, [PATH]: JSON.stringify(FILE, null, 4) });
  repository.git('checkout', '-b', 'cleo');
  add('2026-02-25', 'Let Cleo view', { [PATH]: JSON.stringify(WITH_CLEO, null, 4) });
  repository.git('checkout', 'main');
  add('2026-02-26', 'Change the readme again', { 'README.md': 'c' });
  repository.gitOn('2026-03-01', 'Dora', 'merge', '--no-ff', '--message', 'Merge cleo', 'cleo');
  hashes['Merge cleo'] = repository.git('rev-parse', 'HEAD');
  add('2026-03-05', 'Break it', { [PATH]: '{' });
  add('2026-03-06', 'Break it differently', { [PATH]: text({ ...WITH_CLEO, clusters: 7 }) });
  add('2026-03-08', 'Mend it, and let viewers view dev', { [PATH]: text(WITH_DEV) });
  add('2026-04-01', 'Rename the viewers', { [PATH]: text(renamed(PEOPLE)) });
  add('2026-03-15', 'Let Dora read, with a slow clock', { [PATH]: text(renamed([...PEOPLE, 'dora@example.com'])) });
  add('2026-05-01', 'Remove it', { [PATH]: null });
  add('2026-05-05', 'Bring it back', { [PATH]: text(renamed(PEOPLE)) });
});

const history = (...words: readonly string[]) => runCommandToEnd('history', '--file', join(folder, PATH), ...words);

interface Row {
  readonly group: string;
  readonly cluster: string;
  readonly role: string;
  readonly who?: string;
}
interface Entry {
  readonly day: string;
  readonly kind: string;
  readonly commit: { readonly hash: string; readonly author: string; readonly subject: string } | null;
  readonly gains?: readonly Row[];
  readonly losses?: readonly Row[];
  readonly changes?: readonly { readonly path: string }[];
  readonly comparedWith?: { readonly subject: string } | null;
  readonly lastDay?: string;
  readonly applied?: readonly object[];
}

async function entriesOf(...words: readonly string[]): Promise<readonly Entry[]> {
  const { stdout } = await history(...words, '--json');
  return JSON.parse(stdout).entries;
}

/** Entries as `day kind subject: + gains - losses ~ changes`. */
async function told(...words: readonly string[]): Promise<readonly string[]> {
  const row = ({ group, cluster, role, who }: Row) =>
    `${who === undefined ? '' : `${who} in `}${group} ${role} ${cluster}`;
  return (await entriesOf(...words)).map(({ day, kind, commit, gains = [], losses = [], changes = [] }) =>
    [
      `${day} ${kind} ${commit?.subject ?? ''}:`,
      ...gains.map((gain) => `+ ${row(gain)}`),
      ...losses.map((loss) => `- ${row(loss)}`),
      ...changes.map(({ path }) => `~ ${path}`),
    ].join(' '),
  );
}

const FIRST =
  '2026-01-10 commit Add the access file: + eks-admins cluster-admin dev + eks-admins cluster-admin prod + eks-ops edit prod + eks-viewers view prod ~ clusters.dev ~ clusters.prod';
const LATER = [
  '2026-02-20 commit Move it:',
  '2026-03-01 commit Merge cleo: + Cleo@example.com in eks-viewers view prod',
  '2026-03-05 unreadable Break it:',
  '2026-03-06 unreadable Break it differently:',
  '2026-03-08 commit Mend it, and let viewers view dev: + eks-viewers view dev',
  '2026-03-11 expiry : - eks-ops edit prod',
  '2026-04-01 commit Rename the viewers: ~ groups.eks-readers.was',
  '2026-04-01 commit Let Dora read, with a slow clock: + dora@example.com in eks-readers view dev + dora@example.com in eks-readers view prod',
  '2026-05-01 removed Remove it:',
  '2026-05-05 commit Bring it back: + eks-admins cluster-admin dev + eks-admins cluster-admin prod + eks-readers view dev + eks-readers view prod ~ clusters.dev ~ clusters.prod',
];

describe('eks-access history', () => {
  test('tells every change: renames, merges, broken files, expiries, slow clocks, and removals', async () => {
    expect(await told()).toEqual([FIRST, ...LATER]);
  });

  test('names who merged, what a broken file is compared with, and the last day of what expired', async () => {
    const entries = await entriesOf();

    expect(entries[2]?.commit).toEqual({
      ...{ hash: hashes['Merge cleo'], author: 'Dora', committed: '2026-03-01T12:00:00Z', subject: 'Merge cleo' },
    });
    expect(entries[5]?.comparedWith).toMatchObject({ subject: 'Merge cleo' });
    expect(entries[6]).toMatchObject({ lastDay: '2026-03-10', what: ['grant of edit to eks-ops'], commit: null });
  });

  test('starts at a day, and compares with what was readable before', async () => {
    expect(await told('--since', '2026-02-21')).toEqual(LATER.slice(1));
    expect(await told('--since', '2026-03-08')).toEqual(LATER.slice(4));
    expect(await told('--since', '2026-05-06')).toEqual([]);
  });

  test('is about a person, whatever the case of the login', async () => {
    expect(await told('--login', 'cleo@example.com')).toEqual([
      '2026-03-01 commit Merge cleo: + Cleo@example.com in eks-viewers view prod',
      ...LATER.slice(2, 4),
      '2026-03-08 commit Mend it, and let viewers view dev: + eks-viewers view dev',
      '2026-04-01 commit Rename the viewers: ~ groups.eks-readers.was',
      '2026-05-01 removed Remove it:',
      '2026-05-05 commit Bring it back: + eks-readers view dev + eks-readers view prod',
    ]);
  });

  test('says what git cannot know about a person', async () => {
    const { stdout } = await history('--login', 'nobody@example.com', '--since', '2026-05-05');

    expect(stdout.split('\n').slice(1, 5)).toEqual([
      WRITTEN,
      'No version of the file in these days lists nobody@example.com.',
      'Git does not know who was in these groups, whose members the file does not list: eks-ops (from elsewhere). nobody@example.com may have been in them.',
      'Changes that concern everybody, such as those of clusters and of the sign-in, are left out.',
    ]);
  });

  test.each(['eks-viewers', 'eks-readers'])('is about a group under each of its names, given %s', async (group) => {
    expect(await told('--group', group)).toEqual([
      '2026-01-10 commit Add the access file: + eks-viewers view prod',
      '2026-03-01 commit Merge cleo: + Cleo@example.com in eks-viewers view prod',
      ...LATER.slice(2, 5),
      ...LATER.slice(6, 9),
      '2026-05-05 commit Bring it back: + eks-readers view dev + eks-readers view prod',
    ]);
  });

  test('is about a cluster', async () => {
    expect(await told('--cluster', 'dev', '--since', '2026-03-07')).toEqual([
      '2026-03-08 commit Mend it, and let viewers view dev: + eks-viewers view dev',
      '2026-04-01 commit Let Dora read, with a slow clock: + dora@example.com in eks-readers view dev',
      '2026-05-01 removed Remove it:',
      '2026-05-05 commit Bring it back: + eks-admins cluster-admin dev + eks-readers view dev ~ clusters.dev',
    ]);
  });

  test('prints sentences with commits, authors, and days', async () => {
    const { stdout } = await history('--since', '2026-03-01');

    expect(stdout).toContain(`
2026-03-01  ${hashes['Merge cleo']?.slice(0, 12)}  Dora: Merge cleo
  Cleo@example.com joins eks-viewers and gains view on prod

2026-03-05  ${hashes['Break it']?.slice(0, 12)}  Ana: Break it
  The file could not be read: The file has a syntax error. Given: a missing } before the end of the file.
`);
    expect(stdout).toContain(`
2026-03-08  ${hashes['Mend it, and let viewers view dev']?.slice(0, 12)}  Ana: Mend it, and let viewers view dev
  Compared with ${hashes['Merge cleo']?.slice(0, 12)} of 2026-03-01: the commits between could not be read.
  eks-viewers gain view on dev

2026-03-11  Expired: grant of edit to eks-ops. Its last day was 2026-03-10; nobody committed this.
  eks-ops lose edit on prod (sensitive: read-secrets, pod-exec, impersonate, create-tokens, run-workloads, write-secrets)
`);
    expect(stdout).toContain("  The committer's day is 2026-03-15. Its parent is of a later day.\n");
  });

  test.each(['text', 'md', 'csv', 'json', 'html'])('says in %s that it is what was written', async (format) => {
    for (const words of [[], ['--at', '2026-02-27']]) {
      expect((await history(...words, '--format', format)).stdout).toMatch(/written, not (what was )?applied/);
    }
  });

  test('adds when a pipeline applied what, for each stack', async () => {
    const file = join(folder, 'applied.jsonl');
    const hash = (subject: string) => String(hashes[subject]);
    writeFileSync(
      file,
      [
        { commit: hash('Change the readme').slice(0, 10), time: '2026-02-01T13:00:00+01:00' },
        { commit: hash('Merge cleo'), time: '2026-03-01T13:00:00Z', stacks: ['okta'], run: 17 },
        { commit: hash('Merge cleo'), time: '2026-03-01T14:00:00Z', stacks: ['rbac-prod', 'okta'] },
        { commit: hash('Mend it, and let viewers view dev'), time: '2026-03-12T09:00:00Z' },
        { commit: '0123456789abcdef', time: '2026-03-13T09:00:00Z' },
      ]
        .map((line) => JSON.stringify(line))
        .join('\n'),
    );

    const { stdout } = await history('--applied', file, '--json');
    const { entries, notes } = JSON.parse(stdout) as { entries: readonly Entry[]; notes: readonly string[] };

    expect(notes).toContain('These commits of --applied are not on this branch: 0123456789abcdef.');
    const first = { commit: hash('Change the readme'), time: '2026-02-01T12:00:00Z' };
    const merge = hash('Merge cleo');
    const mended = { commit: hash('Mend it, and let viewers view dev'), time: '2026-03-12T09:00:00Z' };
    expect(entries.slice(0, 8).map(({ applied }) => applied)).toEqual([
      [first],
      ...Array.from({ length: 2 }, () => [
        { commit: merge, time: '2026-03-01T13:00:00Z', stacks: ['okta'] },
        { commit: merge, time: '2026-03-01T14:00:00Z', stacks: ['rbac-prod'] },
        mended,
      ]),
      [mended],
      [mended],
      [mended],
      // What expired on 11 March goes with the next apply.
      [mended],
      [],
    ]);
    expect((await history('--at', '2026-03-09', '--applied', file)).stdout).toContain(
      `Until the end of that day: Applied: 2026-02-01T12:00:00Z with ${first.commit.slice(0, 12)}.\n`,
    );
  });

  test('fails for every wrong line of --applied', async () => {
    const file = join(folder, 'wrong.jsonl');
    writeFileSync(
      file,
      '{"commit":"main","time":"2026-03-01T13:00:00Z"}\n\n{"commit":"0123456789","time":"yesterday"}\nok\n',
    );
    const allowed =
      'Allowed: {"commit":"<hash>","time":"2026-03-01T10:15:00Z"}, and "stacks":["okta"] if only these were applied.';

    await expect(history('--applied', file)).rejects.toThrow(
      new AccessError(
        [
          `${file}, line 1: commit is wrong. Given: '{"commit":"main","time":"2026-03-01T13:00:00Z"}'. ${allowed}`,
          `${file}, line 3: time is wrong. Given: '{"commit":"0123456789","time":"yesterday"}'. ${allowed}`,
          `${file}, line 4: This is not a JSON object with commit and time. Given: 'ok'. ${allowed}`,
        ].join('\n'),
      ),
    );
  });
});

describe('eks-access history --at', () => {
  const rowsAt = async (day: string, ...words: readonly string[]) => {
    const { rows, commit } = JSON.parse((await history('--at', day, ...words, '--json')).stdout) as {
      rows: readonly { name: string; cluster: string; role: string }[];
      commit: { subject: string };
    };
    return { subject: commit.subject, rows: rows.map(({ name, cluster, role }) => `${name} ${role} ${cluster}`) };
  };
  const ADMINS = ['eks-admins cluster-admin dev', 'eks-admins cluster-admin prod'];

  test.each([
    ['2026-01-10', 'Add the access file', [...ADMINS, 'eks-ops edit prod', 'eks-viewers view prod']],
    // The branch was committed before, and merged later.
    ['2026-02-28', 'Move it', [...ADMINS, 'eks-ops edit prod', 'eks-viewers view prod']],
    // The last day of the grant, and the first one without it.
    [
      '2026-03-10',
      'Mend it, and let viewers view dev',
      [...ADMINS, 'eks-ops edit prod', 'eks-viewers view dev', 'eks-viewers view prod'],
    ],
    ['2026-03-11', 'Mend it, and let viewers view dev', [...ADMINS, 'eks-viewers view dev', 'eks-viewers view prod']],
    ['2026-03-31', 'Mend it, and let viewers view dev', [...ADMINS, 'eks-viewers view dev', 'eks-viewers view prod']],
    ['2026-04-01', 'Let Dora read, with a slow clock', [...ADMINS, 'eks-readers view dev', 'eks-readers view prod']],
  ])('prints the matrix of %s', async (day, subject, rows) => {
    expect(await rowsAt(day)).toEqual({ subject, rows });
  });

  test('is about a person, a group under its later name, or a cluster', async () => {
    expect((await rowsAt('2026-03-31', '--login', 'cleo@example.com')).rows).toEqual([
      ...['eks-viewers view dev', 'eks-viewers view prod'],
    ]);
    expect((await rowsAt('2026-02-28', '--login', 'cleo@example.com')).rows).toEqual([]);
    expect((await rowsAt('2026-02-28', '--group', 'eks-readers')).rows).toEqual(['eks-viewers view prod']);
    expect((await rowsAt('2026-02-28', '--cluster', 'dev')).rows).toEqual(['eks-admins cluster-admin dev']);
  });

  test('names the commit in a text and in a table', async () => {
    expect((await history('--at', '2026-02-28')).stdout).toContain(
      `\n${WRITTEN}\nWritten in commit ${hashes['Move it']?.slice(0, 12)} of 2026-02-20 by Ana: Move it\n`,
    );
    expect((await history('--at', '2026-02-28', '--format', 'csv')).stdout).toContain(
      `,2026-02-28,${hashes['Move it']},"written, not applied"\r\n`,
    );
  });

  test.each([
    [
      'a day before the file',
      '2026-01-09',
      /no commit of this branch had .*config\/access\.json: the first one is [0-9a-f]{12} of 2026-01-10\.$/,
    ],
    [
      'a day with a broken file',
      '2026-03-06',
      /on 2026-03-06 cannot be told: it is that of commit [0-9a-f]{12} of 2026-03-06, which could not be read: clusters: .*Given: 7\./,
    ],
    ['a day without the file', '2026-05-04', /was not there: commit [0-9a-f]{12} of 2026-05-01 removed it\.$/],
  ])('fails for %s', async (_name, day, message) => {
    await expect(history('--at', day)).rejects.toThrow(message);
  });
});

describe('a shallow clone', () => {
  const clone = newRepository();

  test('says that the commits before are missing', async () => {
    clone.git('fetch', '--depth', '4', `file://${folder}`, 'main');
    clone.git('checkout', 'FETCH_HEAD');
    const words = ['--file', join(clone.folder, PATH)];

    const { stdout } = await runCommandToEnd('history', ...words);

    const start = hashes['Rename the viewers']?.slice(0, 12);
    expect(stdout).toContain(
      `This clone is shallow: the commits before ${start} are missing. Fetch them with git fetch --unshallow.\n`,
    );
    expect(stdout).toContain(
      `\n2026-04-01  ${start}  Ana: Rename the viewers\n  The clone starts here: this is what the file said then, because the commits before are missing.\n`,
    );
    await expect(runCommandToEnd('history', ...words, '--at', '2026-03-01')).rejects.toThrow(
      `This clone is shallow: commits before ${start} are missing. Fetch them with git fetch --unshallow.`,
    );
  });
});

describe('commits of strangers', () => {
  const strange = newRepository();
  strange.commit(
    '2027-01-01',
    '=HYPERLINK("https://example.com") <b>x</b> \x9b31m @team',
    { 'a.json': text(FILE) },
    '*Eve*\u202e',
  );
  const words = ['history', '--file', join(strange.folder, 'a.json')];

  test('count as today if their clock is in the future', async () => {
    expect((await runCommandToEnd(...words)).stdout).toContain(
      "  The committer's day is 2027-01-01. That is in the future.\n",
    );
    expect((await runCommandToEnd(...words, '--at', '2026-06-15', '--json')).stdout).toContain('"eks-admins"');
    await expect(runCommandToEnd(...words, '--at', '2026-06-14')).rejects.toThrow('the first one is');
  });

  test.each([
    ['text', String.raw`*Eve*\u202e: =HYPERLINK("https://example.com") <b>x</b> \u009b31m @team`],
    ['md', '`*Eve*\\u202e`: `=HYPERLINK("https://example.com") <b>x</b> \\u009b31m @team`'],
    ['csv', `,"'=HYPERLINK(""https://example.com"")`],
    ['json', String.raw`"subject": "=HYPERLINK(\"https://example.com\") <b>x</b> \u009b31m @team"`],
    ['html', '<bdi>=HYPERLINK(&quot;https://example.com&quot;) &lt;b&gt;x&lt;/b&gt; \\u009b31m @team</bdi>'],
  ])('can do nothing in %s', async (format, shown) => {
    const { stdout } = await runCommandToEnd(...words, '--format', format);

    expect(stdout).toContain(shown);
    if (format !== 'csv') expect(stdout).not.toMatch(/[\u009b\u202e]/);
  });

  test('run no script in a page', async () => {
    const { stdout } = await runCommandToEnd(...words, '--format', 'html');

    expect(stdout).toMatch(
      /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[\w+/]+='; base-uri 'none'; form-action 'none'">/,
    );
    expect(stdout).not.toContain('<script');
  });
});

describe('a file with changes that are not committed', () => {
  const changed = newRepository();
  const words = ['history', '--file', join(changed.folder, 'a [1].json')];
  changed.commit('2026-01-01', 'Start', { 'a [1].json': text(FILE) });

  test('says that they are left out', async () => {
    const note = 'The file has changes that are not committed: they are not in this report.';
    expect((await runCommandToEnd(...words)).stdout).not.toContain(note);

    writeFileSync(join(changed.folder, 'a [1].json'), '{');

    const { stdout } = await runCommandToEnd(...words);
    expect(stdout).toContain(note);
    expect(stdout).toContain(': 1 change and 1 expiry');
  });
});

describe('wrong words', () => {
  test.each([
    [
      ['--group', 'eks-viewer'],
      "No version of the access file in these days has a group 'eks-viewer'. Did you mean 'eks-viewers'? They have eks-admins, eks-ops, eks-readers, eks-viewers.",
    ],
    [['--cluster', 'stage'], "No version of the access file in these days has a cluster 'stage'. They have dev, prod."],
    [['--login', ''], '--login is empty. Give the login of a user.'],
    [['--file', '-'], 'history reads commits, not standard input: name a file of a git repository.'],
  ])('%j fail', async (words, message) => {
    await expect(history(...words)).rejects.toThrow(new AccessError(message));
  });

  test('fail for a file that no commit has', async () => {
    await expect(runCommandToEnd('history', '--file', join(folder, 'other.json'))).rejects.toThrow(
      'No commit of this branch has the file.',
    );
  });

  test('fail for a folder that is in no repository', async () => {
    await expect(runCommandToEnd('history', '--file', '/access.json')).rejects.toThrow(
      'The folder of the file is not in a git repository.',
    );
  });
});
