import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsError } from './aws-error';

/** An access key. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** @default - none: the key of a user */
  readonly sessionToken?: string;
}

/** A request as it arrived. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What a signature covers. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  /** Signing name of the service, such as `eks`. */
  readonly service: string;
}

interface Signature extends CredentialScope {
  /** Time of the signature, such as `20260102T030405Z`. */
  readonly date: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly sessionToken: string | undefined;
  /** Seconds for which a presigned URL is valid; undefined for a signature in the headers. */
  readonly expires: number | undefined;
}

/** For how long STS accepts a presigned URL, whatever the URL says. */
const STS_SECONDS = 15 * 60;
/** How far the clocks of client and service may differ. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

/**
 * The scope of a request, whose signature is right.
 * @param credentialsOf the credentials of an access key; undefined if it is unknown.
 * @param now milliseconds since 1970.
 * @throws AwsError 403 without a signature, with an unknown key, and if the signature is wrong or has expired.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function verifySignature(
  request: SignedRequest,
  credentialsOf: (accessKeyId: string) => AwsCredentials | undefined,
  now: number = Date.now(),
): Promise<CredentialScope> {
  const url = new URL(`http://localhost${request.url}`);
  const claimed = signatureInQuery(url) ?? signatureInHeaders(request.headers);
  if (claimed === undefined)
    throw refused('MissingAuthenticationTokenException', 'Missing Authentication Token: the request is not signed.');
  const credentials = credentialsOf(claimed.accessKeyId);
  if (credentials === undefined || credentials.sessionToken !== claimed.sessionToken)
    throw refused('UnrecognizedClientException', 'The security token included in the request is invalid.');
  verifyTime(claimed, now);
  verifyBody(request);
  const expected = await signatureOf(request, url, claimed, credentials);
  if (!isEqual(expected, claimed.signature)) {
    throw refused(
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    );
  }
  const { accessKeyId, region, service } = claimed;
  return { accessKeyId, region, service };
}

/** The scope that a request claims, for errors about requests whose signature is not right. */
export function claimedScope({ url, headers }: Pick<SignedRequest, 'url' | 'headers'>): CredentialScope | undefined {
  return signatureInQuery(new URL(`http://localhost${url}`)) ?? signatureInHeaders(headers);
}

function refused(type: string, message: string): AwsError {
  return new AwsError(403, type, message);
}

function signatureInHeaders(headers: IncomingHttpHeaders): Signature | undefined {
  const { authorization = '' } = headers;
  const [, credential, signedHeaders = '', signature = ''] =
    authorization.match(/^AWS4-HMAC-SHA256 Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})$/) ??
    [];
  return credential === undefined
    ? undefined
    : {
        ...scopeOf(credential),
        ...{ signedHeaders: signedHeaders.split(';'), signature },
        date: String(headers['x-amz-date'] ?? ''),
        sessionToken: headers['x-amz-security-token'] as string | undefined,
        expires: undefined,
      };
}

function signatureInQuery({ searchParams }: URL): Signature | undefined {
  const credential = searchParams.get('X-Amz-Credential');
  if (credential === null) return undefined;
  return {
    ...scopeOf(credential),
    signedHeaders: (searchParams.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: searchParams.get('X-Amz-Signature') ?? '',
    date: searchParams.get('X-Amz-Date') ?? '',
    sessionToken: searchParams.get('X-Amz-Security-Token') ?? undefined,
    expires: Number(searchParams.get('X-Amz-Expires') ?? Number.NaN),
  };
}

function scopeOf(credential: string): CredentialScope {
  const [accessKeyId = '', , region = '', service = ''] = credential.split('/');
  return { accessKeyId, region, service };
}

function verifyTime({ date, expires, service }: Signature, now: number): void {
  const signed = timeOf(date);
  const seconds = service === 'sts' ? STS_SECONDS : expires;
  const until = signed + (expires === undefined || seconds === undefined ? CLOCK_SKEW_MS : seconds * 1000);
  // NaN, for a time that cannot be read, is refused too.
  if (now <= until && signed <= now + CLOCK_SKEW_MS) return;
  throw refused('InvalidSignatureException', `Signature expired: ${date} is not within the time of the service.`);
}

/** Milliseconds since 1970 of a time such as `20260102T030405Z`. */
function timeOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

/** A signature covers the hash that a header names, so this hash has to be the one of the body. */
function verifyBody({ headers, body }: SignedRequest): void {
  const named = headers['x-amz-content-sha256'];
  if (named === undefined || named === createHash('sha256').update(body).digest('hex')) return;
  throw refused('InvalidSignatureException', 'The x-amz-content-sha256 header is not the hash of the body.');
}

async function signatureOf(
  { method, headers, body }: SignedRequest,
  { pathname, searchParams }: URL,
  { region, service, date, signedHeaders, expires }: Signature,
  credentials: AwsCredentials,
): Promise<string> {
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256, applyChecksum: false });
  const query = Object.fromEntries(
    [...new Set(searchParams.keys())]
      .filter((name) => expires === undefined || !/^X-Amz-/i.test(name))
      .map((name) => [name, searchParams.getAll(name)]),
  );
  const request = {
    ...{ method, protocol: 'http:', hostname: 'localhost', path: pathname, query },
    headers: Object.fromEntries(signedHeaders.map((name) => [name, String(headers[name] ?? '')])),
    ...(body.length > 0 && { body }),
  };
  const options = { signingDate: new Date(timeOf(date)), signableHeaders: new Set(signedHeaders) };
  if (expires === undefined) {
    const signed = await signer.sign(request, options);
    return signed.headers.authorization?.split('Signature=')[1] ?? '';
  }
  const signed = await signer.presign(request, { ...options, expiresIn: expires });
  return String(signed.query?.['X-Amz-Signature'] ?? '');
}

function isEqual(expected: string, given: string): boolean {
  return expected.length === given.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given));
}
