import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createCertificateAuthority } from '../../sandbox/okta/certificate-authority';

export interface TestServer {
  readonly url: string;
  readonly caPem: string;
  close(): Promise<void>;
}

/** An HTTPS server on a free port, with its own certificate authority. */
export async function httpsServer(listener: RequestListener): Promise<TestServer> {
  const authority = await createCertificateAuthority();
  const { certificatePem, keyPem } = await authority.serverCertificate();
  const server = createServer({ cert: certificatePem, key: keyPem }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    caPem: authority.caPem,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
