import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { WORST_CASE_REVOCATION } from '../../model/derived/revocation';
import { SENSITIVE_PERMISSIONS } from '../../rbac/sensitive-permissions';
import { matrixHtml } from '../../report/matrix-html';
import { manyRows, ROWS, row } from './rows';

const report = { file: 'access.config.ts', day: '2030-01-31' };
const HOSTILE = `</script><script>alert(1)</script><img src=x onerror="alert('2')">&\u202e`;
const hostilePage = matrixHtml({
  file: HOSTILE,
  day: '2030-01-31',
  rows: [row({ group: HOSTILE, cluster: HOSTILE, role: HOSTILE })],
});

/** The texts of the elements with this tag, as they are written. */
function elements(page: string, tag: string): readonly string[] {
  return [...page.matchAll(new RegExp(`<${tag}(?: [^>]*)?>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, text = '']) => text);
}

function tableOf(page: string): readonly (readonly string[])[] {
  return elements(elements(page, 'tbody')[0] ?? '', 'tr').map((line) => elements(line, 'td'));
}

function dataOf(page: string): { names: string[][]; rows: number[] } {
  const [, data = ''] = /<script id="data" type="application\/json">(.*)<\/script>/.exec(page) ?? [];
  return JSON.parse(data);
}

describe('matrixHtml', () => {
  const page = matrixHtml({ ...report, rows: ROWS });

  test('shows the rows before a script runs', () => {
    expect(tableOf(page)).toEqual([
      ['eks-admins', 'prod', 'team-a', 'edit', 'read-secrets, pod-exec'],
      ['eks-auditors', 'eu-west', 'whole cluster', 'view', ''],
    ]);
  });

  test('shows the file, the day, counts and the time of a revocation', () => {
    expect(elements(page, 'title')).toEqual(['Who has which role where: access.config.ts']);
    expect(elements(page, 'time')).toEqual(['2030-01-31']);
    expect(elements(elements(page, 'header')[0] ?? '', 'div')).toEqual([
      '<dt>Groups</dt><dd>2</dd>',
      '<dt>Clusters</dt><dd>2</dd>',
      '<dt>Rows</dt><dd>2</dd>',
      '<dt>Rows with sensitive permissions</dt><dd>1</dd>',
      '<dt>Until a removed user loses access</dt><dd>60 min</dd>',
    ]);
    expect(page).toContain(`<p class="note">${WORST_CASE_REVOCATION.text}</p>`);
  });

  test('explains the sensitive permissions that someone has, and no others', () => {
    expect(elements(elements(page, 'section')[0] ?? '', 'div')).toEqual([
      '<dt>read-secrets</dt><dd>the passwords and tokens of everything that runs there</dd>',
      '<dt>pod-exec</dt><dd>everything that the pods can do, with their tokens and files</dd>',
    ]);
  });

  test('has no legend if nothing is sensitive', () => {
    const harmless = matrixHtml({ ...report, rows: [row()] });

    expect(harmless).toContain('<section id="legend" class="legend" hidden>');
    expect(harmless).not.toContain('href="#legend"');
  });

  test('embeds each name once and rows as numbers', () => {
    expect(dataOf(page)).toEqual({
      names: [
        ['eks-admins', 'eks-auditors'],
        ['eu-west', 'prod'],
        ['', 'team-a'],
        ['edit', 'view'],
        ['', 'read-secrets, pod-exec'],
      ],
      rows: [0, 1, 1, 0, 1, 1, 0, 0, 1, 0],
    });
  });

  test('sorts sensitive permissions by their number', () => {
    const sets = [SENSITIVE_PERMISSIONS, ['write-nodes', 'bind'], ['approve-certificates'], []] as const;

    const { names } = dataOf(matrixHtml({ ...report, rows: sets.map((sensitive) => row({ sensitive })) }));

    expect(names[4]).toEqual(['', 'approve-certificates', 'write-nodes, bind', SENSITIVE_PERMISSIONS.join(', ')]);
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
      '&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;2&#39;)&quot;&gt;&amp;\\u202e';

    expect(tableOf(hostilePage)).toEqual([[shown, shown, 'whole cluster', shown, '']]);
    expect(elements(hostilePage, 'code')).toEqual([shown]);
    expect(elements(hostilePage, 'title')).toEqual([`Who has which role where: ${shown}`]);
    expect(elements(hostilePage, 'script')[0]).not.toContain('<');
    expect(dataOf(hostilePage).names[0]).toEqual([HOSTILE.replace('\u202e', '\\u202e')]);
    expect(hostilePage).not.toContain('<img');
    expect(hostilePage).not.toContain('\u202e');
  });

  test('has a script that a browser can read', () => {
    expect(() => new Script(elements(page, 'script')[1] ?? '')).not.toThrow();
  });

  test('is a table that a screen reader can name and a keyboard can sort', () => {
    expect(page).toContain('<table role="table" aria-label="Who has which role where">');
    expect(elements(elements(page, 'thead')[0] ?? '', 'th')).toEqual(
      ['Group', 'Cluster', 'Namespace', 'Role', 'Sensitive permissions'].map(
        (column) => `<button type="button">${column}</button>`,
      ),
    );
    expect(page.match(/<th [^>]*aria-sort="ascending"/g)).toHaveLength(1);
    expect(page).toContain('<label for="search">');
    expect(page).toContain('<p id="count" role="status" aria-live="polite">2 rows</p>');
  });

  test('stays small for a large fleet: the first rows as HTML, all rows as data', () => {
    const fleet = matrixHtml({ ...report, rows: manyRows(100_000) });

    expect(tableOf(fleet)).toHaveLength(500);
    expect(dataOf(fleet).rows).toHaveLength(500_000);
    expect(fleet).toContain('aria-live="polite">100000 rows, the first 500 shown</p>');
    expect(fleet.length).toBeLessThan(2_500_000);
  });
});
