import { connect } from 'node:tls';

/** Malformed requests, most of which HTTP clients refuse to send. */
export const STRANGE_REQUESTS: readonly string[] = [
  ...['GET', 'POST', 'OPTIONS'].flatMap((method) =>
    [
      '//',
      '///',
      'http://[',
      'https://localhost:x/',
      '*',
      '?',
      '/%zz',
      '/%',
      '/%c3%28',
      '/production/%zz',
      '/oauth2/%zz/v1/token',
      '/oauth2/aus1//[',
      '/oauth2/aus1//',
      '/oauth2/aus1/%zz',
      '/oauth2/aus1/v1/sign-in/%zz',
      '/oauth2/aus1/v1/authorize?%zz',
      '/oauth2/aus1/v1/authorize?client_id=eks&redirect_uri=http://[&response_type=code',
      '/oauth2/aus1/activate?user_code=%zz',
      '/oauth2/aus1/v1/token?client_id[a]=b&client_id[]=c',
      '/oauth2/__proto__/v1/token',
      '/login/signout//[',
    ].map((path) => `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`),
  ),
  'GET / HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n',
  'GET /oauth2/aus1/v1/authorize HTTP/1.1\r\nHost: [\r\nX-Forwarded-Host: [\r\nCookie: %zz=%zz; =;\r\nConnection: close\r\n\r\n',
  'POST /oauth2/aus1/v1/token HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{]',
  'POST /oauth2/aus1/v1/token HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic %%%\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\n%zz',
  'POST /production HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{',
  'POST /production HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'not even HTTP\r\n\r\n',
];

/** Sends raw text to a local HTTPS server and returns everything that it sends until the connection closes. */
export function rawAnswer(port: number, caPem: string, request: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: caPem }, () => socket.end(request));
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text;
    });
    // A reset is a valid answer.
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}
