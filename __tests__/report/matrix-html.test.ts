import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { WORST_CASE_REVOCATION } from '../../model/derived/revocation';
import { matrixHtml } from '../../report/matrix-html';
import type { MatrixPageData } from '../../report/matrix-page-data';
import { groupRow, manyRows, ROWS } from './matrix-rows';

const report = { file: 'access.config.ts', day: '2030-01-31' };
const HOSTILE = `</script><script>alert(1)</script><img src=x onerror="alert('2')">&%data%\u202e`;
const hostilePage = matrixHtml({
  file: HOSTILE,
  day: '2030-01-31',
  rows: [
    groupRow({
      ...{ name: HOSTILE, cluster: HOSTILE, namespace: HOSTILE, role: HOSTILE, reason: HOSTILE, via: HOSTILE },
      ...{ people: [HOSTILE], guards: [HOSTILE], becomes: [{ to: HOSTILE, certain: true }] },
    }),
  ],
});

/** The texts of the elements with this tag, as they are written. */
function elements(page: string, tag: string): readonly string[] {
  return [...page.matchAll(new RegExp(`<${tag}(?: [^>]*)?>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, text = '']) => text);
}

/** The cells of the list, as a person reads them: without tags, but with a line for each part. */
function listOf(page: string): readonly (readonly string[])[] {
  return elements(elements(page, 'tbody').at(-1) ?? '', 'tr').map((line) =>
    elements(line, 'td').map((cell) =>
      cell
        .replaceAll(/<[^>]*>/g, '\n')
        .replaceAll(/\n+/g, '\n')
        .trim(),
    ),
  );
}

function dataOf(page: string): MatrixPageData {
  const [, data = ''] = /<script id="data" type="application\/json">(.*)<\/script>/.exec(page) ?? [];
  return JSON.parse(data);
}

describe('matrixHtml', () => {
  const page = matrixHtml({ ...report, rows: ROWS });

  test('shows the rows before a script runs', () => {
    expect(listOf(page)).toEqual([
      [
        'eks-admins\nana@example.com, ben@example.com',
        'prod\nteam-a',
        'edit\ngrants[0]',
        'S\nC?\nservice accounts of team-a\ncluster-admin?',
        'read-secrets, pod-exec',
        '2030-12-31\nRuns the shop; read-secrets: rotates them\nguards: secretDeletion, runAsRoot',
      ],
      [
        'eks-auditors\nrule: user.department == &quot;Audit&quot;',
        'eu-west\nwhole cluster',
        'view\ngrants[1]',
        '·',
        '',
        '',
      ],
      [
        'arn:aws:iam::111122223333:role/on-call\n \nIAM\nfrom elsewhere',
        'prod\nwhole cluster',
        'cluster-admin\nclusters.prod.breakGlass',
        'C\ncluster-admin',
        'bind, wildcards',
        '2030-02-15\nOkta is down',
      ],
    ]);
  });

  test('folds long lists of a row', () => {
    const becomes = ['cluster-admin', 'node', 'a', 'b', 'c'].map((to) => ({ to, certain: true }));
    const sensitive = ['bind', 'escalate', 'impersonate', 'pod-exec', 'read-secrets'] as const;

    const [row = []] = listOf(matrixHtml({ ...report, rows: [groupRow({ becomes, sensitive })] }));

    expect(row.slice(3, 5)).toEqual([
      'C\ncluster-admin\nnode\na\nand 2 more\nb\nc',
      'bind, escalate, impersonate and 2 more\npod-exec, read-secrets',
    ]);
  });

  test('shows the file, the day, counts and the time of a revocation', () => {
    expect(elements(page, 'title')).toEqual(['Who has which role where: access.config.ts']);
    expect(elements(elements(page, 'header')[0] ?? '', 'time')).toEqual(['2030-01-31']);
    expect(elements(elements(page, 'header')[0] ?? '', 'div')).toEqual([
      '<dt>Groups</dt><dd>2</dd>',
      '<dt>Groups that can become cluster-admin</dt><dd>0</dd>',
      '<dt>Administrators by IAM</dt><dd>1</dd>',
      '<dt>Clusters</dt><dd>2</dd>',
      '<dt>Rows that end within 30 days</dt><dd>1</dd>',
      '<dt>Until a removed user loses access</dt><dd>60 min</dd>',
    ]);
    expect(page).toContain(WORST_CASE_REVOCATION.text);
  });

  test('counts groups that become cluster-admin for certain', () => {
    const becomes = (certain: boolean) => ({ becomes: [{ to: 'cluster-admin', certain }] });
    const rows = [groupRow({ name: 'a', ...becomes(true) }), groupRow({ name: 'b', ...becomes(false) })];

    expect(matrixHtml({ ...report, rows })).toContain('<dt>Groups that can become cluster-admin</dt><dd>1</dd>');
  });

  test('has a legend of the levels, the worst first, each with a letter', () => {
    const [levels = ''] = elements(page, 'ul');

    expect(elements(levels, 'li').map((level) => level.replaceAll(/<[^>]*>/g, ''))).toEqual([
      'C cluster-admin',
      'N a node',
      'A an AWS role',
      'O another namespace or user',
      'S a sensitive permission',
      '· nothing sensitive',
      '? depends on what the access file does not tell, such as what runs in a namespace',
    ]);
  });

  test('explains the sensitive permissions that someone has, and no others', () => {
    expect(elements(elements(page, 'section').at(-1) ?? '', 'dt')).toEqual([
      'read-secrets',
      'pod-exec',
      'bind',
      'wildcards',
    ]);
  });

  test('has no legend of permissions if nothing is sensitive', () => {
    expect(matrixHtml({ ...report, rows: [groupRow()] })).toContain('<section id="legend" class="legend" hidden>');
  });

  test('fills each place of the page', () => {
    expect(page).not.toMatch(/%\w+%/);
  });

  test('loads nothing, and allows only its own style and script', () => {
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(hostilePage) ?? [];
    const hashed = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const scripts = elements(hostilePage, 'script');

    expect(policy).toBe(
      `default-src 'none'; style-src ${hashed(elements(hostilePage, 'style')[0])}; script-src ${hashed(scripts[1])}; base-uri 'none'; form-action 'none'`,
    );
    expect(scripts).toHaveLength(2);
    expect(hostilePage).not.toMatch(/\b(?:src|href)="(?!#)/);
    expect(hostilePage).not.toMatch(/\son\w+="/);
    expect(hostilePage).not.toMatch(/\sstyle="/);
  });

  test('writes names as text, in the page and in the data', () => {
    const shown =
      '&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;2&#39;)&quot;&gt;&amp;%data%\\u202e';

    expect(listOf(hostilePage)).toEqual([
      [
        `${shown}\n${shown}`,
        `${shown}\n${shown}`,
        `${shown}\n${shown}`,
        `S\n${shown}`,
        '',
        `${shown}\nguards: ${shown}`,
      ],
    ]);
    expect(elements(hostilePage, 'code')).toEqual([shown]);
    expect(elements(hostilePage, 'title')).toEqual([`Who has which role where: ${shown}`]);
    expect(elements(hostilePage, 'script')[0]).not.toContain('<');
    expect(dataOf(hostilePage).who[0]?.name).toBe(HOSTILE.replace('\u202e', '\\u202e'));
    expect(hostilePage).not.toContain('<img');
    expect(hostilePage).not.toContain('\u202e');
  });

  test('has a script that a browser can read', () => {
    expect(() => new Script(elements(page, 'script')[1] ?? '')).not.toThrow();
  });

  test('is a table that a screen reader can name and a keyboard can sort', () => {
    expect(page).toContain('<table id="list" class="list" role="table" aria-labelledby="list-title">');
    expect(elements(elements(page, 'thead').at(-1) ?? '', 'th')).toEqual(
      ['Who', 'Where', 'Role', 'Can become', 'Sensitive permissions', 'Until and why'].map(
        (column) => `<button type="button">${column}</button>`,
      ),
    );
    expect(page.match(/<th [^>]*aria-sort="ascending"/g)).toHaveLength(1);
    expect(page).toContain('<span id="count" role="status" aria-live="polite">3 rows</span>');
  });

  test.each(['search', 'person', 'permission', 'ends'])('has a name for the filter %s', (id) => {
    expect(page).toMatch(new RegExp(`<label[^>]* for="${id}">[^<]*<(input|select) id="${id}"`));
  });

  test('stays small for a large fleet: the first rows as HTML, all rows as data', () => {
    const fleet = matrixHtml({ ...report, rows: manyRows(100_000) });

    expect(listOf(fleet)).toHaveLength(200);
    expect(dataOf(fleet).rows).toHaveLength(1_000_000);
    expect(fleet).toContain('aria-live="polite">100000 rows, the first 200 shown</span>');
    expect(fleet.length).toBeLessThan(3_500_000);
  });
});
