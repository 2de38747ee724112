import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

let ahead: Promise<KeyObject> | undefined;

/** Starts to make the next key on another thread. It takes a fifth of a second, for which a proof would wait. */
export function makeSigningKeyAhead(): void {
  ahead ??= newKey();
}

/** A new private key for the tokens of an authorization server. */
export function signingKey(): Promise<KeyObject> {
  const key = ahead ?? newKey();
  ahead = undefined;
  return key;
}

async function newKey(): Promise<KeyObject> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return privateKey;
}
