/** Whether a value is the URL of a server. */
export function sameServer(a: unknown, b: string): boolean {
  return typeof a === 'string' && URL.canParse(a) && new URL(a).href === new URL(b).href;
}
