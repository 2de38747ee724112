import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import production from '../../examples/production';
import { portalHtml } from '../../report/portal-html';
import { type PortalData, signInOf } from '../../sign-in/portal/portal-data';
import { portalKubeconfig } from '../../sign-in/portal/portal-kubeconfig';
import { portalOf } from '../../sign-in/portal/portal-of';
import { SYMPTOMS } from '../../sign-in/symptoms';
import { accessWith } from '../access-files';
import { allFacts } from '../sign-in/portal/facts';

const HOSTILE = `</script><img src=x onerror="alert('1')">&%data%\u202e`;
const portal = portalOf(production, allFacts(production));
const page = portalHtml(portal, portalKubeconfig(signInOf(portal)));

/** The texts of the elements with this tag, as they are written. */
function elements(html: string, tag: string): readonly string[] {
  return [...html.matchAll(new RegExp(`<${tag}(?: [^>]*)?>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, text = '']) => text);
}

function dataOf(html: string, id: string): unknown {
  const [, json = ''] = new RegExp(`<script id="${id}" type="application/json">(.*)</script>`).exec(html) ?? [];
  return JSON.parse(json);
}

/** What a page says of how long access lasts. */
function duration(lifetimes: PortalData['lifetimes']): string {
  const html = portalHtml({ ...portal, lifetimes }, undefined);
  return /id="duration-title">.*?<\/h2>\n<p>(.*?)<\/p>/.exec(html)?.[1] ?? '';
}

describe('portalHtml', () => {
  test('embeds the data of the portal, and what its kubeconfigs are made of', () => {
    expect(dataOf(page, 'portal-data')).toEqual(portal);
    expect(dataOf(page, 'portal-kubeconfig')).toEqual(portalKubeconfig(signInOf(portal)));
  });

  test('allows only its own style and script, and loads nothing', () => {
    const [policy = ''] = /(?<=http-equiv="Content-Security-Policy" content=")[^"]*/.exec(page) ?? [];
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const [style = ''] = elements(page, 'style');
    const script = elements(page, 'script').at(-1) ?? '';

    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`,
    );
    expect(() => new Script(script)).not.toThrow();
    expect(page).not.toMatch(/ (?:src|style|on\w+)=|<link|@import|url\(/);
  });

  test('writes hostile texts as text', () => {
    const access = accessWith({
      groupsClaim: { expression: 'Groups.startsWith("OKTA", "", 100)' },
      groups: { 'eks-admins': {}, '</script><img onerror=1>': { description: HOSTILE } },
      roles: { reader: { description: HOSTILE, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] } },
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        { group: '</script><img onerror=1>', role: 'reader', clusters: '*', expires: '2026-06-20' },
      ],
    });
    const data = portalOf(access, allFacts(access));
    const html = portalHtml(data, portalKubeconfig(signInOf(data)));

    expect(html).not.toContain('<img');
    expect(html.match(/<\/script>/g)).toHaveLength(3);
    expect(dataOf(html, 'portal-data')).toEqual(data);
    expect(html).toContain('grant of reader to &lt;/script&gt;&lt;img onerror=1&gt;');
  });

  test('says what goes wrong, with its cause and how to mend it', () => {
    expect(elements(page, 'summary')).toHaveLength(1 + SYMPTOMS.length);
    expect(page).toContain(
      '<summary><code>exec: executable kubectl-oidc_login not found</code> <span class="tag">kubectl</span></summary>',
    );
    expect(page).toContain('<dd><code>kubectl plugin list</code> does not list <code>kubectl-oidc_login</code>.</dd>');
  });

  test.each([
    [null, 'You sign in again every hour. kubectl opens the browser when it is time.'],
    [
      { lifetimeMinutes: 720, idleMinutes: 720 },
      'You sign in again after 12 hours at the latest. Until then, kubectl renews your access without the browser.',
    ],
    [
      { lifetimeMinutes: 7 * 24 * 60, idleMinutes: 90 },
      'You sign in again if you have not used kubectl for 90 minutes, and after 7 days at the latest. Until then, kubectl renews your access without the browser.',
    ],
  ])('says how long a person stays signed in with %j', (refresh, words) => {
    expect(duration({ idTokenMinutes: 60, refresh })).toBe(words);
  });

  test('says what ends soon', () => {
    const endsSoon = [{ what: 'grant of view to eks-ops', expires: '2026-07-01' }];

    expect(page).toContain('<p>Nothing ends within 30 days.</p>');
    expect(portalHtml({ ...portal, endsSoon }, undefined)).toContain(
      '<li><time datetime="2026-07-01">2026-07-01</time> <span>grant of view to eks-ops</span></li>',
    );
  });

  test('says that nobody can sign in yet', () => {
    expect(page).not.toContain('Nobody can sign in yet');
    expect(portalHtml(portal, undefined)).toContain('Nobody can sign in yet');
  });
});
