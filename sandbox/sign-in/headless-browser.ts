import { chromium, type Page } from 'playwright-core';

/** A browser on a busy machine takes its time. */
const TIMEOUT_MILLISECONDS = 120_000;

/**
 * Signs a headless user in: kubelogin runs this program, with the URL, instead of a browser. Login and password are environment
 * variables, because all users of the machine can read the arguments of a program.
 */
async function main(): Promise<void> {
  const [url = ''] = process.argv.slice(2);
  const { SANDBOX_LOGIN: login = '', SANDBOX_PASSWORD: password = '', SANDBOX_CHROMIUM: executablePath } = process.env;
  const browser = await chromium.launch({ executablePath, timeout: TIMEOUT_MILLISECONDS });
  try {
    // kubelogin trusts the certificate authority of the run; the browser does not.
    const page = await browser.newPage({ ignoreHTTPSErrors: true });
    page.setDefaultTimeout(TIMEOUT_MILLISECONDS);
    await page.goto(url);
    if (isBack(page, url)) return;
    // Okta shows some errors on a page instead of redirecting, such as an unknown redirect URI.
    if ((await page.locator('input[type=password]').count()) === 0) throw await pageError(page);
    await page.getByLabel('Username').fill(login);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForLoadState();
    if (!isBack(page, url)) throw await pageError(page);
  } finally {
    await browser.close();
  }
}

/** Whether the browser is back at kubelogin, which reports success or failure. */
function isBack(page: Page, start: string): boolean {
  return new URL(page.url()).origin === new URL(start).origin;
}

async function pageError(page: Page): Promise<Error> {
  const alerts = await page.getByRole('alert').allInnerTexts();
  const text = alerts.length > 0 ? alerts.join(' ') : await page.locator('body').innerText();
  return new Error(`The sign-in page says: ${text}`);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  // Otherwise kubelogin waits for the browser until its timeout.
  process.kill(process.ppid, 'SIGTERM');
  process.exitCode = 1;
});
