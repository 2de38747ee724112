/** How long a person who is removed in Okta may still be let in. */
export interface Revocation {
  readonly minutes: 60;
  readonly text: string;
}

/**
 * The longest time until a removed person is out: what an ID token lives, because the API server asks Okta nothing
 * while one is valid. No rule of a custom authorization server changes it, and Okta renews none for who was removed.
 * @see https://support.okta.com/help/s/article/What-is-the-lifetime-of-the-JWT-tokens
 */
export function worstCaseRevocation(): Revocation {
  return {
    minutes: 60,
    text:
      'A person who is removed in Okta is out after 60 minutes at most, when the last ID token ends. ' +
      'What is open by then (exec, attach, port-forward, watch) goes on until it is closed.',
  };
}
