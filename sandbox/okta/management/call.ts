import type { z } from 'zod';
import type { EventType, Party, SystemLog } from '../system-log';
import { BLANK, invalid, OktaError } from './okta-error';

/** The answer to a call. */
export interface Answer {
  readonly status: number;
  /** @default - no body */
  readonly body?: unknown;
  /** The address of the next page. @default - the last page, or not a list */
  readonly next?: string;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;

/** Handlers by method and path below `/api/v1`, such as `GET /groups/{groupId}`. */
export type Routes = Readonly<
  Record<string, Handler | { readonly query: readonly string[]; readonly answer: Handler }>
>;

/** A handler that takes parameters of the query. The others take none, and a call with one is refused. */
export function withQuery(query: readonly string[], answer: Handler): Routes[string] {
  return { query, answer };
}

/** A list that is answered page by page. */
export function list(query: readonly string[], answer: Handler): Routes[string] {
  return withQuery([...query, 'limit', 'after'], answer);
}

export interface CallProps {
  /** The values of the braces in the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly url: URL;
  /** The text of the body; empty if there is none. */
  readonly body: string;
  /** Who calls. */
  readonly caller: Party;
  readonly userAgent: string | undefined;
  readonly log: SystemLog;
}

/** A call of the management API. */
export class Call {
  constructor(private readonly props: CallProps) {}

  get caller(): Party {
    return this.props.caller;
  }

  /** A value of the path. */
  path(name: string): string {
    return this.props.path[name] as string;
  }

  /** A parameter of the query; undefined if it is not there, or empty. */
  query(name: string): string | undefined {
    return this.props.url.searchParams.get(name) || undefined;
  }

  /** A parameter of the query that is `true` or `false`. */
  flag(name: string, fallback: boolean): boolean {
    const value = this.query(name) ?? String(fallback);
    if (value !== 'true' && value !== 'false') throw invalid(name, `The value must be true or false, not ${value}`);
    return value === 'true';
  }

  /** The address of an object of the organization. */
  link(path: string): { readonly href: string } {
    return { href: `${this.props.url.origin}/api/v1${path}` };
  }

  /** The body. @throws OktaError that names each wrong value. */
  input<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
    const result = schema.safeParse(this.json());
    if (result.success) return result.data;
    const causes = result.error.issues.map(({ path, message }) => [path.join('.') || 'body', message] as const);
    throw new OktaError(
      400,
      'E0000001',
      `Api validation failed: ${causes[0]?.[0]}`,
      causes.map(([field, message]) => `${field}: ${/received undefined$/.test(message) ? BLANK : message}`),
    );
  }

  private json(): unknown {
    try {
      return JSON.parse(this.props.body || '{}');
    } catch {
      throw new OktaError(400, 'E0000003', 'The request body was not well-formed.');
    }
  }

  /**
   * One page of a list: from `after`, and at most `limit`.
   * @param most objects of a page.
   * @param usual objects of a page without a limit.
   */
  page<Thing extends { readonly id: string }>(
    things: readonly Thing[],
    show: (thing: Thing) => unknown,
    most = 200,
    usual = most,
  ): Answer {
    const limit = this.limit(most, usual);
    const after = this.query('after');
    const start = after === undefined ? 0 : startAfter(things, after);
    const shown = things.slice(start, start + limit);
    const isLast = start + limit >= things.length;
    return { ...ok(shown.map(show)), ...(!isLast && { next: this.nextPage(shown.at(-1)?.id ?? '') }) };
  }

  /** How many objects the caller gets: at most `most`, and `usual` if the caller does not say. */
  limit(most: number, usual = most): number {
    const text = this.query('limit') ?? String(usual);
    if (!/^[1-9]\d*$/.test(text)) throw invalid('limit', `The value must be a positive number, not ${text}`);
    return Math.min(Number(text), most);
  }

  nextPage(after: string): string {
    const next = new URL(this.props.url);
    next.searchParams.set('after', after);
    return next.href;
  }

  /** Writes to the system log what the caller has done. */
  log(eventType: EventType, ...targets: readonly Party[]): void {
    const { log, caller: actor, userAgent } = this.props;
    log.add({ eventType, actor, targets, ipAddress: '127.0.0.1', ...(userAgent !== undefined && { userAgent }) });
  }
}

/** The place behind an object, which may have been deleted since: ids rise in the order of a list. */
function startAfter(things: readonly { readonly id: string }[], after: string): number {
  const index = things.findIndex(({ id }) => id === after);
  if (index >= 0) return index + 1;
  const later = things.findIndex(({ id }) => id > after);
  return later < 0 ? things.length : later;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

export const NO_CONTENT: Answer = { status: 204 };
