import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RealWorld } from '../../sandbox/real-world';

/** Replaces the cached ID tokens in a folder with expired ones, as they would be an hour later. */
export async function expireTokens({ issuer, clusters }: RealWorld, folder: string): Promise<void> {
  const { issuerUrl } = clusters[0]?.authentication ?? { issuerUrl: '' };
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8');
    // kubelogin's lock file is empty.
    if (text === '') continue;
    const kept = JSON.parse(text);
    const claims = JSON.parse(Buffer.from(kept.id_token.split('.')[1], 'base64url').toString());
    const past = Math.floor(Date.now() / 1000) - 60;
    kept.id_token = await issuer.signForTest(issuerUrl.split('/').at(-1) as string, { ...claims, exp: past });
    writeFileSync(join(folder, name), JSON.stringify(kept));
  }
}
