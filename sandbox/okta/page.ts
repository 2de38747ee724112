import { createHash } from 'node:crypto';
import { Html, html } from '../../report/html';

/** A page of the local Okta and its content security policy. */
export interface Page {
  readonly html: string;
  /** Value of the `Content-Security-Policy` header. */
  readonly contentSecurityPolicy: string;
}

export interface PageProps {
  readonly title: string;
  readonly body: Html;
  /**
   * Another origin to which the form of the page may redirect. Browsers check the policy at every redirect after the form.
   * @default - the issuer only
   */
  readonly redirectOrigin?: string;
}

const STYLE = `
:root { color-scheme: light dark; --page: #eef1f5; --card: #fff; --text: #1b2330; --soft: #4f5b6c; --line: #7b8798;
  --accent: #1f4fbf; --on-accent: #fff; --note: #fff4d6; --on-note: #4a3500; --alert: #fdecec; --on-alert: #8f1414; }
@media (prefers-color-scheme: dark) {
  :root { --page: #11151c; --card: #1b212b; --text: #eef1f5; --soft: #b3bdcb; --line: #7b8798; --accent: #8fb4ff;
    --on-accent: #0d1a33; --note: #3a2f10; --on-note: #ffe7a8; --alert: #431b1b; --on-alert: #ffc9c9; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--page);
  color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 26rem; padding: 2rem 1.5rem; background: var(--card); border-radius: .75rem;
  box-shadow: 0 1px 3px rgb(0 0 0 / .2); overflow-wrap: anywhere; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; line-height: 1.25; }
h1 + .alert { margin-top: 1rem; }
p { margin: 0 0 1rem; }
.soft { color: var(--soft); }
.note, .alert { padding: .625rem .75rem; border-radius: .5rem; font-size: .9375rem; }
.note { margin: 1.5rem 0 0; background: var(--note); color: var(--on-note); }
.alert { background: var(--alert); color: var(--on-alert); }
label { display: block; margin: 0 0 .25rem; font-weight: 600; }
input { width: 100%; min-height: 2.75rem; margin: 0 0 1rem; padding: .5rem .75rem; border: 1px solid var(--line);
  border-radius: .5rem; background: var(--card); color: var(--text); font: inherit; }
input[aria-invalid=true] { border-color: var(--on-alert); }
button { width: 100%; min-height: 2.75rem; margin: .25rem 0 0; border: 1px solid var(--accent); border-radius: .5rem;
  background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer; }
button.second { margin-top: .75rem; background: none; color: var(--accent); }
:is(input, button):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
code { font-size: 1.5rem; letter-spacing: .1em; }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Keeps people from taking a page of the local Okta for a real one. */
const STAND_IN =
  'This is a stand-in for Okta that okta-eks-access runs on this machine. Do not enter a real password here.';

/** Creates a page without scripts. */
export function page({ title, body, redirectOrigin }: PageProps): Page {
  return {
    html: html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · stand-in for Okta</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
${body}
<p class="note">${STAND_IN}</p>
</main>
</body>
</html>
`.markup,
    contentSecurityPolicy: [
      "default-src 'none'",
      `style-src 'sha256-${STYLE_HASH}'`,
      `form-action ${["'self'", ...(redirectOrigin === undefined ? [] : [redirectOrigin])].join(' ')}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
  };
}

/** The HTTP headers of a page. */
export function pageHeaders({ contentSecurityPolicy }: Page): Readonly<Record<string, string>> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': contentSecurityPolicy,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}

/** The error message of a form; empty if there is no error. */
export function alert(error: string | undefined): Html {
  return error === undefined ? html`` : html`<p class="alert" id="error" role="alert">${error}</p>`;
}

/** The attributes that mark a field of the form as wrong; empty if there is no error. */
export function invalid(error: string | undefined): Html {
  return error === undefined ? html`` : html` aria-invalid="true" aria-describedby="error"`;
}
