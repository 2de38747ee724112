/** A JWT: its header and claims are JSON objects in base64url, which begin with these letters. */
const JWT = /\beyJ[\w=-]+(\.[\w=-]*)*/g;

/** A text without the tokens in it, which would stay in logs and terminals. */
export function withoutTokens(text: string): string {
  return text.replaceAll(JWT, '(a token)');
}
