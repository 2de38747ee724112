import { chromium, type Page } from 'playwright-core';

/**
 * Signs a person in where a browser would be opened: kubelogin calls this with the URL. The person is in the environment, because
 * everybody on the machine can read the arguments of a program.
 */
async function main(): Promise<void> {
  const [url = ''] = process.argv.slice(2);
  const { SANDBOX_LOGIN: login = '', SANDBOX_PASSWORD: password = '', SANDBOX_CHROMIUM: executablePath } = process.env;
  const browser = await chromium.launch({ executablePath });
  try {
    // The certificate authority of the run is known to kubelogin, not to the browser.
    const page = await browser.newPage({ ignoreHTTPSErrors: true });
    await page.goto(url);
    if (isBack(page, url)) return;
    // An error that is told on a page, not to the app: such as a redirect URI that Okta does not know.
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

/** Whether the browser is at kubelogin again, which knows whether it went well. */
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
  // kubelogin would go on waiting for somebody to open the URL.
  process.kill(process.ppid, 'SIGTERM');
  process.exitCode = 1;
});
