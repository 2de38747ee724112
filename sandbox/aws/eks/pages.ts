import { invalidParameter } from '../aws-error';

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** @default - it is the last page */
  readonly nextToken?: string;
}

const MOST = 100;

/** The page of a list that a query asks for with `maxResults` and `nextToken`. */
export function page<Item>(items: readonly Item[], query: URLSearchParams): Page<Item> {
  const size = Number(query.get('maxResults') ?? MOST);
  if (!Number.isInteger(size) || size < 1 || size > MOST) {
    throw invalidParameter(`maxResults is a number from 1 to ${MOST}, not ${query.get('maxResults')}.`);
  }
  const token = query.get('nextToken');
  const position = token === null ? '0' : Buffer.from(token, 'base64url').toString();
  if (!/^\d{1,6}$/.test(position)) throw invalidParameter(`The nextToken ${token} is not valid.`);
  const start = Number(position);
  const end = start + size;
  return {
    items: items.slice(start, end),
    ...(end < items.length && { nextToken: Buffer.from(String(end)).toString('base64url') }),
  };
}
