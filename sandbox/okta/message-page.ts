import { escaped, type Page, page } from './page';

/** A page that says why a sign-in cannot go on. */
export function errorPage({ error, description }: { readonly error: string; readonly description: string }): Page {
  return page({
    title: 'Sign-in failed',
    body: `<h1>Sign-in failed</h1>
<p class="alert" role="alert">${escaped(description)}</p>
<p class="soft">Error: ${escaped(error)}</p>`,
  });
}

/** A page that says that something is done. */
export function donePage({ title, text }: { readonly title: string; readonly text: string }): Page {
  return page({ title, body: `<h1>${escaped(title)}</h1>\n<p>${escaped(text)}</p>` });
}
