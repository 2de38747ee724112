import { randomUUID } from 'node:crypto';
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { RequestError, startHttpServer } from '../https-server';
import { AwsError, invalidParameter } from './aws-error';
import type { Eks } from './eks/eks';
import { operationOf } from './eks/operations';
import type { AwsIdentities } from './identities';
import { type CredentialScope, claimedScope, type SignedRequest, verifySignature } from './signature';

export interface AwsServerProps {
  readonly eks: Eks;
  readonly identities: AwsIdentities;
  /**
   * URL of the server for every service but EKS.
   * @default - there are no other services
   */
  readonly others?: string;
}

/** The endpoint of every service of the local AWS. */
export interface AwsServer {
  readonly url: string;
  close(): Promise<void>;
}

const MOST_BYTES = 1_000_000;

/**
 * Starts the endpoint of the local AWS: it checks the signature of every request, answers those for EKS, and forwards
 * the others. It has no TLS, which clients do not need for an address of this machine.
 */
export async function startAwsServer(props: AwsServerProps): Promise<AwsServer> {
  const repeated = new Map<string, Answer>();
  const server = await startHttpServer(async (message, response) => {
    const request = await received(message);
    try {
      const scope = await verifySignature(request, (id) => props.identities.credentialsOf(id));
      if (scope.service === 'eks') send(response, await eksAnswer(request, scope, props, repeated));
      else await forward(request, response, props);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      send(response, errorAnswer(error, request));
    }
  });
  return { url: `http://127.0.0.1:${server.port}`, close: server.close };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

async function received(message: IncomingMessage): Promise<SignedRequest> {
  const parts: Buffer[] = [];
  let length = 0;
  // Destroying the request would close the connection before the answer.
  for await (const part of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MOST_BYTES) throw new RequestError(413, `The body has more than ${MOST_BYTES} bytes.`);
    parts.push(part);
  }
  const { method = '', url = '', headers } = message;
  return { method, url, headers, body: Buffer.concat(parts) };
}

async function eksAnswer(
  { method, url, body }: SignedRequest,
  { accessKeyId, region }: CredentialScope,
  { eks, identities }: AwsServerProps,
  repeated: Map<string, Answer>,
): Promise<Answer> {
  const { pathname, searchParams } = new URL(`http://localhost${url}`);
  const { operation, path } = operationOf(method, pathname);
  const identity = await identities.identityOf(accessKeyId);
  const { arn, actions } = identity;
  const action = `eks:${operation.name}`;
  if (actions !== undefined && !actions.includes(action)) {
    throw new AwsError(403, 'AccessDeniedException', `User: ${arn} is not authorized to perform: ${action}`);
  }
  const [, , , , account = ''] = arn.split(':');
  const input = parsed(body);
  // A client that lost the answer sends the same token again.
  const token = (input as { clientRequestToken?: unknown }).clientRequestToken;
  const key = token === undefined ? undefined : `${account} ${region} ${pathname} ${token}`;
  const before = key === undefined ? undefined : repeated.get(key);
  if (before !== undefined) return before;
  const caller = { arn, account, region };
  const answer = jsonAnswer(200, operation.answer(eks, { caller, path, query: searchParams, body: input }));
  if (key !== undefined) repeated.set(key, answer);
  return answer;
}

function parsed(body: Buffer): object {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Told below.
  }
  throw new AwsError(400, 'SerializationException', 'The body is not a JSON object.');
}

function jsonAnswer(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...headers },
    body: JSON.stringify(body),
  };
}

/** An error in the form of the protocol of the service: services that are asked with a form answer with XML. */
function errorAnswer({ status, type, message, details }: AwsError, request: SignedRequest): Answer {
  const service = claimedScope(request)?.service;
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  if (service === 'eks' || !(isForm || request.method === 'GET')) {
    return jsonAnswer(status, { ...details, __type: type, message }, { 'x-amzn-errortype': type });
  }
  const code = type.replace(/Exception$/, '').replace('UnrecognizedClient', 'InvalidClientTokenId');
  const error = `<Code>${code}</Code><Message>${escapedXml(message)}</Message>`;
  const body =
    service === 'ec2'
      ? `<Response><Errors><Error>${error}</Error></Errors></Response>`
      : `<ErrorResponse><Error><Type>Sender</Type>${error}</Error></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function escapedXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers).end(body);
}

/** Sends a request on as it is. New access keys in the answer are valid from then on, deleted ones no longer. */
async function forward(
  { method, url, headers, body }: SignedRequest,
  response: ServerResponse,
  { others, identities }: AwsServerProps,
): Promise<void> {
  if (others === undefined) throw invalidParameter('The local AWS has EKS only.');
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(`${others}${url}`, { method, headers }, resolve).on('error', reject).end(body);
  });
  const content = Buffer.concat(await answer.toArray());
  if (answer.statusCode === 200) {
    identities.learn(content.toString('utf8'));
    const deleted = deletedKey(headers, body);
    if (deleted !== undefined) identities.forget(deleted);
  }
  const { 'transfer-encoding': _, ...rest } = answer.headers;
  response.writeHead(answer.statusCode ?? 500, { ...rest, 'content-length': content.length }).end(content);
}

/** The access key that a call of IAM deletes; undefined for another call. */
function deletedKey({ 'content-type': type = '' }: SignedRequest['headers'], body: Buffer): string | undefined {
  if (!type.startsWith('application/x-www-form-urlencoded')) return undefined;
  const form = new URLSearchParams(body.toString('utf8'));
  return form.get('Action') === 'DeleteAccessKey' ? (form.get('AccessKeyId') ?? undefined) : undefined;
}
