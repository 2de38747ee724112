import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { parse } from 'yaml';
import tutorial from '../../access.config';
import production from '../../examples/production';
import type { LiveFacts } from '../../live/facts/live-facts';
import { type Access, readAccess } from '../../model';
import { portalHtml } from '../../report/portal-html';
import type { RealWorld } from '../../sandbox/real-world';
import { kubeconfigOf } from '../../sign-in/kubeconfig/kubeconfig';
import { signInOf } from '../../sign-in/portal/portal-data';
import { portalKubeconfig } from '../../sign-in/portal/portal-kubeconfig';
import { portalOf } from '../../sign-in/portal/portal-of';
import type { SignInData } from '../../sign-in/sign-in-data';
import { SYMPTOMS } from '../../sign-in/symptoms';
import { DAY } from '../day';
import { allFacts, NO_FACTS } from '../sign-in/portal/facts';
import { machine } from './machine';
import { ARTIFACTS, fits, openFile, startBrowser, VIEWS, type View } from './page-in-browser';
import { BUILD_TIMEOUT, realWorld, TIMEOUT } from './world';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const HOSTILE = '</script><img src=x onerror=alert(1)> \u202eערך';

const folder = mkdtempSync(join(tmpdir(), 'portal-page-'));
let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
}, TIMEOUT);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** A file with a thousand clusters in three environments, and 25 groups. */
function fleet(): Access {
  const regions = ['eu-west-1', 'eu-central-1', 'us-east-1', 'us-west-2'];
  const environments = ['dev', 'stage', 'prod'];
  const teams = [
    'ads',
    'billing',
    'cart',
    'data',
    'edge',
    'fraud',
    'growth',
    'home',
    'infra',
    'joins',
    'kiosk',
    'login',
  ];
  const clusters = Array.from({ length: 1000 }, (_, at) => {
    const environment = environments[at % 3] as string;
    const region = regions[at % 4] as string;
    return { key: `${environment}-${region}-${at + 1}`, environment, region };
  });
  const keysOf = (environment: string) =>
    clusters.filter((cluster) => cluster.environment === environment).map(({ key }) => key);
  return readAccess(
    {
      okta: { orgName: 'example' },
      groups: Object.fromEntries(
        ['admins', ...teams, ...teams.map((team) => `${team}-leads`)].map((name) => [`eks-${name}`, {}]),
      ),
      clusters: Object.fromEntries(
        clusters.map(({ key, environment, region }) => [key, { kind: 'eks', region, app: `EKS ${environment}` }]),
      ),
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        ...teams.flatMap((team, at) => [
          { group: `eks-${team}`, role: 'view', clusters: keysOf(environments[at % 3] as string) },
          {
            group: `eks-${team}-leads`,
            role: 'edit',
            clusters: keysOf('dev'),
            namespaces: [team],
            expires: '2026-07-01',
          },
        ]),
      ],
    },
    DAY,
  );
}

/** Two clusters, a group that two texts of it attack the page, and a group that has access to one cluster only. */
const HOSTILE_FILE = readAccess(
  {
    okta: { orgName: 'example' },
    groupsClaim: { expression: 'Groups.startsWith("OKTA", "", 100)' },
    groups: { 'eks-admins': {}, '</script><img src=x onerror=alert(1)>': { description: HOSTILE } },
    clusters: {
      one: { kind: 'existing-eks', region: 'eu-west-1' },
      two: { kind: 'existing-eks', region: 'eu-west-1' },
    },
    roles: { reader: { description: HOSTILE, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] } },
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: '</script><img src=x onerror=alert(1)>', role: 'reader', clusters: ['two'] },
    ],
  },
  DAY,
);

interface PortalView extends View {
  readonly facts?: LiveFacts;
  /** Whether the browser refuses to remember anything. */
  readonly forgets?: boolean;
}

/** Opens the portal of a file from disk, and collects what the browser reports as wrong. */
async function open(access: Access, { facts, forgets, ...view }: PortalView = {}) {
  const portal = portalOf(access, facts ?? allFacts(access));
  const signIn = signInOf(portal);
  const file = join(folder, 'portal.html');
  writeFileSync(file, portalHtml(portal, portalKubeconfig(signIn)));
  const opened = await openFile(browser, file, view, async (context) => {
    if (!forgets) return;
    await context.addInitScript(
      `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })`,
    );
  });
  return { ...opened, signIn: signIn as SignInData };
}

/** Names of the clusters that the page lists. */
function clustersOf(page: Page): Promise<readonly string[]> {
  return page.locator('#list .title bdi').allInnerTexts();
}

/** What a click saves, and its name. */
async function saved(page: Page, button: string): Promise<{ readonly name: string; readonly file: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  const file = join(folder, download.suggestedFilename());
  await download.saveAs(file);
  return { name: download.suggestedFilename(), file };
}

function contextsIn(file: string): readonly string[] {
  return parse(readFileSync(file, 'utf8')).contexts.map(({ name }: { name: string }) => name);
}

describe('the portal in a browser', () => {
  test(
    'lists every cluster with what each group may do there in plain words',
    async () => {
      const { page, errors } = await open(production);

      expect(await clustersOf(page)).toEqual(['production', 'tools']);
      await page.getByRole('button', { name: /^tools/ }).click();
      const grants = await page.locator('#list .grant').allInnerTexts();
      expect(grants.map((text) => text.split('\n')[0])).toEqual([
        'eks-admins has cluster-admin on the whole cluster',
        'eks-platform has platform-engineer on the whole cluster',
        'eks-security has auditor on the whole cluster',
        'eks-security has view on the whole cluster',
      ]);
      expect(grants[2]?.replaceAll(/\n+/g, '\n')).toBe(
        [
          'eks-security has auditor on the whole cluster',
          'Who may do what, and what happened',
          'See Roles, RoleBindings, Events, Namespaces, ClusterRoleBindings, ClusterRoles',
          'Get /logs/*, /metrics',
        ].join('\n'),
      );
      expect(errors).toEqual([]);
      await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'shows the clusters of the chosen groups, and remembers them',
    async () => {
      const { page } = await open(production);
      await page.getByRole('checkbox', { name: 'eks-leads', exact: true }).check();

      expect(await clustersOf(page)).toEqual(['production']);
      expect(await page.locator('#list .roles').innerText()).toBe('namespace-admin in 2 namespaces');
      await page.reload();
      expect(await page.getByRole('checkbox', { name: 'eks-leads' }).isChecked()).toBe(true);
      expect(await clustersOf(page)).toEqual(['production']);
      await page.getByRole('button', { name: 'Choose none' }).click();
      expect(await clustersOf(page)).toEqual(['production', 'tools']);
      await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'works where the browser remembers nothing',
    async () => {
      const { page, errors } = await open(production, { forgets: true });
      await page.getByRole('checkbox', { name: 'eks-leads', exact: true }).check();

      expect(await clustersOf(page)).toEqual(['production']);
      expect(errors).toEqual([]);
      await page.context().close();
    },
    TIMEOUT,
  );

  test.each([
    ['#cluster=tools', ['production', 'tools'], 'tools'],
    ['#group=eks-leads', ['production'], undefined],
    ['#group=eks-leads&cluster=production', ['production'], 'production'],
    // The cluster of a link is shown in any case.
    ['#group=eks-leads&cluster=tools', ['production', 'tools'], 'tools'],
    ['#search=TOO', ['tools'], undefined],
    ['#cluster=nonsense&group=nonsense', ['production', 'tools'], undefined],
    ['#help', ['production', 'tools'], undefined],
  ])(
    'follows the address %s',
    async (hash, clusters, unfolded) => {
      const { page, errors } = await open(production, { hash });

      expect(await clustersOf(page)).toEqual(clusters);
      expect(
        await page
          .locator('.head[aria-expanded="true"] bdi')
          .first()
          .innerText({ timeout: 1000 })
          .catch(() => undefined),
      ).toBe(unfolded);
      expect(errors).toEqual([]);
      await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'finds clusters by name, region, group, role, and namespace',
    async () => {
      const { page } = await open(production);
      const search = page.getByLabel('Find a cluster');
      const found = async (words: string) => {
        await search.fill(words);
        return clustersOf(page);
      };

      expect(await found('EU-WEST')).toEqual(['tools']);
      expect(await found('payments')).toEqual(['production']);
      expect(await found('config-editor eks-dev')).toEqual(['production']);
      expect(await found('nothing like it')).toEqual([]);
      expect(await page.locator('#empty').innerText()).toBe('No cluster matches “nothing like it”.');
      await page.getByRole('button', { name: 'Clear the search' }).click();
      expect(await clustersOf(page)).toEqual(['production', 'tools']);
      await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'saves the kubeconfig that the command makes: for everything, for the chosen groups, and for a cluster',
    async () => {
      const { page, signIn } = await open(production, { hash: '#cluster=tools' });

      const everything = await saved(page, 'Download (2 clusters)');
      const cluster = await saved(page, 'Download for this cluster');
      await page.getByRole('checkbox', { name: 'eks-leads', exact: true }).check();
      const group = await saved(page, 'Download (1 cluster)');

      expect(parse(readFileSync(everything.file, 'utf8'))).toEqual(kubeconfigOf(signIn));
      expect([everything.name, cluster.name, group.name]).toEqual([
        'kubeconfig-example.okta.com.yaml',
        'kubeconfig-tools.yaml',
        'kubeconfig-eks-leads.yaml',
      ]);
      expect([contextsIn(cluster.file), contextsIn(group.file)]).toEqual([['tools'], ['production']]);
      await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'shows the commands of the chosen operating system',
    async () => {
      const { page } = await open(production);
      const commands = () => page.locator('#sign-in .command:visible code').allInnerTexts();

      await page.getByRole('radio', { name: 'Windows' }).check();
      expect(await commands()).toEqual([
        'choco install kubelogin',
        'kubectl krew install oidc-login',
        '$env:KUBECONFIG = "$HOME\\Downloads\\kubeconfig-example.okta.com.yaml"',
        'kubectl --context production auth whoami',
      ]);
      await page.getByRole('radio', { name: 'macOS' }).check();
      expect((await commands())[0]).toBe('brew install kubelogin');
      await page.reload();
      expect(await page.getByRole('radio', { name: 'macOS' }).isChecked()).toBe(true);
      await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'says that nobody can sign in yet, and what is not known',
    async () => {
      const { page, errors } = await open(tutorial, { facts: NO_FACTS, hash: '#cluster=eks-cluster' });

      expect(await page.getByRole('button', { name: /^Download/ }).count()).toBe(0);
      expect(await page.locator('#list .note').innerText()).toBe(
        'Nobody can sign in here yet: the issuer, the client ID of its app and its endpoint or its certificate authority were not known when this page was made.',
      );
      expect(errors).toEqual([]);
      await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'shows hostile names as text',
    async () => {
      const { page, errors } = await open(HOSTILE_FILE, { hash: '#cluster=two' });

      const text = await page.locator('#list').innerText();
      expect(text).toContain('</script><img src=x onerror=alert(1)> has reader on the whole cluster');
      // What turns the direction of text is visible.
      expect(text).toContain('</script><img src=x onerror=alert(1)> \\u202eערך');
      expect(await page.locator('img').count()).toBe(0);
      expect(errors).toEqual([]);
      await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'works by keyboard only',
    async () => {
      const { page } = await open(production);
      const focused = () =>
        page.evaluate<string>('document.activeElement.closest("label")?.innerText ?? document.activeElement.innerText');
      const tabTo = async (text: RegExp) => {
        for (let presses = 0; presses < 40; presses++) {
          await page.keyboard.press('Tab');
          if (text.test(await focused())) return;
        }
        throw new Error(`no Tab leads to ${text}`);
      };

      await tabTo(/eks-leads/);
      await page.keyboard.press('Space');
      expect(await clustersOf(page)).toEqual(['production']);
      // The focus stays, although the list is made again.
      expect(await focused()).toContain('eks-leads');
      await tabTo(/Linux/);
      await page.keyboard.press('ArrowRight');
      expect(await page.locator('.of-system:visible').innerText()).toContain('choco install kubelogin');
      await tabTo(/^production/);
      await page.keyboard.press('Enter');
      expect(await page.locator('.grant h4').innerText()).toBe('eks-leads has namespace-admin in payments, shop');
      await tabTo(/Download for this cluster/);
      const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
      expect(download.suggestedFilename()).toBe('kubeconfig-production.yaml');
      await tabTo(/access_denied User is not assigned/);
      await page.keyboard.press('Enter');
      expect(await page.locator('#not-assigned dd').first().innerText()).toMatch(/^You are in no group/);
      await page.context().close();
    },
    TIMEOUT,
  );

  test.each(VIEWS)(
    'fits the screen, and axe finds nothing: %s',
    async (name, width, dark) => {
      const hash = '#group=eks-developers&group=eks-platform&cluster=production';
      const { page, errors } = await open(production, { width, dark, hash });
      const folds = await page.locator('.hint summary, .symptom:first-of-type summary, .allows .plain').all();
      // The last one first, because a click takes a button away.
      for (const fold of folds.reverse()) await fold.click();

      await page.screenshot({ path: join(ARTIFACTS, `portal ${name}.png`), fullPage: true });
      await page.evaluate(AXE);
      const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
        'axe.run()',
      );
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(await fits(page)).toBe(true);
      expect(errors).toEqual([]);
      await page.context().close();
    },
    TIMEOUT,
  );

  test.each(VIEWS)(
    'stays usable with a thousand clusters: %s',
    async (name, width, dark) => {
      const { page, errors } = await open(fleet(), { width, dark });
      const count = () => page.locator('#count').innerText();

      expect(await count()).toBe('1000 clusters, the first 100 shown');
      await page.getByRole('button', { name: 'Show 100 more clusters' }).click();
      expect((await clustersOf(page)).length).toBe(200);
      await page.getByLabel('Find a group').fill('fraud-l');
      await page.getByRole('checkbox', { name: 'eks-fraud-leads', exact: true }).check();
      expect(await count()).toBe('334 of 1000 clusters, the first 100 shown');
      await page.getByLabel('Find a cluster').fill('us-west-2-1000');
      expect(await clustersOf(page)).toEqual(['dev-us-west-2-1000']);
      await page.evaluate('window.scrollTo(0, 0)');
      await page.screenshot({ path: join(ARTIFACTS, `portal fleet ${name}.png`) });
      expect(await fits(page)).toBe(true);
      expect(errors).toEqual([]);
      await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'shows everything on paper, and folds it again',
    async () => {
      const { page } = await open(production, { hash: '#search=production' });

      await page.emulateMedia({ media: 'print' });
      await page.waitForSelector('.grant');
      const paper = await page.locator('body').innerText();
      for (const text of [
        'brew install kubelogin',
        'choco install kubelogin',
        'HorizontalPodAutoscalers',
        'pods/status',
      ]) {
        expect(paper).toContain(text);
      }
      for (const { mend } of SYMPTOMS) expect(paper).toContain(mend.split('`')[0]?.trim());
      expect(paper).not.toContain('Copy');
      await page.screenshot({ path: join(ARTIFACTS, 'portal printed.png'), fullPage: true });
      expect((await page.pdf()).length).toBeGreaterThan(0);
      await page.emulateMedia({ media: 'screen' });
      await page.waitForFunction('document.querySelector(".grant") === null');
      await page.context().close();
    },
    TIMEOUT,
  );
});

describe('from the download to kubectl', () => {
  const FILE = {
    okta: { orgName: 'example' },
    groups: { 'eks-admins': {}, 'eks-viewers': {} },
    clusters: {
      prod: { kind: 'existing-eks', region: 'eu-west-1' },
      stage: { kind: 'existing-eks', region: 'eu-west-1' },
    },
    namespaces: { 'team-a': { create: true } },
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: 'eks-viewers', role: 'view', clusters: ['prod'], namespaces: ['team-a'] },
    ],
  };
  const access = readAccess(FILE, DAY);
  const VIEWER = 'eks-viewers@demo.example';
  let world: RealWorld;

  beforeAll(async () => {
    world = await realWorld(access);
  }, BUILD_TIMEOUT);
  afterAll(() => world?.close());

  const pods = (kubeconfig: string, namespace: string) => [
    ...['--kubeconfig', kubeconfig, '--context', 'prod', 'get', 'pods', '--namespace', namespace],
  ];

  test(
    'a person who has installed kubelogin signs in with the file of the page, and may do what it says',
    async () => {
      const portal = portalOf(access, world.facts);
      const url = await world.serve(portalHtml(portal, portalKubeconfig(signInOf(portal))));
      const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
      await page.goto(`${url}#group=eks-viewers&cluster=prod`);

      const { file } = await saved(page, 'Download (1 cluster)');
      const commands = await page.locator('#sign-in .command:visible code').allInnerTexts();
      const [, ...signIn] = commands.at(-1)?.split(' ') ?? [];

      expect(contextsIn(file)).toEqual(['prod']);
      expect(commands).toContain(`eks-access kubeconfig --portal ${url} --group eks-viewers --merge ~/.kube/config`);
      const { run } = await machine(world, 'viewer', VIEWER);
      expect(await run('kubectl', ['--kubeconfig', file, ...signIn])).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/okta:eks-viewers@demo\.example[\s\S]*okta:eks-viewers/),
      });
      // Exactly what the page says: the namespace of the group, and nothing else.
      expect(await page.locator('.grant h4').innerText()).toBe('eks-viewers has view in team-a');
      expect(await run('kubectl', pods(file, 'team-a'))).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/^No resources found/),
      });
      expect(await page.locator('.allows').innerText()).toContain('Get the namespace itself');
      const namespaces = (...names: readonly string[]) => run('kubectl', ['--kubeconfig', file, 'get', 'ns', ...names]);
      expect((await namespaces('team-a')).code).toBe(0);
      expect((await namespaces()).stderr).toContain('(Forbidden)');
      expect(await run('kubectl', pods(file, 'default'))).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('(Forbidden)'),
      });
      await page.context().close();
    },
    TIMEOUT,
  );

  test(
    'eks-access sandbox serves the portal, whose file signs in as it is',
    async () => {
      const accessFile = join(folder, 'access.json');
      writeFileSync(accessFile, JSON.stringify(FILE));
      const sandbox = spawn(
        process.execPath,
        ['eks-access.cjs', 'sandbox', '--file', accessFile, '--cluster', 'prod'],
        {
          cwd: join(__dirname, '../..'),
          env: { ...process.env, CDKTF_OUTDIR: join(folder, 'cdktf.out') },
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      const ended = new Promise((resolve) => sandbox.once('close', resolve));
      try {
        let said = '';
        for await (const text of sandbox.stdout.setEncoding('utf8')) {
          said += text;
          if (/Ctrl-C ends the sandbox/.test(said)) break;
        }
        const [, url = ''] = /(https:\S+) +# the portal/.exec(said) ?? [];
        const [, password = ''] = /password: (\S+)/.exec(said) ?? [];
        const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
        await page.goto(`${url}#cluster=prod`);
        const { file } = await saved(page, 'Download for this cluster');

        const { home, run } = await machine(world, 'visitor', VIEWER);
        const opener = join(home, 'bin', 'xdg-open');
        writeFileSync(opener, readFileSync(opener, 'utf8').replaceAll(world.password, password));
        expect(await run('kubectl', pods(file, 'team-a'))).toMatchObject({
          code: 0,
          stderr: expect.stringMatching(/^No resources found/),
        });
        await page.context().close();
      } finally {
        sandbox.kill('SIGINT');
        await ended;
      }
    },
    TIMEOUT,
  );
});
