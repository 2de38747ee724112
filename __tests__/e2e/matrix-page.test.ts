import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { MatrixRow } from '../../model/review/matrix';
import { SENSITIVE_PERMISSIONS } from '../../rbac/sensitive-permissions';
import { matrixHtml } from '../../report/matrix-html';
import { groupRow, iamRow, manyRows } from '../report/matrix-rows';
import { ARTIFACTS, fits, openFile, startBrowser, VIEWS, type View } from './page-in-browser';
import { TIMEOUT } from './world';

const HOSTILE = '</script><img src=x onerror=alert(1)> ערך';

const certain = (to: string) => ({ becomes: [{ to, certain: true }] });
const ROWS: readonly MatrixRow[] = [
  groupRow({
    name: HOSTILE,
    cluster: HOSTILE,
    namespace: HOSTILE,
    role: HOSTILE,
    ...certain('node'),
    via: 'grants[2]',
  }),
  groupRow({ people: ['ana@example.com', 'ben@example.com'], role: 'cluster-admin', ...certain('cluster-admin') }),
  groupRow({ cluster: 'dev', people: ['ana@example.com', 'ben@example.com'], role: 'view' }),
  groupRow({ name: 'eks-leads', namespace: 'pay', role: 'edit', sensitive: ['read-secrets'], until: '2030-02-10' }),
  groupRow({ name: 'eks-leads', namespace: 'shop', role: 'edit', until: '2030-12-31' }),
  iamRow({
    sensitive: SENSITIVE_PERMISSIONS,
    becomes: ['cluster-admin', 'node', 'a', 'b', 'c'].map((to, index) => ({ to, certain: index < 4 })),
  }),
].map((row, index) => ({ ...row, via: `grants[${index}]` }));

const folder = mkdtempSync(join(tmpdir(), 'matrix-page-'));
let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
}, TIMEOUT);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Opens the page of rows as a file, and collects what the browser reports as wrong. */
function open(rows: readonly MatrixRow[], view?: View): ReturnType<typeof openFile> {
  const file = join(folder, 'matrix.html');
  writeFileSync(file, matrixHtml({ file: 'access.config.ts', day: '2030-01-31', rows }));
  return openFile(browser, file, view);
}

/** What the rows of the list say, without line breaks. */
async function listOf(page: Page): Promise<readonly string[]> {
  const rows = await page.locator('#list tbody tr').allInnerTexts();
  return rows.map((row) => row.split(/\s+/).join(' ').trim());
}

/** The overview as text: the heads, then each line with the letters of its cells. */
async function gridOf(page: Page): Promise<readonly (readonly string[])[]> {
  return page.evaluate(
    `[...document.getElementById('grid').rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()))`,
  );
}

describe('the matrix page in a browser', () => {
  test(
    'shows the worst that each group can become, with namespaces unfolded for few clusters',
    async () => {
      const { page, errors } = await open(ROWS);

      expect(await gridOf(page)).toEqual([
        ['Cluster', HOSTILE, 'eks-admins', 'eks-leads', 'Administrators by IAM'],
        [HOSTILE, 'N', '', '', ''],
        [HOSTILE, 'N', '', '', ''],
        ['dev', '', '·', '', ''],
        ['whole cluster', '', '·', '', ''],
        ['prod', '', 'C', 'S', 'C'],
        ['whole cluster', '', 'C', '', 'C'],
        ['pay', '', '', 'S', ''],
        ['shop', '', '', '·', ''],
      ]);
      expect(errors).toEqual([]);
      await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'writes each row as the page had it before the script ran',
    async () => {
      const { page: before } = await open(ROWS, { script: false });
      const rows = await before.locator('#list tbody').innerHTML();
      const { page: after } = await open(ROWS);

      expect(await after.locator('#list tbody').innerHTML()).toBe(rows.replaceAll('\n', ''));
      for (const page of [before, after]) await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'lists the rows of a cell, and keeps the cell in the address',
    async () => {
      const { page } = await open(ROWS);

      await page.getByRole('button', { name: 'eks-leads on prod, pay: a sensitive permission' }).click();

      expect(await listOf(page)).toEqual([expect.stringContaining('eks-leads')]);
      expect(await page.getByRole('status').innerText()).toBe('1 of 6 rows found');
      const { page: again } = await open(ROWS, { hash: new URL(page.url()).hash });
      expect(await listOf(again)).toEqual(await listOf(page));
      await again.getByRole('button', { name: 'Show all cells' }).click();
      expect(await listOf(again)).toHaveLength(6);
      for (const one of [page, again]) await one.context().close();
    },
    TIMEOUT,
  );

  test(
    'filters by person, and names the groups whose people the file does not list',
    async () => {
      const { page } = await open(ROWS);

      await page.getByLabel('Person', { exact: true }).fill('BEN@');

      expect(await listOf(page)).toEqual([
        expect.stringMatching(/^eks-admins .* prod/),
        expect.stringMatching(/^eks-admins .* dev/),
      ]);
      expect(await page.locator('#unlisted').innerText()).toBe(
        `The file does not list who belongs to: ${HOSTILE}, eks-leads, Administrators by IAM. Their rows are not shown, but the person may have them, too.`,
      );
      await page.context().close();
    },
    TIMEOUT,
  );

  test.each([
    ['becomes:node', [HOSTILE, 'arn:aws:iam::111122223333:role/on-call']],
    ['becomes:c?', ['arn:aws:iam::111122223333:role/on-call']],
    ['becomes:cluster-admin', ['eks-admins', 'arn:aws:iam::111122223333:role/on-call']],
    ['sensitive:read-secrets', ['eks-leads', 'arn:aws:iam::111122223333:role/on-call']],
    ['role:edit', ['eks-leads', 'eks-leads']],
  ])(
    'filters by the permission %s',
    async (permission, names) => {
      const { page } = await open(ROWS);

      await page.locator('#permission').selectOption(permission);

      expect(await page.locator('#list tbody td:first-child bdi').allInnerTexts()).toEqual(names);
      expect(new URL(page.url()).hash).toBe(`#permission=${encodeURIComponent(permission)}`);
      await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'filters by what ends within 30 days',
    async () => {
      const { page } = await open(ROWS, { hash: '#ends=30' });

      expect(await page.getByLabel('Ends within 30 days').isChecked()).toBe(true);
      expect(await page.locator('#list time').allInnerTexts()).toEqual(['2030-02-10', '2030-02-15']);
      await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'says that nothing matches, and clears the filters',
    async () => {
      const { page } = await open(ROWS, { hash: '#search=zzz&ends=30' });

      expect(await page.locator('#empty').innerText()).toBe(
        'Nothing matches “zzz” and an end by 2030-03-02. Correct it, or clear the filters.',
      );
      expect(await page.locator('#overview').isVisible()).toBe(false);
      expect(await page.getByRole('status').innerText()).toBe('0 of 6 rows found');
      await page.getByRole('button', { name: 'Clear filters' }).click();
      expect(await listOf(page)).toHaveLength(6);
      expect(new URL(page.url()).hash).toBe('');
      await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'works by keyboard: arrows move between cells, Enter selects, and unfolds a cluster',
    async () => {
      const { page } = await open(ROWS);
      const focused = () => page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.textContent');

      await page.locator('#grid [tabindex="0"]').focus();
      expect(await focused()).toBe(HOSTILE);
      await page.keyboard.press('ArrowRight');
      expect(await focused()).toBe(`${HOSTILE} on ${HOSTILE}: a node`);
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      expect(await focused()).toBe('prod');
      await page.keyboard.press('Enter');
      expect((await gridOf(page)).flat()).not.toContain('shop');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      expect(await listOf(page)).toEqual([expect.stringMatching(/^eks-admins .* prod/)]);
      await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'sorts by a column, in both directions, and keeps it in the address',
    async () => {
      const { page } = await open(ROWS);
      const names = () => page.locator('#list tbody td:first-child bdi').allInnerTexts();

      await page.getByRole('button', { name: 'Can become' }).click();
      await page.getByRole('button', { name: 'Can become' }).click();

      expect((await names()).slice(0, 3)).toEqual([
        ...['eks-admins', 'arn:aws:iam::111122223333:role/on-call', HOSTILE],
      ]);
      const { page: again } = await open(ROWS, { hash: new URL(page.url()).hash });
      expect(await again.locator('#list tbody td:first-child bdi').allInnerTexts()).toEqual(await names());
      for (const one of [page, again]) await one.context().close();
    },
    TIMEOUT,
  );

  test.each(VIEWS)(
    'fits the screen with a thousand clusters, and shows more of them: %s',
    async (name, width, dark) => {
      const { page, errors } = await open(manyRows(100_000), { width, dark });
      const lines = () => page.locator('#grid tbody tr').count();

      const first = await lines();
      await page.getByRole('button', { name: /^Show more clusters/ }).click();

      await page.screenshot({ path: join(ARTIFACTS, `matrix-page ${name}.png`) });
      expect(await lines()).toBeGreaterThan(first);
      expect(await fits(page)).toBe(true);
      expect(errors).toEqual([]);
      await page.context().close();
    },
    TIMEOUT,
  );
});
