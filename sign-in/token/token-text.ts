/** More characters than any token of Okta has. */
const MOST_CHARACTERS = 100_000;

const BEARER = /^(?:authorization:\s*)?bearer\s+/i;

/**
 * The ID token in a text: the token itself, also after `Bearer`, or JSON that has it: an ExecCredential of Kubernetes, or
 * an entry of kubelogin's cache. Undefined if there is none.
 */
export function tokenIn(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > MOST_CHARACTERS) return undefined;
  const token = trimmed.startsWith('{') ? tokenInJson(trimmed) : trimmed.replace(BEARER, '');
  return token !== undefined && isCompact(token) ? token : undefined;
}

function tokenInJson(text: string): string | undefined {
  try {
    const { status, id_token } = JSON.parse(text) as {
      readonly status?: { readonly token?: unknown };
      id_token?: unknown;
    };
    const token = status?.token ?? id_token;
    return typeof token === 'string' ? token : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a text has the three parts of a signed token. White space inside it is one of the API server's concerns. */
function isCompact(text: string): boolean {
  return /^[\w=+/\s-]+(\.[\w=+/\s-]*){2}$/.test(text);
}
