import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContext, type Page, chromium as playwright } from 'playwright-core';
import { chromium } from './world';

/** Folder for screenshots, to inspect a run. */
export const ARTIFACTS = join(__dirname, '../../artifacts');

/** The screens and colors in which a page has to look right: name, width in pixels, and whether it is dark. */
export const VIEWS: readonly (readonly [name: string, width: number, dark: boolean])[] = [
  ['wide and light', 1280, false],
  ['wide and dark', 1280, true],
  ['on a phone, light', 390, false],
  ['on a phone, dark', 390, true],
];

/** Starts the browser, and makes the folder for screenshots. */
export function startBrowser(): Promise<Browser> {
  mkdirSync(ARTIFACTS, { recursive: true });
  return playwright.launch({ executablePath: chromium() });
}

export interface View {
  /** @default '' */
  readonly hash?: string;
  /** Width in pixels. @default 1280 */
  readonly width?: number;
  /** @default false */
  readonly dark?: boolean;
  /** Whether scripts run. @default true */
  readonly script?: boolean;
}

/**
 * Opens a page from disk, and collects what the browser reports as wrong.
 * @param prepare changes the browser before the page is opened.
 */
export async function openFile(
  browser: Browser,
  file: string,
  { hash = '', width = 1280, dark = false, script = true }: View = {},
  prepare: (context: BrowserContext) => Promise<unknown> = async () => {},
): Promise<{ readonly page: Page; readonly errors: string[] }> {
  const context = await browser.newContext({
    ...{ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light', javaScriptEnabled: script },
  });
  await prepare(context);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => errors.push(message.text()));
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('dialog', (dialog) => errors.push(dialog.message()));
  await page.goto(`${pathToFileURL(file)}${hash}`);
  return { page, errors };
}

/** Whether nothing is wider than the screen. */
export function fits(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth <= window.innerWidth');
}
