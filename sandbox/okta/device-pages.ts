import { html } from '../../report/html';
import { alert, invalid, type Page, page } from './page';

export interface DeviceCodePageProps {
  readonly action: string;
  /** Secret that binds the form to the browser that received it. */
  readonly xsrf: string;
  /**
   * Error message of the last attempt.
   * @default - no error
   */
  readonly error?: string;
}

/** The page on which a person enters the code that a device shows. */
export function deviceCodePage({ action, xsrf, error }: DeviceCodePageProps): Page {
  return page({
    title: 'Activate your device',
    body: html`<h1>Activate your device</h1>
<p class="soft">Enter the code that your device shows.</p>
${alert(error)}
<form method="post" action="${action}">
<input type="hidden" name="xsrf" value="${xsrf}">
<label for="user_code">Activation code</label>
<input id="user_code" name="user_code" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" required autofocus${invalid(error)}>
<button type="submit">Next</button>
</form>`,
  });
}

export interface DeviceConfirmPageProps extends Omit<DeviceCodePageProps, 'error'> {
  readonly app: string;
  readonly userCode: string;
}

/** The page on which a person confirms that the code is from their own device. */
export function deviceConfirmPage({ action, xsrf, app, userCode }: DeviceConfirmPageProps): Page {
  return page({
    title: 'Confirm your device',
    body: html`<h1>Confirm your device</h1>
<p class="soft">Check that your device shows this code. It signs in to ${app}.</p>
<p><code>${userCode}</code></p>
<form method="post" action="${action}">
<input type="hidden" name="xsrf" value="${xsrf}">
<input type="hidden" name="user_code" value="${userCode}">
<input type="hidden" name="confirm" value="yes">
<button type="submit" autofocus>Continue</button>
<button type="submit" class="second" name="abort" value="yes">Cancel</button>
</form>`,
  });
}
