import { escaped, type Page, page } from './page';

export interface DeviceCodePageProps {
  readonly action: string;
  /** Ties the form to the browser that was given it. */
  readonly xsrf: string;
  /**
   * What went wrong the last time.
   * @default - nothing did
   */
  readonly error?: string;
}

/** The page on which a person types the code that a device shows. */
export function deviceCodePage({ action, xsrf, error }: DeviceCodePageProps): Page {
  const wrong = error === undefined ? '' : ' aria-invalid="true" aria-describedby="error"';
  return page({
    title: 'Activate your device',
    body: `<h1>Activate your device</h1>
<p class="soft">Enter the code that your device shows.</p>
${error === undefined ? '' : `<p class="alert" id="error" role="alert">${escaped(error)}</p>`}
<form method="post" action="${escaped(action)}">
<input type="hidden" name="xsrf" value="${escaped(xsrf)}">
<label for="user_code">Activation code</label>
<input id="user_code" name="user_code" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" required autofocus${wrong}>
<button type="submit">Next</button>
</form>`,
  });
}

export interface DeviceConfirmPageProps extends Omit<DeviceCodePageProps, 'error'> {
  readonly app: string;
  readonly userCode: string;
}

/** The page on which a person says that the code is that of their own device. */
export function deviceConfirmPage({ action, xsrf, app, userCode }: DeviceConfirmPageProps): Page {
  return page({
    title: 'Confirm your device',
    body: `<h1>Confirm your device</h1>
<p class="soft">Your device, which signs in to ${escaped(app)}, should show this code:</p>
<p><code>${escaped(userCode)}</code></p>
<form method="post" action="${escaped(action)}">
<input type="hidden" name="xsrf" value="${escaped(xsrf)}">
<input type="hidden" name="user_code" value="${escaped(userCode)}">
<input type="hidden" name="confirm" value="yes">
<button type="submit" autofocus>Continue</button>
<button type="submit" class="second" name="abort" value="yes">Cancel</button>
</form>`,
  });
}
