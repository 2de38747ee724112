import { escaped } from '../constraints/finding';
import { WORST_CASE_REVOCATION } from '../model/derived/revocation';
import type { PortalData } from '../sign-in/portal/portal-data';
import type { PortalKubeconfig } from '../sign-in/portal/portal-kubeconfig';
import { SYMPTOMS, type Symptom } from '../sign-in/symptoms';
import { dataElement, filledPage } from './filled-page';
import { type Html, html } from './html';

/** How to install kubelogin: commands by operating system, the first one as the page shows it before a choice. */
const INSTALL = [
  {
    system: 'macos',
    name: 'macOS',
    ways: [
      ['with Homebrew', 'brew install kubelogin'],
      ['or with Krew', 'kubectl krew install oidc-login'],
    ],
  },
  {
    system: 'linux',
    name: 'Linux',
    ways: [
      ['with Krew', 'kubectl krew install oidc-login'],
      ['or with Homebrew', 'brew install kubelogin'],
    ],
  },
  {
    system: 'windows',
    name: 'Windows',
    ways: [
      ['with Chocolatey', 'choco install kubelogin'],
      ['or with Krew', 'kubectl krew install oidc-login'],
    ],
  },
] as const;

/**
 * A portal as a page for any web server, or to be opened from disk. Its data is that of `eks-access portal --json`.
 * @param kubeconfig what its kubeconfigs are made of; undefined if nobody can sign in yet.
 */
export function portalHtml(portal: PortalData, kubeconfig: PortalKubeconfig | undefined): string {
  return filledPage('portal-page', {
    organization: html`${escaped(portal.organization)}`,
    day: html`${portal.day}`,
    unknown: kubeconfig === undefined ? NOT_YET : html``,
    install: html`${INSTALL.map(install)}`,
    duration: duration(portal.lifetimes),
    ends: ends(portal.endsSoon),
    symptoms: html`${SYMPTOMS.map(symptom)}`,
    data: dataElement('portal-data', portal),
    kubeconfig: dataElement('portal-kubeconfig', kubeconfig ?? null),
  });
}

const NOT_YET = html`<p class="note">Nobody can sign in yet: the issuer, or the client ID, endpoint, and certificate authority of each cluster, were not known when this page was made.</p>`;

function install({ system, name, ways }: (typeof INSTALL)[number]): Html {
  return html`<div class="of-system" data-system="${system}" data-name="${name}">
${ways.map(([how, command]) => html`<p class="how">${how}</p><pre class="command"><code>${command}</code></pre>\n`)}</div>
`;
}

function duration({ idTokenMinutes, refresh }: PortalData['lifetimes']): Html {
  const again =
    refresh === null
      ? html`You sign in again ${every(idTokenMinutes)}. kubectl opens the browser when it is time.`
      : html`You sign in again ${refresh.idleMinutes < refresh.lifetimeMinutes ? `if you have not used kubectl for ${span(refresh.idleMinutes)}, and ` : ''}after ${span(refresh.lifetimeMinutes)} at the latest. Until then, kubectl renews your access without the browser.`;
  return html`<p>${again}</p>
<p>A change of your groups in Okta counts with the next token: after ${span(idTokenMinutes)} at most. To have it at once, run <code>kubectl oidc-login clean</code>.</p>
<p>${WORST_CASE_REVOCATION.text}</p>
`;
}

/** A number of minutes in the largest unit that fits. */
function span(minutes: number): string {
  const units = [
    [24 * 60, 'day'],
    [60, 'hour'],
    [1, 'minute'],
  ] as const;
  const [size, unit] = units.find(([size]) => minutes % size === 0) as (typeof units)[number];
  return `${minutes / size} ${unit}${minutes === size ? '' : 's'}`;
}

function every(minutes: number): string {
  return minutes === 60 ? 'every hour' : `every ${span(minutes)}`;
}

function ends(endsSoon: PortalData['endsSoon']): Html {
  if (endsSoon.length === 0) return html`<p>Nothing ends within 30 days.</p>\n`;
  const lines = endsSoon.map(
    ({ what, expires }) => html`<li><time datetime="${expires}">${expires}</time> <span>${escaped(what)}</span></li>\n`,
  );
  return html`<p>Each on the evening of its day, in UTC.</p>
<ul class="ends">
${lines}</ul>
`;
}

function symptom({ name, seen, where, cause, see, mend }: Symptom): Html {
  return html`<details class="symptom" id="${name}">
<summary><code>${seen}</code> <span class="tag">${where}</span></summary>
<dl>
<div><dt>Cause</dt><dd>${marked(cause)}</dd></div>
<div><dt>How to see it</dt><dd>${marked(see)}</dd></div>
<div><dt>How to mend it</dt><dd>${marked(mend)}</dd></div>
</dl>
</details>
`;
}

/** A text in which backticks mark code, as in Markdown. */
function marked(text: string): Html {
  return html`${text.split('`').map((part, at) => (at % 2 === 0 ? html`${part}` : html`<code>${part}</code>`))}`;
}
