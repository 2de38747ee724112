import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { oktaCredentials } from '../../../live/okta/okta-credentials';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const APP = {
  OKTA_API_CLIENT_ID: '0oa1',
  OKTA_API_PRIVATE_KEY: PEM,
  OKTA_API_SCOPES: 'okta.users.read,okta.groups.read',
};

test('are undefined without a variable', () => {
  expect(oktaCredentials({ OKTA_ORG_NAME: 'example', OKTA_API_TOKEN: '' })).toBeUndefined();
});

test('are the access token, the API token, and the service app, in this order', () => {
  const all = { ...APP, OKTA_API_TOKEN: '00a', OKTA_ACCESS_TOKEN: 'eyJ.a.b' };

  expect(oktaCredentials(all)).toEqual({ kind: 'access-token', token: 'eyJ.a.b' });
  expect(oktaCredentials({ ...all, OKTA_ACCESS_TOKEN: undefined })).toEqual({ kind: 'api-token', token: '00a' });
  expect(oktaCredentials(APP)).toMatchObject({
    ...{ kind: 'service-app', clientId: '0oa1', scopes: ['okta.users.read', 'okta.groups.read'] },
    privateKey: expect.objectContaining({ type: 'private' }),
  });
});

describe('a private key', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'key-'));
    writeFileSync(join(folder, 'key.pem'), PEM);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['with its line breaks', () => PEM],
    ['on one line', () => PEM.replaceAll('\n', '\\n')],
    ['in a file', () => join(folder, 'key.pem')],
  ])('is read %s', (_, value) => {
    expect(oktaCredentials({ ...APP, OKTA_API_PRIVATE_KEY: value() })).toMatchObject({ kind: 'service-app' });
  });

  test.each([
    ['no key', 'hunter2'],
    ['half a key', PEM.slice(0, 100)],
  ])('fails for %s, which the message does not repeat', (_, value) => {
    expect(() => oktaCredentials({ ...APP, OKTA_API_PRIVATE_KEY: value })).toThrow(
      /^The environment variable OKTA_API_PRIVATE_KEY is no private key in PEM, and no file with one \(\w+( \w+)?\)\.$/,
    );
  });
});

test('fails for an incomplete service app, with everything that is missing', () => {
  expect(() => oktaCredentials({ OKTA_API_CLIENT_ID: '0oa1' })).toThrow(
    'Missing in the environment: OKTA_API_PRIVATE_KEY, OKTA_API_SCOPES.',
  );
});

test.each(['OKTA_API_TOKEN', 'OKTA_ACCESS_TOKEN'])('fails for %s with a line break, without repeating it', (name) => {
  expect(() => oktaCredentials({ [name]: 'hunter2\n' })).toThrow(
    `The environment variable ${name} is not a token: it has a character that no token has, such as a space or a line break. Copy the token again.`,
  );
});
