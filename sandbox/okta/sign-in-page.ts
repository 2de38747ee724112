import { escaped, type Page, page } from './page';

/** What Okta says of a wrong password as of a user name that it does not know. */
export const UNABLE_TO_SIGN_IN = 'Unable to sign in';

export interface SignInPageProps {
  /** Where the form goes. */
  readonly action: string;
  /** Name of the app that is signed in to. */
  readonly app: string;
  /** Origin of the app's redirect URI. */
  readonly formLeadsTo?: string;
  /**
   * User name to start with.
   * @default - an empty field
   */
  readonly login?: string;
  /**
   * What went wrong the last time.
   * @default - nothing did
   */
  readonly error?: string;
}

/** The page on which a person gives user name and password: a plain form, which a program can fill in too. */
export function signInPage({ action, app, formLeadsTo, login = '', error }: SignInPageProps): Page {
  const wrong = error === undefined ? '' : ' aria-invalid="true" aria-describedby="error"';
  const [userFocus, passwordFocus] = login === '' ? [' autofocus', ''] : ['', ' autofocus'];
  return page({
    title: error === undefined ? 'Sign in' : `${error} – sign in`,
    formLeadsTo,
    body: `<h1>Sign in</h1>
<p class="soft">to ${escaped(app)}</p>
${error === undefined ? '' : `<p class="alert" id="error" role="alert">${escaped(error)}</p>`}
<form method="post" action="${escaped(action)}">
<label for="username">Username</label>
<input id="username" name="username" type="text" value="${escaped(login)}" autocomplete="username" autocapitalize="none" spellcheck="false" required${wrong}${userFocus}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${wrong}${passwordFocus}>
<button type="submit">Sign in</button>
</form>`,
  });
}
