import * as z from 'zod';
import { plain } from '../../constraints/finding';
import type { OktaCall } from './okta-call';
import type { OktaCredentials } from './okta-credentials';
import type { OktaErrorKind } from './okta-error';

interface Failure {
  /** The organization's URL. */
  readonly url: string;
  readonly call: OktaCall;
  readonly reason: string;
}

/** The messages of the failures that Okta does not word. */
export const inWords = {
  unreachable: ({ url, call, reason }) =>
    `Okta gave no answer to ${callText(call)} at ${url}: ${reason}. Check okta in the access file, the network, and the proxy of the environment (HTTPS_PROXY, NO_PROXY).`,
  certificate: ({ url, reason }) =>
    `The certificate of ${url} is not trusted: ${reason}. No credentials were sent. Check okta in the access file. If a proxy of your company opens TLS, set NODE_EXTRA_CA_CERTS to the file of its certificate authority.`,
  malformed: ({ url, call, reason }) =>
    `The answer to ${callText(call)} is not one of Okta's API at ${url}: ${reason}. Check okta in the access file, and whether a proxy answers instead of Okta.`,
} as const satisfies Partial<Record<OktaErrorKind, (failure: Failure) => string>>;

/** An answer that refuses a call. */
export interface Refusal {
  readonly kind: OktaErrorKind;
  readonly message: string;
  /** Milliseconds until Okta answers again; only of use if the call is rate-limited. */
  readonly resetIn: number;
}

export interface AnswerProps {
  readonly url: string;
  readonly call: OktaCall;
  readonly credentials: OktaCredentials;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly text: string;
}

/** Okta's errors: those of the API, and those of the token endpoint. */
const ERROR = z.object({
  errorCode: z.string().optional(),
  errorSummary: z.string().optional(),
  errorCauses: z.array(z.object({ errorSummary: z.string().optional() })).optional(),
  error: z.string().optional(),
  error_description: z.string().optional(),
});

/** The codes of errors. @see https://developer.okta.com/docs/reference/error-codes/ */
const NO_LICENCE = 'E0000015';

/** Why an answer refuses a call; undefined for a good answer. */
export function refusalOf(answer: AnswerProps): Refusal | undefined {
  const { status, headers, url, call } = answer;
  if (status >= 200 && status < 300) return undefined;
  const error = errorIn(answer.text);
  const okta = [status, error.code, error.text].filter((part) => part !== undefined).join(' ');
  const refusal = (kind: OktaErrorKind, message: string): Refusal => ({ kind, message, resetIn: 0 });
  if (status < 400) {
    const target = plain(headers.get('location') ?? 'nowhere');
    const reason = `it is a redirect (${status}) to ${target}, which is not followed with credentials`;
    return refusal('malformed', inWords.malformed({ url, call, reason }));
  }
  if (status === 429) {
    const resetIn = resetAfter(headers);
    const seconds = Math.ceil(resetIn / 1000);
    const message = `Okta limits requests (${okta}): ${callText(call)} is possible again in ${seconds} s.`;
    return { kind: 'rate-limited', message, resetIn };
  }
  if (status >= 500)
    return refusal('unreachable', `Okta could not answer ${callText(call)} (${okta}). Try again later.`);
  if (error.code === NO_LICENCE) {
    return refusal(
      'forbidden',
      `Okta does not allow ${callText(call)} (${okta}): the organization needs the licence for it.`,
    );
  }
  if (status === 404) return refusal('not-found', `Okta does not know what ${callText(call)} asks for (${okta}).`);
  if (isAboutToken(answer, error.code)) return refusal(...tokenRefusal(answer, okta, error.code));
  if (status === 401) return refusal('unauthorized', unauthorizedText(answer, okta));
  if (status === 403) return refusal('forbidden', forbiddenText(answer, okta));
  return refusal('refused', `Okta refused ${callText(call)} (${okta}).`);
}

function errorIn(text: string): { readonly code?: string; readonly text?: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return {};
  }
  const { data } = ERROR.safeParse(parsed);
  if (data === undefined) return {};
  const code = data.errorCode ?? data.error;
  const causes = (data.errorCauses ?? []).flatMap(({ errorSummary }) => errorSummary ?? []);
  const words = [data.errorSummary ?? data.error_description, ...causes].filter((part) => part !== undefined);
  return {
    ...(code !== undefined && { code: plain(code) }),
    ...(words.length > 0 && { text: words.map(plain).join('; ') }),
  };
}

/** Milliseconds until the limit is reset, by Okta's own clock. */
function resetAfter(headers: AnswerProps['headers']): number {
  const reset = Number(headers.get('x-rate-limit-reset') ?? Number.NaN) * 1000;
  const now = Date.parse(headers.get('date') ?? '');
  const wait = reset - (Number.isNaN(now) ? Date.now() : now);
  // A second more than said: Okta's time has no fractions.
  return Number.isNaN(wait) ? 60_000 : Math.max(wait, 0) + 1000;
}

const TOKEN_PATH = '/oauth2/v1/token';

function isAboutToken({ call }: AnswerProps, code: string | undefined): boolean {
  return call.path === TOKEN_PATH && code !== undefined;
}

function tokenRefusal(
  { credentials }: AnswerProps,
  okta: string,
  code: string | undefined,
): readonly [OktaErrorKind, string] {
  const scopes = credentials.kind === 'service-app' ? credentials.scopes.join(', ') : '';
  switch (code) {
    case 'invalid_scope':
      return [
        'forbidden',
        `Okta gives the service app no token (${okta}). Given: OKTA_API_SCOPES ${plain(scopes)}. Grant the app these scopes in Okta (Okta API Scopes), or ask for fewer.`,
      ];
    case 'invalid_dpop_proof':
      return [
        'unauthorized',
        `Okta gives the service app no token (${okta}): the app requires proof of possession (DPoP), which eks-access does not have. Turn it off in the app, or use an API token.`,
      ];
    default:
      return [
        'unauthorized',
        `Okta gives the service app no token (${okta}). Check OKTA_API_CLIENT_ID, and that the app has the public key of OKTA_API_PRIVATE_KEY, with the ID OKTA_API_PRIVATE_KEY_ID if it has several.`,
      ];
  }
}

const VARIABLES: Readonly<Record<OktaCredentials['kind'], string>> = {
  'api-token': 'OKTA_API_TOKEN',
  'access-token': 'OKTA_ACCESS_TOKEN',
  'service-app': 'OKTA_API_CLIENT_ID',
};

function unauthorizedText({ url, credentials }: AnswerProps, okta: string): string {
  return `Okta refuses the credentials (${okta}). Given: ${VARIABLES[credentials.kind]}. They have expired, were revoked, or are of another organization than ${url}.`;
}

function forbiddenText({ call, credentials, headers }: AnswerProps, okta: string): string {
  const scope = /\bscope="([^"]*)"/.exec(headers.get('www-authenticate') ?? '')?.[1];
  const isScope = credentials.kind !== 'api-token' && /insufficient_scope/.test(headers.get('www-authenticate') ?? '');
  const missing = isScope
    ? `The token lacks the scope ${plain(scope || 'that the call needs')}.`
    : `Given: ${VARIABLES[credentials.kind]}. It needs ${call.needs}.`;
  return `Okta does not allow ${callText(call)} (${okta}). ${missing}`;
}

/** A call as messages name it. */
function callText({ method, path }: OktaCall): string {
  return `${method} ${plain(path)}`;
}
