import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AccessError } from '../../constraints/access-error';
import { type ChildProcess, startChildProcess } from '../child-process';
import { freePort } from '../free-port';
import type { AwsCredentials } from './signature';

/** Every service of AWS that moto has. It believes any signature, so only the endpoint of the local AWS may ask it. */
export interface Moto {
  readonly url: string;
  readonly process: ChildProcess;
  /** Makes a user of an account, and an access key for it. */
  createUser(name: string, account: string): Promise<AwsCredentials>;
  /** The ARN of the user or session that has an access key. */
  arnOf(accessKeyId: string): Promise<string>;
}

const POLL_MS = 100;
const MOST_ATTEMPTS = 3;

/** Starts moto on a free port of 127.0.0.1 and waits until it is ready. @see https://docs.getmoto.org/en/latest/docs/server_mode.html */
export async function startMoto(python: string, folder: string): Promise<Moto> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnFreePort(python, folder);
    } catch (error) {
      // Another program can take the port before moto does.
      if (attempt === MOST_ATTEMPTS || !(error as Error).message.includes('in use')) throw error;
    }
  }
}

async function startOnFreePort(python: string, folder: string): Promise<Moto> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const process = startChildProcess({
    command: python,
    args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
    folder,
    log: join(folder, 'moto.log'),
    // Terraform attaches policies of AWS to the role of a cluster.
    env: { MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
  });
  try {
    await Promise.race([ready(url), process.failed]);
  } catch (error) {
    await process.stop();
    throw error;
  }
  return {
    ...{ url, process },
    async createUser(name, account) {
      // Moto takes the account from the access key, such as that of a session of a role in it.
      const roleArn = `arn:aws:iam::${account}:role/${name}`;
      const assume = { Action: 'AssumeRole', Version: '2011-06-15', RoleArn: roleArn, RoleSessionName: name };
      const session = field(await call(url, 'sts', 'none', assume), 'AccessKeyId');
      await call(url, 'iam', session, { Action: 'CreateUser', Version: '2010-05-08', UserName: name });
      const key = await call(url, 'iam', session, { Action: 'CreateAccessKey', Version: '2010-05-08', UserName: name });
      return { accessKeyId: field(key, 'AccessKeyId'), secretAccessKey: field(key, 'SecretAccessKey') };
    },
    async arnOf(accessKeyId) {
      return field(await call(url, 'sts', accessKeyId, { Action: 'GetCallerIdentity', Version: '2011-06-15' }), 'Arn');
    },
  };
}

async function ready(url: string): Promise<void> {
  for (;;) {
    try {
      if ((await fetch(`${url}/moto-api/`)).ok) return;
    } catch {
      // The server is still starting.
    }
    await pause(POLL_MS);
  }
}

/** A call with an access key. Moto finds the service in the signature, which it does not check. */
async function call(
  url: string,
  service: string,
  accessKeyId: string,
  form: Readonly<Record<string, string>>,
): Promise<string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const response = await fetch(url, { method: 'POST', headers: { authorization }, body: new URLSearchParams(form) });
  const text = await response.text();
  if (!response.ok) throw new AccessError(`Moto answered ${response.status} for ${form.Action}: ${text}`);
  return text;
}

function field(xml: string, name: string): string {
  const value = xml.match(new RegExp(`<${name}>([^<]+)</${name}>`))?.[1];
  if (value === undefined) throw new AccessError(`Moto gave no ${name}: ${xml}`);
  return value;
}
