import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { AuthenticationConfig } from '../../authentication/authentication-config';
import { AccessError } from '../../constraints/access-error';
import { structuredAuthentication } from '../../sign-in/api-server-flags/structured-authentication';
import type { ApiClient } from './api-client';

const POLL_MS = 100;
/** The API server looks at its file at least once a minute. */
const MOST_MS = 150_000;
const RELOADS = /^apiserver_authentication_config_controller_automatic_reloads_total\{.*status="(\w+)".*\} (\d+)/gm;

/**
 * Writes the file with which an API server authenticates people.
 * @param config undefined for nobody.
 * @param caPem certificate authority of the issuer.
 */
export function writeAuthentication(file: string, config: AuthenticationConfig | undefined, caPem: string): void {
  writeFileSync(file, authentication(config, caPem));
}

/** Replaces the file of an API server that runs, and waits until it is in force. */
export async function changeAuthentication(
  file: string,
  config: AuthenticationConfig | undefined,
  { caPem, admin }: { readonly caPem: string; readonly admin: ApiClient },
): Promise<void> {
  const text = authentication(config, caPem);
  // The API server does not load the same text again.
  if (text === readFileSync(file, 'utf8')) return;
  const before = await reloads(admin);
  // The API server must never read half a file.
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
  for (const started = Date.now(); Date.now() - started < MOST_MS; await pause(POLL_MS)) {
    const after = await reloads(admin);
    if (after.success > before.success) return;
    if (after.failure > before.failure) {
      throw new AccessError(`The API server could not load ${file}. Its log has the reason.`);
    }
  }
  throw new AccessError(`The API server did not load ${file} within ${MOST_MS / 1000} s.`);
}

function authentication(config: AuthenticationConfig | undefined, caPem: string): string {
  return JSON.stringify(
    config === undefined
      ? { apiVersion: 'apiserver.config.k8s.io/v1', kind: 'AuthenticationConfiguration', jwt: [] }
      : structuredAuthentication(config, { certificateAuthority: caPem }),
  );
}

async function reloads(admin: ApiClient): Promise<{ success: number; failure: number }> {
  const { body } = await admin.request('GET', '/metrics');
  const counts = new Map([...String(body).matchAll(RELOADS)].map(([, status, count]) => [status, Number(count)]));
  return { success: counts.get('success') ?? 0, failure: counts.get('failure') ?? 0 };
}
