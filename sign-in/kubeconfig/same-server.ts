import { escaped } from '../../constraints/finding';

/** Whether a value is the URL of a server. */
export function sameServer(a: unknown, b: string): boolean {
  return typeof a === 'string' && URL.canParse(a) && new URL(a).href === new URL(b).href;
}

/** The URL of a server for a message: without a user name and a password, which a kubeconfig can have in it. */
export function serverText(value: unknown): string {
  if (typeof value !== 'string' || value === '') return 'nothing';
  if (!URL.canParse(value)) return 'no URL';
  const url = new URL(value);
  return url.username === '' && url.password === '' ? escaped(value) : escaped(`${url.protocol}//${url.host}`);
}
