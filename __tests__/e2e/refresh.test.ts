import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAccess } from '../../model';
import { httpsFetch } from '../../sandbox/https-fetch';
import type { RealWorld } from '../../sandbox/real-world';
import { signIn } from '../../sandbox/sign-in/authorization-code';
import { DAY } from '../day';
import { expireTokens } from './expire-tokens';
import { BUILD_TIMEOUT, person, realWorld, TIMEOUT } from './world';

const PERSON = 'eks-admins@demo.example';
const file = (signIn: object) => ({
  okta: { orgName: 'example' },
  groups: { 'eks-admins': {} },
  clusters: { prod: { kind: 'existing-eks', region: 'eu-west-1' } },
  grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
  signIn,
});
const LIST = ['get', 'namespaces'];

/** Replaces the cached ID token of a person with an expired one. */
function expireToken(world: RealWorld, login: string): Promise<void> {
  return expireTokens(world, join(world.folder, `${encodeURIComponent(login)}.tokens`));
}

/** Removes the browser of a person, so that they cannot sign in. */
function withoutBrowser(world: RealWorld, login: string): void {
  writeFileSync(join(world.folder, `${encodeURIComponent(login)}.browser`), '#!/bin/sh\nkill -TERM $PPID\n', {
    mode: 0o700,
  });
}

describe('with refresh tokens', () => {
  let world: RealWorld;
  beforeAll(async () => {
    world = await realWorld(readAccess(file({ refresh: { leeway: 0 } }), DAY));
  }, BUILD_TIMEOUT);
  afterAll(() => world?.close());

  test(
    'an expired ID token is renewed without the browser, but not for a person who left the group',
    async () => {
      const admin = person(world, PERSON);
      expect((await admin.kubectl('prod', LIST)).code).toBe(0);
      await expireToken(world, PERSON);
      withoutBrowser(world, PERSON);

      expect((await admin.kubectl('prod', LIST)).code).toBe(0);

      await expireToken(world, PERSON);
      world.organization.removeMember('eks-admins', PERSON);
      expect((await admin.kubectl('prod', LIST)).code).not.toBe(0);
      world.organization.addMember('eks-admins', PERSON);
    },
    TIMEOUT,
  );

  test(
    'a used refresh token is refused',
    async () => {
      const { issuerUrl, clientId } = world.clusters[0]?.authentication ?? { issuerUrl: '', clientId: '' };
      const { refreshToken = '' } = await signIn({
        ...{ issuerUrl, clientId, login: PERSON, password: world.password, caPem: world.issuer.caPem },
        scopes: ['openid', 'email', 'offline_access'],
      });
      const refresh = async () => {
        const body = new URLSearchParams({
          grant_type: 'refresh_token',
          client_id: clientId,
          refresh_token: refreshToken,
        });
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        const response = await httpsFetch(world.issuer.caPem)(`${issuerUrl}/v1/token`, {
          ...{ method: 'POST', headers, body: body.toString() },
        });
        return { status: response.status, ...((await response.json()) as { error?: string }) };
      };

      expect(await refresh()).toMatchObject({ status: 200 });
      expect(await refresh()).toMatchObject({ status: 400, error: 'invalid_grant' });
    },
    TIMEOUT,
  );
});

describe('without refresh tokens', () => {
  let world: RealWorld;
  beforeAll(async () => {
    world = await realWorld(readAccess(file({}), DAY));
  }, BUILD_TIMEOUT);
  afterAll(() => world?.close());

  test(
    'an expired ID token requires a new sign-in',
    async () => {
      const admin = person(world, PERSON);
      expect((await admin.kubectl('prod', LIST)).code).toBe(0);

      await expireToken(world, PERSON);
      expect((await admin.kubectl('prod', LIST)).code).toBe(0);

      await expireToken(world, PERSON);
      withoutBrowser(world, PERSON);
      expect((await admin.kubectl('prod', LIST)).code).not.toBe(0);
    },
    TIMEOUT,
  );
});
