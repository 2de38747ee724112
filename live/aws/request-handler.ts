import { Readable } from 'node:stream';
import type { EKSClientConfig } from '@aws-sdk/client-eks';

/** How a client of the AWS SDK sends its requests. */
type RequestHandler = NonNullable<EKSClientConfig['requestHandler']>;

const CONNECTION_MILLISECONDS = 5000;
const REQUEST_MILLISECONDS = 20_000;

const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/** How clients of the AWS SDK send requests: with time limits, and through the proxy of the environment, as the AWS CLI does. */
export function requestHandler(): RequestHandler {
  return PROXY_VARIABLES.some((name) => process.env[name])
    ? (proxyHandler() as RequestHandler)
    : { connectionTimeout: CONNECTION_MILLISECONDS, requestTimeout: REQUEST_MILLISECONDS };
}

/** A signed request of the AWS SDK. */
interface SdkRequest {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PUT';
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** The SDK takes agents of Node.js only, which know the proxy of the environment from Node.js 24 on. */
function proxyHandler() {
  const { EnvHttpProxyAgent, request } = require('undici') as typeof import('undici');
  const connect = { timeout: CONNECTION_MILLISECONDS };
  const dispatcher = new EnvHttpProxyAgent({ connect, requestTls: connect });
  return {
    async handle({ method, protocol, hostname, port, path, query = {}, headers, body }: SdkRequest) {
      const { host: _host, 'content-length': _length, ...others } = headers;
      const answer = await request(
        `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}${queryText(query)}`,
        {
          ...{ dispatcher, method, headers: others, signal: AbortSignal.timeout(REQUEST_MILLISECONDS) },
          ...(body !== undefined && { body }),
        },
      );
      const answered = Object.entries(answer.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
      return {
        response: {
          statusCode: answer.statusCode,
          headers: Object.fromEntries(answered) as Record<string, string>,
          body: Readable.from(answer.body),
        },
      };
    },
    destroy: () => dispatcher.close(),
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  };
}

/** A query as the SDK signs it. */
function queryText(query: NonNullable<SdkRequest['query']>): string {
  const encoded = (text: string) =>
    encodeURIComponent(text).replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  const parts = Object.keys(query)
    .sort()
    .flatMap((name) => [query[name] ?? ''].flat().map((value) => `${encoded(name)}=${encoded(value)}`));
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
