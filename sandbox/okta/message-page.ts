import { html } from '../../report/html';
import { type Page, page } from './page';

/** A page that explains why the sign-in failed. */
export function errorPage({ error, description }: { readonly error: string; readonly description: string }): Page {
  return page({
    title: 'Sign-in failed',
    body: html`<h1>Sign-in failed</h1>
<p class="alert" role="alert">${description}</p>
<p class="soft">Error: ${error}</p>`,
  });
}

/** A page that confirms an action. */
export function donePage({ title, text }: { readonly title: string; readonly text: string }): Page {
  return page({ title, body: html`<h1>${title}</h1>\n<p>${text}</p>` });
}
