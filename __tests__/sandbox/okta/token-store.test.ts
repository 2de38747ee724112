import { TokenStore } from '../../../sandbox/okta/token-store';

describe('the token store', () => {
  const store = () => new TokenStore(() => 0);

  afterEach(() => jest.restoreAllMocks());

  function pass(seconds: number): void {
    const now = Date.now() + seconds * 1000;
    jest.restoreAllMocks();
    jest.spyOn(Date, 'now').mockImplementation(() => now);
  }

  test('separates models', async () => {
    const tokens = store();
    await tokens.adapter('AccessToken').upsert('id', { scope: 'a' }, 60);

    expect(await tokens.adapter('AccessToken').find('id')).toEqual({ scope: 'a' });
    expect(await tokens.adapter('RefreshToken').find('id')).toBeUndefined();
  });

  test('drops an entry when it expires, to the second', async () => {
    const grants = store().adapter('Grant');
    await grants.upsert('id', {}, 60);

    pass(59);
    expect(await grants.find('id')).toEqual({});
    pass(1);
    expect(await grants.find('id')).toBeUndefined();
  });

  test('frees the memory of expired entries within a minute', async () => {
    const tokens = store();
    const codes = tokens.adapter('AuthorizationCode');
    for (let number = 0; number < 100; number++) await codes.upsert(`code-${number}`, { grantId: 'grant' }, 60);
    pass(61);

    await codes.upsert('new', {}, 60);

    expect(JSON.stringify(mapSizes(tokens))).toBe('{"entries":1,"keysOfGrants":0}');
  });

  test('keeps the newest 10 000 entries, so that requests cannot fill the memory', async () => {
    const tokens = store();
    const interactions = tokens.adapter('Interaction');
    for (let number = 0; number <= 10_000; number++)
      await interactions.upsert(`${number}`, { grantId: `${number}` }, 60);

    expect(await interactions.find('0')).toBeUndefined();
    expect(await interactions.find('1')).toBeDefined();
    expect(await interactions.find('10000')).toBeDefined();
    expect(JSON.stringify(mapSizes(tokens))).toBe('{"entries":10000,"keysOfGrants":10000}');
  });

  test('finds entries by user code and by the uid of a session', async () => {
    const tokens = store();
    await tokens.adapter('DeviceCode').upsert('one', { userCode: 'AAAA', scope: 'one' }, 60);
    await tokens.adapter('DeviceCode').upsert('two', { userCode: 'BBBB', scope: 'two' }, 60);
    await tokens.adapter('Session').upsert('three', { uid: 'uid' }, 60);

    expect(await tokens.adapter('DeviceCode').findByUserCode('BBBB')).toMatchObject({ scope: 'two' });
    expect(await tokens.adapter('DeviceCode').findByUserCode('CCCC')).toBeUndefined();
    expect(await tokens.adapter('Session').findByUid('uid')).toEqual({ uid: 'uid' });
    pass(60);
    expect(await tokens.adapter('DeviceCode').findByUserCode('BBBB')).toBeUndefined();
  });

  test('drops the entries of a revoked grant only', async () => {
    const tokens = store();
    await tokens.adapter('AccessToken').upsert('id', { grantId: 'one' }, 60);
    await tokens.adapter('RefreshToken').upsert('id', { grantId: 'one' }, 60);
    await tokens.adapter('AccessToken').upsert('other', { grantId: 'two' }, 60);

    await tokens.adapter('AccessToken').revokeByGrantId('one');

    expect(await tokens.adapter('AccessToken').find('id')).toBeUndefined();
    expect(await tokens.adapter('RefreshToken').find('id')).toBeUndefined();
    expect(await tokens.adapter('AccessToken').find('other')).toEqual({ grantId: 'two' });
  });

  test('keeps an entry consumed when it is saved again', async () => {
    const codes = store().adapter('AuthorizationCode');
    await codes.upsert('id', {}, 60);
    await codes.consume('id');

    await codes.upsert('id', {}, 60);

    expect(await codes.find('id')).toEqual({ consumed: true });
  });

  function mapSizes(tokens: TokenStore): Record<string, number> {
    const maps = Object.entries(tokens).filter(
      (entry): entry is [string, Map<unknown, unknown>] => entry[1] instanceof Map,
    );
    return Object.fromEntries(maps.map(([name, map]) => [name, map.size]));
  }
});
