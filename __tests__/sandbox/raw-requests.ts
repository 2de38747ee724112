import { connect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import fc from 'fast-check';

/** What a client sends to a server, and what it does then. */
export interface RawRequest {
  readonly text: string;
  /** Closes its half of the connection, leaves it open, or goes away without reading the answer. */
  readonly ending: 'close' | 'leave open' | 'go away';
}

/** Odd parts of URLs, headers, and bodies. */
const ODD = [
  '',
  '/',
  '//',
  '/%zz',
  '%',
  '/%c3%28',
  '[',
  '*',
  '?',
  '&',
  '=',
  '#',
  ';',
  '%00',
  '..',
  '\\',
  'é',
  '🙂',
  '{]',
  '"',
];
const NAMES = ['__proto__', 'constructor', 'toString', 'aus1', 'aus2', 'production', 'eks'];

const METHODS = [
  'GET',
  'POST',
  'PUT',
  'HEAD',
  'OPTIONS',
  'DELETE',
  'PATCH',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'M-SEARCH',
];
const ODD_METHODS = ['get', 'G E T', '', 'GET\t', 'X'.repeat(20_000), 'PRI', '\x16\x03\x01', 'GET\0'];

const TARGETS = [
  'http://[',
  'https://localhost:x/',
  'https://example.com/oauth2/aus1/.well-known/openid-configuration',
  '/oauth2/aus1/.well-known/openid-configuration',
  '/oauth2/aus1/v1/authorize',
  '/oauth2/aus1/v1/authorize?client_id=eks&redirect_uri=http://[&response_type=code',
  '/oauth2/aus1/v1/authorize?client_id=eks&redirect_uri=http://localhost:8000&response_type=code&scope=openid&nonce=n&state=s&code_challenge=c&code_challenge_method=S256',
  '/oauth2/aus1/v1/authorize/',
  '/oauth2/aus1/v1/token',
  '/oauth2/aus1/v1/keys',
  '/oauth2/aus1/v1/userinfo',
  '/oauth2/aus1/v1/revoke',
  '/oauth2/aus1/v1/device/authorize',
  '/oauth2/aus1/v1/sign-in/',
  '/oauth2/aus1/activate',
  '/oauth2/aus1/activate/',
  '/oauth2/',
  '/login/signout',
  '/api/v1/groups',
  '/api/v1/users/me',
  '/api/v1/apps?filter=x',
  '/oauth2/v1/token',
  '/.well-known/okta-organization',
  '/production',
];

const HEADERS = [
  'X-Forwarded-Host: [',
  'X-Forwarded-Proto: %',
  'Accept: text/html',
  'Accept: application/json',
  'Accept: ;;q=x,*',
  'Content-Type: application/x-www-form-urlencoded',
  'Content-Type: application/x-www-form-urlencoded; charset=x',
  'Content-Type: application/json',
  'Content-Type: ;',
  'Content-Encoding: gzip',
  'Content-Encoding: x',
  'Expect: 100-continue',
  'Expect: x',
  'Upgrade: websocket',
  'Upgrade: h2c',
  'Connection: upgrade',
  'Connection: keep-alive',
  'Authorization: Basic %%%',
  'Authorization: Basic ZWtzOg==',
  'Authorization: Bearer',
  'Authorization: Bearer x',
  'DPoP: e30.e30.e30',
  'Authorization: SSWS',
  'Authorization: SSWS x',
  'Cookie: okta_stand_in_session=x; okta_stand_in_sign_in=y; okta_stand_in_resume=z',
  'Cookie: okta_stand_in_session=__proto__',
  'Cookie: %zz=%zz; =;',
  'Origin: null',
  'Origin: [',
  'Range: bytes=9-1',
  'Access-Control-Request-Method: x',
];

const ODD_HEADERS = [
  'Host: [',
  'Host: example.com',
  'Host:',
  'Content-Length: -1',
  'Content-Length: 1e3',
  'Content-Length: 3',
  'Content-Length: 99999999999999999999',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: x',
  'Transfer-Encoding: chunked, x',
  'No colon',
  ' : folded',
  ': no name',
  'X: \x01',
  `X: ${'x'.repeat(20_000)}`,
];

const BODIES = [
  'zz\r\n',
  '5\r\nabc',
  '-1\r\n\r\n',
  'ffffffffffffffff\r\n',
  '3\r\nabc\r\n0\r\n\r\n',
  '3;a="b\r\nabc\r\n0\r\nX\r\n\r\n',
  '{"spec":{"token":1}}',
  '{"spec":null}',
  'null',
  'grant_type=authorization_code&client_id=eks&code=x&redirect_uri=[&code_verifier=y',
  'grant_type=refresh_token&client_id=eks&refresh_token=x',
  'grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=eks&device_code=x',
  'grant_type=__proto__&client_id=eks',
  'client_id=eks&client_id=eks&scope=openid',
  'client_id[a]=b&client_id[]=c&scope[__proto__]=d',
  'token=x&client_id=eks&token_type_hint=y',
  'xsrf=x&user_code=y&confirm=yes',
  'grant_type=client_credentials&client_assertion=a.b.c',
  'username=%zz&password=%zz',
  '\0\xff\xfe',
  'x'.repeat(70_000),
  '['.repeat(50_000),
];

/** Requests with odd methods, targets, headers, and bodies, many of which HTTP clients refuse to send. */
export function rawRequest(): fc.Arbitrary<RawRequest> {
  const odd = fc.array(fc.constantFrom(...ODD, ...NAMES), { maxLength: 3 }).map((parts) => parts.join(''));
  const method = oftenOf(fc.constantFrom('GET', 'POST', ...METHODS), fc.constantFrom(...ODD_METHODS));
  const target = oftenOf(
    fc.tuple(fc.constantFrom(...TARGETS), oftenOf(fc.constant(''), odd)).map((parts) => parts.join('')),
    fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 20 })),
  );
  const version = oftenOf(
    fc.constant('HTTP/1.1'),
    fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTTP/x', 'x', ''),
  );
  const body = fc.oneof(fc.constant(''), fc.constantFrom(...BODIES), fc.string({ unit: 'binary', maxLength: 20 }));
  const header = fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(...HEADERS) },
    { weight: 3, arbitrary: fc.constantFrom(...ODD_HEADERS) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  );
  const headers = fc.array(header, { maxLength: 3 }).map((list) => ['Host: localhost', ...list]);
  const text = fc
    .record({ method, target, version, headers, body, hasLength: fc.boolean() })
    .map(({ method, target, version, headers, body, hasLength }) =>
      [
        `${method} ${target} ${version}`,
        ...headers,
        ...(hasLength ? [`Content-Length: ${Buffer.byteLength(body)}`] : []),
        '',
        body,
      ].join('\r\n'),
    );
  const cutText = fc
    .tuple(text, fc.double({ min: 0.05, max: 1, noNaN: true }))
    .map(([whole, share]) => whole.slice(0, Math.ceil(whole.length * share)));
  return fc.record({
    text: oftenOf(text, cutText),
    ending: oftenOf(fc.constant('close' as const), fc.constantFrom('leave open' as const, 'go away' as const)),
  });
}

function oftenOf<Value>(often: fc.Arbitrary<Value>, seldom: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 8, arbitrary: often }, { weight: 1, arbitrary: seldom });
}

/** Sends requests to a local HTTPS server. */
export class RawClient {
  private readonly secureContext: SecureContext;
  private readonly sockets = new Set<TLSSocket>();
  private session?: Buffer;

  constructor(
    private readonly port: number,
    caPem: string,
  ) {
    this.secureContext = createSecureContext({ ca: caPem });
  }

  /** Everything that the server sends until the connection closes; nothing if the client does not wait for it. */
  answer({ text, ending }: RawRequest): Promise<string> {
    return new Promise((resolve) => {
      let answer = '';
      const { port, secureContext, session } = this;
      const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', secureContext, session }, () => {
        if (ending === 'close') socket.end(text);
        else socket.write(text, () => (ending === 'go away' ? socket.destroy() : resolve('')));
      });
      this.sockets.add(socket);
      socket.on('session', (given) => {
        this.session = given;
      });
      socket.setEncoding('utf8').on('data', (part) => {
        answer += part;
      });
      // The server may reset a connection after its answer.
      socket.on('error', () => {});
      socket.on('close', () => {
        this.sockets.delete(socket);
        resolve(answer);
      });
    });
  }

  /** Sends requests, 16 at a time. Returns those that waited for an answer and got none. */
  async unanswered(requests: readonly RawRequest[]): Promise<readonly RawRequest[]> {
    const unanswered: RawRequest[] = [];
    const queue = requests.values();
    const sendOneByOne = async () => {
      for (const request of queue) {
        const isAnswered = /^HTTP\/1\.1 \d{3} /.test(await this.answer(request));
        if (request.ending === 'close' && !isAnswered) unanswered.push(request);
      }
    };
    await Promise.all(Array.from({ length: 16 }, sendOneByOne));
    return unanswered;
  }

  /** Closes the connections that were left open. */
  close(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}
