/** The exports of `oidc-provider`. */
export type OidcLibrary = typeof import('oidc-provider');

const NODE_WARNING = 'oidc-provider WARNING: Unsupported runtime.';

/**
 * Loads `oidc-provider`. On Node 20 the library prints a warning that it requires Node 22. The parts used here are tested on
 * Node 20, so the warning is suppressed.
 */
export async function loadOidcLibrary(): Promise<OidcLibrary> {
  const { warn } = console;
  console.warn = (...parts: unknown[]) => {
    if (!String(parts[0]).includes(NODE_WARNING)) warn(...parts);
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
