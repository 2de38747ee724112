import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { savedKeys, type TokenKeys } from '../../authentication/token-keys';
import { certificateBlocks } from '../../live/facts/fact-finding';
import { type HttpsAnswer, httpsRequest, NoAnswerError } from '../../live/https-request';
import { isObject } from '../../model/file/is-object';
import { CouldNotCheck } from './doctor-check';
import type { KubeconfigContext } from './kubeconfigs';
import type { Machine } from './machine';
import { once } from './once';
import { trustedRoots } from './trusted-roots';

/** What the discovery of an issuer says. */
export interface Discovery {
  readonly url: string;
  readonly issuer: string;
  readonly keysUrl: string;
  readonly authorizeUrl: string;
  /** When the issuer answered, by its own clock, in milliseconds since 1970; undefined if it does not say it. */
  readonly issuerTime: number | undefined;
  /** When it answered, by the clock of this machine. */
  readonly ownTime: number;
}

/** Why there is no discovery document. */
export interface NoDiscovery {
  readonly kind: 'unreachable' | 'certificate' | 'not known' | 'not found' | 'malformed';
  /** A part of a sentence. */
  readonly because: string;
}

/** What the issuer of a kubeconfig answers to kubelogin. */
export interface IssuerAnswers {
  discovery(): Promise<Discovery | NoDiscovery>;
  /** @throws CouldNotCheck without a discovery document */
  foundDiscovery(): Promise<Discovery>;
  /** The answer to a request for the keys. @throws CouldNotCheck without a discovery document */
  keySet(): Promise<HttpsAnswer | NoAnswerError>;
  /** The keys as an API server reads them. @throws CouldNotCheck if they cannot be had */
  keys(): Promise<TokenKeys>;
  /** What the issuer answers to the start of a sign-in without a person. @throws CouldNotCheck */
  authorize(port: number): Promise<HttpsAnswer>;
}

/** Asks the issuer of a kubeconfig as kubelogin does. Each question is asked once. */
export function issuerAnswers(context: () => KubeconfigContext, machine: Machine): IssuerAnswers {
  const roots = once(() => {
    const { pem, complete } = trustedRoots({ ...machine.environment, ...context().exec?.environment });
    const skips = context().call?.flags.has('insecure-skip-tls-verify') === true;
    return { pem: [...pem, ...ownAuthorities(context())], complete: complete && !skips };
  });
  const ask = (url: string) => httpsRequest(url, { ca: roots().pem, headers: { accept: 'application/json' } });
  const discovery = once(async () => {
    const { issuer } = context();
    if (issuer === undefined) throw new CouldNotCheck('The kubeconfig names no issuer.');
    return discoveryOf(issuer, ask, { machine, complete: roots().complete });
  });
  const foundDiscovery = async () => {
    const found = await discovery();
    if ('because' in found) throw new CouldNotCheck(`The issuer gives no discovery document (see issuer-reachable).`);
    return found;
  };
  const keySet = once(async () => {
    const { keysUrl } = await foundDiscovery();
    try {
      return await ask(keysUrl);
    } catch (error) {
      if (error instanceof NoAnswerError) return error;
      throw error;
    }
  });
  return {
    ...{ discovery, foundDiscovery, keySet },
    keys: once(async () => {
      const answer = await keySet();
      if (answer instanceof NoAnswerError || answer.status !== 200) {
        throw new CouldNotCheck('The keys of the issuer could not be read (see issuer-keys).');
      }
      return savedKeys(answer.body);
    }),
    async authorize(port) {
      const { authorizeUrl } = await foundDiscovery();
      return ask(authorizeRequest(authorizeUrl, context(), port));
    },
  };
}

/** The authorities that the arguments of kubelogin add. */
function ownAuthorities({ call }: KubeconfigContext): readonly string[] {
  const files = call?.flags.get('certificate-authority') ?? [];
  const data = call?.flags.get('certificate-authority-data') ?? [];
  return [
    ...files.flatMap((file) => {
      try {
        return certificateBlocks(readFileSync(file, 'utf8'));
      } catch {
        return [];
      }
    }),
    ...data.flatMap((text) => certificateBlocks(Buffer.from(text, 'base64').toString('utf8'))),
  ];
}

async function discoveryOf(
  issuer: string,
  ask: (url: string) => Promise<HttpsAnswer>,
  { machine, complete }: { readonly machine: Machine; readonly complete: boolean },
): Promise<Discovery | NoDiscovery> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:')
    return { kind: 'malformed', because: 'the issuer is no https URL' };
  let answer: HttpsAnswer;
  try {
    answer = await ask(url);
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    const isCertificate = error.kind === 'certificate';
    // kubelogin trusts what the operating system trusts, which only Linux has in files, or everything.
    const kind = isCertificate ? (complete ? 'certificate' : 'not known') : 'unreachable';
    return { kind, because: error.message };
  }
  const { status, headers, body } = answer;
  if (status === 404) return { kind: 'not found', because: `${url} answers with status 404` };
  if (status !== 200) return { kind: 'unreachable', because: `${url} answers with status ${status}` };
  const document = jsonObject(body);
  if (document === undefined)
    return { kind: 'malformed', because: `${url} answers with something else than a JSON object` };
  const date = Date.parse(headers.date ?? '');
  return {
    url,
    issuer: String(document.issuer ?? ''),
    keysUrl: String(document.jwks_uri ?? ''),
    authorizeUrl: String(document.authorization_endpoint ?? ''),
    issuerTime: Number.isNaN(date) ? undefined : date,
    ownTime: machine.now(),
  };
}

/** The object in a JSON text; undefined if there is none. */
export function jsonObject(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The URL that kubelogin opens in a browser, with `prompt=none`: Okta checks the request, and ends it instead of showing a
 * sign-in page.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
 */
function authorizeRequest(authorizeUrl: string, { call, clientId }: KubeconfigContext, port: number): string {
  const flags = call?.flags ?? new Map<string, readonly string[]>();
  const url = new URL(authorizeUrl);
  const verifier = randomBytes(32).toString('base64url');
  const parameters = {
    ...{ client_id: clientId ?? '', response_type: 'code', prompt: 'none' },
    redirect_uri: redirectUri(flags, port),
    scope: ['openid', ...(flags.get('oidc-extra-scope') ?? [])].join(' '),
    ...{ state: randomBytes(16).toString('base64url'), nonce: randomBytes(16).toString('base64url') },
    ...(flags.get('oidc-pkce-method')?.at(-1) !== 'no' && {
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** The address to which Okta sends a person back. */
export function redirectUri(flags: ReadonlyMap<string, readonly string[]>, port: number): string {
  const whole = flags.get('oidc-redirect-url')?.at(-1);
  return whole ?? `http://${flags.get('oidc-redirect-url-hostname')?.at(-1) ?? 'localhost'}:${port}`;
}
