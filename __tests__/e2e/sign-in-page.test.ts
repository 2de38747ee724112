import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { RealWorld } from '../../sandbox/real-world';
import startingFile from '../starting-file';
import { ARTIFACTS, fits, startBrowser } from './page-in-browser';
import { BUILD_TIMEOUT, realWorld, TIMEOUT } from './world';

const PERSON = 'eks-admins@demo.example';

let world: RealWorld;
let browser: Browser;

beforeAll(async () => {
  world = await realWorld(startingFile);
  browser = await startBrowser();
}, BUILD_TIMEOUT);

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const VIEWS = [
  ['wide and light', { width: 1280, height: 800 }, 'light'],
  ['wide and dark', { width: 1280, height: 800 }, 'dark'],
  ['on a phone, light', { width: 360, height: 740 }, 'light'],
  ['on a phone, dark', { width: 360, height: 740 }, 'dark'],
] as const;

async function open(width: number, height: number, colorScheme: 'light' | 'dark'): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width, height }, colorScheme });
  const page = await context.newPage();
  const { issuerUrl, clientId } = world.clusters[0]?.authentication ?? { issuerUrl: '', clientId: '' };
  const query = new URLSearchParams({
    ...{ client_id: clientId, response_type: 'code', scope: 'openid email', state: 's', nonce: 'n' },
    ...{ redirect_uri: 'http://localhost:8000', code_challenge_method: 'S256' },
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  });
  await page.goto(`${issuerUrl}/v1/authorize?${query}`);
  return page;
}

describe('the sign-in page in a browser', () => {
  test.each(VIEWS)(
    'fits the screen and shows errors: %s',
    async (name, { width, height }, colorScheme) => {
      const page = await open(width, height, colorScheme);
      const errors: string[] = [];
      // A browser also logs the 401 after a wrong password.
      page.on('console', (message) => {
        if (!message.text().includes('401')) errors.push(message.text());
      });

      // By keyboard only: the first field has the focus.
      await page.keyboard.type(PERSON);
      await page.keyboard.press('Tab');
      await page.keyboard.type('wrong');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();

      await page.screenshot({ path: join(ARTIFACTS, `sign-in-page ${name}.png`), fullPage: true });
      expect(await page.getByRole('alert').innerText()).toContain('Unable to sign in');
      expect(await page.locator('body').innerText()).toMatch(/stand-in/i);
      expect(await fits(page)).toBe(true);
      expect(errors).toEqual([]);
      await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'redirects to the app with a code',
    async () => {
      const page = await open(1280, 800, 'light');
      const back = page.waitForRequest(/^http:\/\/localhost:8000\/\?/);

      await page.getByLabel('Username').fill(PERSON);
      await page.getByLabel('Password').fill(world.password);
      await page.getByRole('button', { name: 'Sign in' }).click();

      const { searchParams } = new URL((await back).url());
      expect(searchParams.get('code')).toMatch(/.{20}/);
      expect(searchParams.get('state')).toBe('s');
      await page.context().close();
    },
    TIMEOUT,
  );
});
