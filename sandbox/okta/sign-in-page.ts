import { html } from '../../report/html';
import { alert, invalid, type Page, page } from './page';

/** Okta's message for both a wrong password and an unknown username. */
export const UNABLE_TO_SIGN_IN = 'Unable to sign in';

export interface SignInPageProps {
  /** URL that the form is sent to. */
  readonly action: string;
  /** Label of the app that the person signs in to. */
  readonly app: string;
  /** Origin of the app's redirect URI. */
  readonly redirectOrigin?: string;
  /**
   * Username to fill in.
   * @default - none
   */
  readonly login?: string;
  /**
   * Error message of the last attempt.
   * @default - no error
   */
  readonly error?: string;
}

/** The sign-in page: a plain form, so that a program can fill it in, too. */
export function signInPage({ action, app, redirectOrigin, login = '', error }: SignInPageProps): Page {
  const [userFocus, passwordFocus] = login === '' ? [' autofocus', ''] : ['', ' autofocus'];
  return page({
    title: error === undefined ? 'Sign in' : `${error} – sign in`,
    redirectOrigin,
    body: html`<h1>Sign in</h1>
<p class="soft">to ${app}</p>
${alert(error)}
<form method="post" action="${action}">
<label for="username">Username</label>
<input id="username" name="username" type="text" value="${login}" autocomplete="username" autocapitalize="none" spellcheck="false" required${invalid(error)}${userFocus}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${invalid(error)}${passwordFocus}>
<button type="submit">Sign in</button>
</form>`,
  });
}
