import type { Dispatcher } from 'undici';
import type * as z from 'zod';
import { AccessError } from '../../constraints/access-error';
import { plain } from '../../constraints/finding';
import { inWords, refusalOf } from './okta-answer';
import type { OktaCall } from './okta-call';
import type { OktaCredentials } from './okta-credentials';
import { OktaError } from './okta-error';
import { type ServiceAppToken, TOKEN_ANSWER, tokenRequest } from './service-app-token';

export interface OktaConnectionProps {
  /** The organization of the access file. */
  readonly organization: { readonly orgName: string; readonly baseUrl: string };
  readonly credentials: OktaCredentials;
  /**
   * Told in a sentence that a request waits, because Okta limits requests or failed.
   * @default - nobody is told
   */
  readonly onWait?: (sentence: string) => void;
  /**
   * Another address of the organization: that of a local Okta, in tests.
   * @default - https://<orgName>.<baseUrl>
   */
  readonly address?: { readonly url: string; readonly caPem: string };
  /** Waits for milliseconds. @default - a timer */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/** Answers of Okta's API, checked. */
export interface OktaConnection {
  /** The organization's URL, without a slash at the end. */
  readonly url: string;
  readonly credentials: OktaCredentials;
  /** @throws OktaError */
  get<Schema extends z.ZodType>(path: string, schema: Schema, needs: string): Promise<z.infer<Schema>>;
  /**
   * All pages of a list.
   * @param most stops after so many items. @default - all
   * @throws OktaError
   */
  list<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    needs: string,
    most?: number,
  ): Promise<readonly z.infer<Schema>[]>;
  /** A call that changes something; it is sent once. @throws OktaError */
  change(call: OktaCall): Promise<void>;
  /** The scopes of the access token; undefined for an API token, which has none, and for a token that does not say it. */
  scopes(): Promise<readonly string[] | undefined>;
  /** Closes the connections, for which the process would wait. */
  close(): Promise<void>;
}

/** Milliseconds for one request and its answer. */
const TIMEOUT = 30_000;
const CONNECT_TIMEOUT = 10_000;
/** How often a read that failed is sent, and a call that Okta's limits refused. */
const ATTEMPTS = 4;
/** Milliseconds before the second attempt; twice as long before each further one. */
const FIRST_PAUSE = 500;
/** Okta's limits are for a minute; a later reset is not worth waiting for. */
const LONGEST_WAIT = 65_000;
const FATE_UNKNOWN = ' It is not known whether Okta did what was asked.';
/** More pages are an endless list: Okta gives 200 items or more on each. */
const MOST_PAGES = 1000;
/** Milliseconds before its end at which an access token is replaced. */
const TOKEN_RESERVE = 60_000;

/**
 * Connects to the management API of an organization, with plain `fetch`: the dozen calls that are needed here change less
 * than the types of Okta's SDK, which loads megabytes. The `fetch` is undici's, as that of Node.js is, because only the
 * package takes a proxy from the environment on every version of Node.js.
 * @throws AccessError for a proxy in the environment that is no URL.
 * @see https://developer.okta.com/docs/api/openapi/okta-management/guides/overview/
 */
export function connectOkta(props: OktaConnectionProps): OktaConnection {
  const { organization, credentials, address, onWait = () => {} } = props;
  const { pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)) } = props;
  const url = address?.url ?? `https://${organization.orgName}.${organization.baseUrl}`;
  const dispatcher = dispatcherFor(address?.caPem);
  let token: ServiceAppToken | undefined;

  /** Sends a call until there is an answer that is worth keeping. */
  async function answerTo(call: OktaCall, target: string, send: () => Promise<RequestOptions>): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await attemptAt(call, target, await send());
      if ('answer' in outcome) return outcome.answer;
      const { error, retry } = outcome;
      if (retry === undefined || attempt === ATTEMPTS) throw error;
      const milliseconds = retry === 'soon' ? FIRST_PAUSE * 2 ** (attempt - 1) : retry;
      onWait(`${error.message} Trying again in ${Math.ceil(milliseconds / 1000)} s.`);
      await pause(milliseconds);
    }
  }

  /** One attempt; what failed says whether and when another one is of use. */
  async function attemptAt(call: OktaCall, target: string, options: RequestOptions): Promise<Outcome> {
    const isRead = call.method === 'GET';
    const { fetch } = undici();
    let response: Awaited<ReturnType<typeof fetch>>;
    let text: string;
    try {
      response = await fetch(target, {
        ...options,
        method: call.method,
        dispatcher,
        // The credentials are for this host only.
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT),
      });
      text = await response.text();
    } catch (error) {
      const { kind, reason, isTransient } = connectionProblem(error);
      const fate = isRead ? '' : FATE_UNKNOWN;
      return {
        error: new OktaError(kind, hidden(inWords[kind]({ url, call, reason }) + fate)),
        ...(isRead && isTransient && { retry: 'soon' }),
      };
    }
    const refusal = refusalOf({ url, call, credentials, status: response.status, headers: response.headers, text });
    if (refusal !== undefined) {
      const { kind, message, resetIn } = refusal;
      const isUnclear = !isRead && response.status >= 500;
      const error = new OktaError(kind, hidden(message) + (isUnclear ? FATE_UNKNOWN : ''));
      if (kind === 'rate-limited') return { error, ...(resetIn <= LONGEST_WAIT && { retry: resetIn }) };
      return { error, ...(isRead && response.status >= 500 && { retry: 'soon' }) };
    }
    return { answer: { text, next: nextPage(response.headers.get('link')) } };
  }

  /** A message without the credentials, which an answer can repeat. */
  function hidden(message: string): string {
    const secrets = [credentials.kind === 'service-app' ? undefined : credentials.token, token?.token];
    return secrets.reduce<string>((kept, secret) => (secret ? kept.replaceAll(secret, '(a token)') : kept), message);
  }

  async function authorization(): Promise<string> {
    switch (credentials.kind) {
      case 'api-token':
        return `SSWS ${credentials.token}`;
      case 'access-token':
        return `Bearer ${credentials.token}`;
      case 'service-app':
        return `Bearer ${(await serviceAppToken()).token}`;
    }
  }

  async function serviceAppToken(): Promise<ServiceAppToken> {
    if (credentials.kind !== 'service-app') throw new TypeError('Only a service app asks for a token.');
    if (token !== undefined && token.expiresAt - TOKEN_RESERVE > Date.now()) return token;
    const tokenUrl = `${url}/oauth2/v1/token`;
    const call = { method: 'POST', path: '/oauth2/v1/token', needs: 'a service app with its public key' } as const;
    // Signed anew for each attempt: Okta takes an assertion once.
    const { text } = await answerTo(call, tokenUrl, async () => ({
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: (await tokenRequest(credentials, tokenUrl)).toString(),
    }));
    const { access_token, expires_in, scope } = checked(call, text, TOKEN_ANSWER);
    token = { token: access_token, scopes: scope.split(' '), expiresAt: Date.now() + expires_in * 1000 };
    return token;
  }

  const send = (call: OktaCall, target = url + call.path) =>
    answerTo(call, target, async () => ({
      headers: { accept: 'application/json', authorization: await authorization() },
    }));

  function checked<Schema extends z.ZodType>(call: OktaCall, text: string, schema: Schema): z.infer<Schema> {
    const malformed = (reason: string) => new OktaError('malformed', hidden(inWords.malformed({ url, call, reason })));
    const value = jsonOf(text);
    if (value === undefined) throw malformed('it is no JSON, or ends early');
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    throw malformed(plain(`${issue?.path.map(String).join('.') || 'the answer'}: ${issue?.message}`));
  }

  return {
    url,
    credentials,
    async get(path, schema, needs) {
      const call = { method: 'GET', path, needs } as const;
      return checked(call, (await send(call)).text, schema);
    },
    async list(path, schema, needs, most = Number.POSITIVE_INFINITY) {
      const call = { method: 'GET', path, needs } as const;
      const items: z.infer<typeof schema>[] = [];
      const seen = new Set<string>();
      for (let target: string | undefined = url + path; target !== undefined && items.length < most; ) {
        if (seen.has(target) || seen.size === MOST_PAGES || !target.startsWith(`${url}/`)) {
          const reason = `its next page is ${target.startsWith(`${url}/`) ? 'one of an endless list' : 'of another host'}`;
          throw new OktaError('malformed', inWords.malformed({ url, call, reason }));
        }
        seen.add(target);
        const { text, next }: Answer = await send(call, target);
        items.push(...checked(call, text, schema.array()));
        target = next;
      }
      return items.slice(0, most);
    },
    async change(call) {
      await send(call);
    },
    async scopes() {
      if (credentials.kind === 'service-app') return (await serviceAppToken()).scopes;
      return credentials.kind === 'access-token' ? scopesIn(credentials.token) : undefined;
    },
    close: () => dispatcher.destroy(),
  };
}

interface RequestOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Answer {
  readonly text: string;
  readonly next: string | undefined;
}

type Outcome =
  | { readonly answer: Answer }
  | {
      readonly error: OktaError /** Milliseconds, or after a short pause; never without it. */;
      readonly retry?: number | 'soon';
    };

function undici(): typeof import('undici') {
  // Loaded here: few commands ask Okta.
  return require('undici') as typeof import('undici');
}

/** Connections through the proxy that HTTPS_PROXY and NO_PROXY say. */
function dispatcherFor(ca: string | undefined): Dispatcher {
  const { EnvHttpProxyAgent } = undici();
  const tls = { timeout: CONNECT_TIMEOUT, ...(ca !== undefined && { ca }) };
  try {
    return new EnvHttpProxyAgent({ connect: tls, requestTls: tls });
  } catch {
    // The message of the error would repeat the URL, which can contain a password.
    throw new AccessError(
      'The proxy of the environment (HTTPS_PROXY, HTTP_PROXY) is not a URL such as http://proxy:3128.',
    );
  }
}

/** Errors of connections that another attempt can mend. */
const TRANSIENT = /^(ECONNRESET|EPIPE|EAI_AGAIN|UND_ERR_SOCKET)$/;
const CERTIFICATE = /CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;

function connectionProblem(error: unknown): {
  readonly kind: 'certificate' | 'unreachable';
  readonly reason: string;
  readonly isTransient: boolean;
} {
  const { name, cause } = error as Error & { cause?: NodeJS.ErrnoException };
  if (name === 'TimeoutError') {
    return { kind: 'unreachable', reason: `no answer in ${TIMEOUT / 1000} seconds`, isTransient: false };
  }
  const { code = '', message = '' } = cause ?? (error as NodeJS.ErrnoException);
  const reason = plain(message || code || String(error));
  if (CERTIFICATE.test(code)) return { kind: 'certificate', reason, isTransient: false };
  return { kind: 'unreachable', reason, isTransient: TRANSIENT.test(code) };
}

/** The URL with `rel="next"` of a Link header, in which Okta writes one link after the other. */
function nextPage(link: string | null): string | undefined {
  return link === null ? undefined : /<([^<>]*)>\s*;[^,<]*rel="?next"?/.exec(link)?.[1];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The scopes that an access token of the organization names. */
function scopesIn(token: string): readonly string[] | undefined {
  const claims = jsonOf(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as
    | { readonly scp?: unknown }
    | undefined;
  const scopes = claims?.scp;
  return Array.isArray(scopes) && scopes.every((scope) => typeof scope === 'string') ? scopes : undefined;
}
