import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveFacts } from '../../../live/facts/live-facts';
import { startHttpsServer } from '../../../sandbox/https-server';
import { createCertificateAuthority } from '../../../sandbox/okta/certificate-authority';
import type { DoctorWorld } from './doctor-world';
import type { Laptop } from './laptop';
import { type Breakage, onLaptop, withArguments } from './laptop-breakages';

/** Gives the kubeconfig and the outputs of the stacks another issuer. */
function issuerBecomes(laptop: Laptop, issuer: string): void {
  withArguments(laptop, (argument) => argument.replace(/^--oidc-issuer-url=.*/, `--oidc-issuer-url=${issuer}`));
  factsBecome(laptop, { issuerUrl: { value: issuer, source: 'the test' } });
}

export function factsBecome(laptop: Laptop, changes: Partial<LiveFacts>): void {
  laptop.facts = { ...laptop.facts, ...changes };
}

/** An issuer that stands for a broken one: what it answers by path. */
async function withStandIn(
  laptop: Laptop,
  { world }: DoctorWorld,
  answers: (issuer: string) => Readonly<Record<string, unknown>>,
): Promise<() => unknown> {
  const ca = await createCertificateAuthority();
  let port = 0;
  const issuer = () => `https://localhost:${port}/oauth2/aus1`;
  const server = await startHttpsServer(await ca.serverCertificate(), (request, response) => {
    const answer = answers(issuer())[request.url ?? ''];
    response.writeHead(answer === undefined ? 500 : 200, { 'content-type': 'application/json' });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  port = server.port;
  const file = join(world.folder, 'both.pem');
  writeFileSync(file, ca.caPem);
  appendFileSync(file, world.issuer.caPem);
  laptop.environment.SSL_CERT_FILE = file;
  issuerBecomes(laptop, issuer());
  return () => server.close();
}

const DISCOVERY = '/oauth2/aus1/.well-known/openid-configuration';

const discovery = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/v1/authorize`,
  jwks_uri: `${issuer}/v1/keys`,
});

export const ISSUER_BREAKAGES: readonly Breakage[] = [
  onLaptop('issuer-reachable', 'a host of Okta without an address', (laptop) =>
    issuerBecomes(laptop, 'https://okta.invalid/oauth2/aus1'),
  ),
  onLaptop('issuer-reachable', 'a proxy with a certificate that nobody trusts', (laptop) => {
    laptop.environment.SSL_CERT_FILE = '/dev/null';
  }),
  onLaptop('issuer-reachable', 'an authorization server that does not exist', (laptop) => {
    issuerBecomes(laptop, `${laptop.facts.issuerUrl?.value}other`);
  }),
  {
    name: 'an issuer that answers with a page',
    check: 'issuer-reachable',
    make: (laptop, world) => withStandIn(laptop, world, () => ({ [DISCOVERY]: '<html></html>' })),
  },
  {
    name: 'an issuer that takes another name for itself',
    check: 'issuer-identical',
    make: (laptop, world) =>
      withStandIn(laptop, world, (issuer) => ({
        [DISCOVERY]: { ...discovery(issuer), issuer: 'https://login.example.com/oauth2/aus1' },
        '/oauth2/aus1/v1/keys': { keys: [{ kty: 'oct', k: 'AAAA' }] },
      })),
  },
  {
    name: 'an issuer without keys',
    check: 'issuer-keys',
    make: (laptop, world) =>
      withStandIn(laptop, world, (issuer) => ({
        [DISCOVERY]: discovery(issuer),
        '/oauth2/aus1/v1/keys': { keys: [] },
      })),
  },
  {
    name: 'an issuer whose keys cannot be had',
    check: 'issuer-keys',
    make: (laptop, world) => withStandIn(laptop, world, (issuer) => ({ [DISCOVERY]: discovery(issuer) })),
  },
  onLaptop('authorize-request', 'an app that Okta does not have any more', (laptop) => {
    withArguments(laptop, (argument) => argument.replace(/^--oidc-client-id=.*/, '--oidc-client-id=0oagone'));
    factsBecome(laptop, { clientIds: new Map([['prod', { value: '0oagone', source: 'the test' }]]) });
  }),
  onLaptop('authorize-request', 'an app in Okta that does not allow the ports of the access file', (laptop, world) => {
    laptop.access = world.accessWith({ signIn: { redirectPorts: [28_124], refresh: { lifetime: '12h' } } });
    let first = true;
    withArguments(laptop, (argument) => {
      if (!argument.startsWith('--listen-address=')) return argument;
      const kept = first ? '--listen-address=127.0.0.1:28124' : undefined;
      first = false;
      return kept;
    });
  }),
];
