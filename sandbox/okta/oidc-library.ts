/** What the library `oidc-provider` exports. */
export type OidcLibrary = typeof import('oidc-provider');

const NODE_WARNING = 'oidc-provider WARNING: Unsupported runtime.';

/**
 * Loads `oidc-provider`. On Node 20 it prints, whenever it is loaded, that it wants Node 22; all that is used of it runs on 20
 * and is tested there, and the line would stand in the middle of what our commands print.
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
