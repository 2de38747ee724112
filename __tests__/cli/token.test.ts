import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenPreview } from '../../model/review/token-preview';
import type { TokenExplanation } from '../../sign-in/token/explain-token';
import { fakeIssuer } from '../authentication/fake-issuer';
import { accessFiles, runCommandToEnd, SOUND } from './run-command';

const folder = accessFiles({ 'sound.json': SOUND });
const FILE = ['--file', join(folder, 'sound.json')];
const explain = (...words: readonly string[]) => runCommandToEnd('token', 'explain', ...FILE, ...words);
const preview = (...words: readonly string[]) => runCommandToEnd('token', 'preview', ...FILE, ...words);

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

describe('eks-access token explain', () => {
  const cache = join(folder, 'cache');
  let token: string;

  beforeAll(async () => {
    mkdirSync(cache);
    token = await (await fakeIssuer()).sign({ exp: Math.floor(Date.now() / 1000) + 3600, aud: '0oa1' });
    writeFileSync(join(cache, 'entry'), JSON.stringify({ id_token: token }));
  });

  test('refuses a token as an argument, without repeating it', async () => {
    await expect(explain(token)).rejects.toThrow(
      'Do not pass a token as an argument: it would stay in the shell history, and other users of the machine could read it. Pipe it into the command, or use --cache.',
    );
  });

  test('refuses standard input for two things', async () => {
    await expect(runCommandToEnd('token', 'explain', '--file', '-', '--input-format', 'json')).rejects.toThrow(
      'Standard input is the token',
    );
  });

  test('is not certain of a token that nobody has checked', async () => {
    const flags = ['--client-id', 'prod=0oa1', '--issuer', 'https://okta.example/oauth2/eks'];
    const { stdout, exitCode } = await explain('--cache', cache, '--offline', '--cluster', 'prod', ...flags, '--json');

    const { signature, clusters } = JSON.parse(stdout) as TokenExplanation;
    expect(signature).toEqual({
      state: 'not checked',
      because: 'With --offline, nobody is asked for the keys. Add --jwks.',
    });
    expect(clusters.map(({ accepted, user }) => [accepted, user?.name])).toEqual([[null, 'okta:ana@example.com']]);
    expect(exitCode).toBe(2);
  });

  test('asks no issuer that only the token names', async () => {
    const { stdout } = await explain('--cache', cache, '--json');

    expect((JSON.parse(stdout) as TokenExplanation).signature).toEqual({
      state: 'not checked',
      because: 'The issuer is not known. Add --outputs, --aws, or --issuer.',
    });
  });
});

describe('eks-access token preview', () => {
  test('previews the token for every app of a person', async () => {
    const { stdout, exitCode } = await preview('--login', 'ana@example.com', '--json');

    const { login, apps } = JSON.parse(stdout) as TokenPreview;
    expect(login).toBe('ana@example.com');
    expect(apps.map(({ app, refused }) => [app, refused])).toEqual([
      ['dev', null],
      ['prod', null],
    ]);
    expect(exitCode).toBe(0);
  });

  test('ends with 2 if Okta would refuse one of the sign-ins', async () => {
    const { stdout, exitCode } = await preview('--login', 'zoe@example.com', '--cluster', 'dev');

    expect(stdout).toContain(
      'Okta refuses the sign-in: access_denied: User is not assigned to the client application.\n',
    );
    expect(exitCode).toBe(2);
  });
});
