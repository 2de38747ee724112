import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineWith } from '../../../sign-in/doctor/machine';
import { tokenSource } from '../../../sign-in/doctor/token-in-use';
import { CLIENT, ISSUER, signInContext } from './context-with';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'doctor-home-'));
  mkdirSync(join(home, '.kube', 'cache', 'oidc-login'), { recursive: true });
});

afterEach(() => rmSync(home, { recursive: true }));

const token = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;

function cached(name: string, claims: object, more: object = {}, folder = '.kube/cache/oidc-login'): void {
  mkdirSync(join(home, folder), { recursive: true });
  writeFileSync(join(home, folder, name), JSON.stringify({ id_token: token(claims), ...more }));
}

const source = (args: readonly string[] = [], asked = false, context = signInContext(args)) =>
  tokenSource(() => context, machineWith({ HOME: home, PATH: home }, Date.now), asked);
const GOOD = { iss: ISSUER, aud: CLIENT };

describe('the token in the cache', () => {
  test('is the newest one of the issuer and the client of the kubeconfig', async () => {
    cached('a', { ...GOOD, iat: 1 });
    cached('b', { ...GOOD, aud: [CLIENT], iat: 3 }, { refresh_token: 'secret' });
    cached('c', { ...GOOD, iat: 2 });
    cached('d', { ...GOOD, aud: '0oa9', iat: 9 });
    cached('e', { ...GOOD, iss: `${ISSUER}/`, iat: 9 });

    const { claims, refreshes, from } = await source().token();

    expect({ claims, refreshes, from }).toEqual({
      ...{ claims: { ...GOOD, aud: [CLIENT], iat: 3 }, refreshes: true, from: 'the cache of kubelogin' },
    });
  });

  test('is in the folder that the kubeconfig names, also in the home directory', async () => {
    cached('a', { ...GOOD, iat: 1 }, {}, 'mine');

    expect((await source(['--token-cache-dir=~/mine']).token()).claims.iat).toBe(1);
    expect((await source([`--token-cache-dir=${home}/mine`]).token()).refreshes).toBe(false);
  });

  test.each([
    [[], 'The cache of kubelogin has no token of this issuer and client. Run it with --sign-in.'],
    [
      ['--token-cache-dir=/no/folder'],
      'The cache of kubelogin has no token of this issuer and client. Run it with --sign-in.',
    ],
    [
      ['--token-cache-storage=keyring'],
      'There is no token in a file (--token-cache-storage=keyring). Run it with --sign-in.',
    ],
  ])('could not be found with %j', async (args, message) => {
    await expect(source(args).token()).rejects.toMatchObject({ name: 'CouldNotCheck', message });
  });
});

describe('a new sign-in', () => {
  /** A kubelogin that does something. */
  function kubelogin(script: string): void {
    writeFileSync(join(home, 'kubectl-oidc_login'), `#!/bin/sh\n${script}\n`, { mode: 0o700 });
  }

  beforeEach(() => {
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  });

  afterEach(() => jest.restoreAllMocks());

  test('gives its token, and runs kubelogin with the arguments of the kubeconfig and without a cache', async () => {
    kubelogin(`echo "$@" > "${home}/arguments"\necho '{"status": {"token": "${token({ iat: 7 })}"}}'`);

    const { claims, from } = await source(['--oidc-extra-scope=email'], true).token();

    expect({ claims, from }).toEqual({ claims: { iat: 7 }, from: 'a new sign-in' });

    expect(readFileSync(join(home, 'arguments'), 'utf8')).toBe(
      `get-token --oidc-issuer-url=${ISSUER} --oidc-client-id=${CLIENT} --oidc-extra-scope=email --token-cache-storage=none\n`,
    );
  });

  test('that fails is a symptom, and gives no token', async () => {
    kubelogin('echo "error: access_denied User is not assigned to the client application." >&2; exit 1');
    const tokens = source([], true);

    const outcome = await tokens.signIn();

    expect(outcome?.symptom?.name).toBe('not-assigned');
    expect(outcome?.message).toBe('error: access_denied User is not assigned to the client application.');
    await expect(tokens.token()).rejects.toThrow('The sign-in gave no token (see sign-in).');
  });

  test('is made once, with the environment of the stanza', async () => {
    kubelogin(`echo "$MINE" >> "${home}/runs"`);
    const context = signInContext();
    const exec = { ...context.exec, environment: { MINE: 'yes' } };
    const tokens = source([], true, { ...context, exec: exec as never });

    await tokens.signIn();
    await tokens.signIn();

    expect(readFileSync(join(home, 'runs'), 'utf8')).toBe('yes\n');
  });

  test('does not run another program than kubelogin', async () => {
    writeFileSync(join(home, 'aws'), `#!/bin/sh\ntouch "${home}/ran"\n`, { mode: 0o700 });
    const context = signInContext();
    const exec = { ...context.exec, command: 'aws', args: ['eks', 'get-token'] };

    const signIn = source([], true, { ...context, exec: exec as never, call: undefined }).signIn();

    await expect(signIn).rejects.toThrow('The kubeconfig does not sign in with kubelogin.');
    expect(existsSync(join(home, 'ran'))).toBe(false);
  });
});
