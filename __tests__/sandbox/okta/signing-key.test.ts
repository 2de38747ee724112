import { makeSigningKeyAhead, signingKey } from '../../../sandbox/okta/signing-key';

const publicPart = async () => (await signingKey()).export({ format: 'jwk' }).n;

test('is an RSA key of 2048 bits', async () => {
  const key = await signingKey();

  expect(key.asymmetricKeyType).toBe('rsa');
  expect(key.asymmetricKeyDetails?.modulusLength).toBe(2048);
});

test('is another one each time, also after one was made ahead', async () => {
  makeSigningKeyAhead();
  makeSigningKeyAhead();

  const keys = [await publicPart(), await publicPart(), await publicPart()];

  expect(new Set(keys).size).toBe(3);
});
