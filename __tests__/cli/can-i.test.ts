import { join } from 'node:path';
import { accessFiles, runCommandToEnd, SOUND } from './run-command';

const folder = accessFiles({ 'sound.json': SOUND });
const canI = (words: string) => runCommandToEnd('can-i', '--file', join(folder, 'sound.json'), ...words.split(' '));
const allowed = async (words: string) =>
  (JSON.parse((await canI(`${words} --json`)).stdout) as { allowed: boolean }).allowed;

describe('eks-access can-i', () => {
  test('says yes, and by which grant', async () => {
    expect(await canI('--cluster prod --groups eks-auditors --verb get --resource pods')).toEqual({
      stdout: expect.stringMatching(/^yes\nokta:eks-auditors has the ClusterRole view .*by grants\[1\]\): .*\n$/),
      exitCode: 0,
    });
  });

  test('says no with exit code 2, and with 0 if findings are fine', async () => {
    const words = '--cluster prod --groups eks-auditors --verb get --resource secrets';

    expect(await canI(words)).toEqual({ stdout: expect.stringMatching(/^no\n.*\n$/), exitCode: 2 });
    expect(await canI(`${words} --findings-ok`)).toEqual({ stdout: expect.stringMatching(/^no\n.*\n$/), exitCode: 0 });
  });

  test.each(['--cluster prod,dev', '--cluster prod --cluster dev'])(
    'answers for each cluster of %s',
    async (clusters) => {
      const question = '--groups eks-auditors --verb get --resource pods';

      expect((await canI(`${clusters} ${question}`)).exitCode).toBe(2);
      expect((await canI(`${clusters} ${question}`)).stdout).toMatch(
        /^prod: yes\n {2}okta:eks-auditors has .*\ndev: no\n {2}No rule allows .*\n$/,
      );
      expect(JSON.parse((await canI(`${clusters} ${question} --json`)).stdout)).toMatchObject([
        { cluster: 'prod', allowed: true, because: expect.any(String) },
        { cluster: 'dev', allowed: false, because: expect.any(String) },
      ]);
    },
  );

  test('escapes what would move the cursor of a terminal', async () => {
    const { stdout } = await canI(
      '--cluster prod --groups eks-auditors --verb get --resource secrets --name \u001b[2J',
    );

    expect(stdout).toBe('no\nNo rule allows get secrets named "\\u001b[2J" on the whole cluster\n');
  });

  test('prints JSON with exactly these keys', async () => {
    const { stdout, exitCode } = await canI('--cluster dev --groups eks-auditors --verb get --resource pods --json');

    const answer = JSON.parse(stdout) as { because: string };
    expect(stdout).toBe(`{\n  "allowed": false,\n  "because": ${JSON.stringify(answer.because)}\n}\n`);
    expect(exitCode).toBe(2);
  });

  test.each([
    ['--groups eks-auditors,eks-admins --verb delete --resource nodes', true],
    ['--groups eks-auditors --verb delete --resource nodes', false],
    ['--groups eks-auditors --verb get --resource pods/log --namespace team-b', true],
    ['--groups eks-auditors --verb create --resource pods/exec --namespace team-b', false],
    ['--groups eks-auditors --verb get --resource deployments --api-group apps', true],
    ['--groups eks-auditors --verb get --resource deployments', true],
    ['--groups eks-auditors --verb get --resource deployments --api-group example.com --unknown', false],
    ['--groups eks-admins --verb tickle --resource widgets.example.com --unknown', true],
    ['--groups eks-auditors --verb get --resource PODS.V1. --namespace team-b', true],
    ['--groups eks-auditors --verb get --resource ingresses.networking', true],
    ['--group eks-auditors --verb get --resource pods', true],
    ['--groups eks-auditors --verb get --resource deploy', true],
    ['--groups eks-auditors --verb get --resource po/log --namespace team-b', true],
    ['--groups eks-auditors --verb get --resource widgets.example.com --unknown', false],
    ['--groups eks-developers --verb get --resource pods --namespace team-a', true],
    ['--groups eks-developers --verb get --resource pods --namespace team-b', false],
    ['--groups eks-auditors --verb get --resource pods --name web-0 --namespace team-b', true],
    ['--groups eks-admins --url /debug/pprof', true],
    ['--groups eks-auditors --url /debug/pprof', false],
    ['--groups eks-auditors --url /healthz', true],
    ['--groups eks-auditors --url /healthz --verb post', false],
  ])('asks for %s', async (words, expected) => {
    expect(await allowed(`--cluster prod ${words}`)).toBe(expected);
  });

  test.each([
    ['team-a', true],
    ['team-b', false],
  ])('treats the namespace %s as an object in itself, as the API server does', async (name, expected) => {
    const words = `--cluster prod --groups eks-developers --verb get --resource namespaces --name ${name}`;

    expect(await allowed(words)).toBe(expected);
  });

  test.each([
    [
      'a cluster',
      '--cluster prd --groups eks-admins --url /healthz',
      "no cluster 'prd'. Did you mean 'prod'? It has dev, prod.",
    ],
    [
      'a group',
      '--cluster prod --groups eks-admins,eks-auditor --url /healthz',
      "no group 'eks-auditor'. Did you mean 'eks-auditors'? It has eks-admins, eks-auditors, eks-developers.",
    ],
    ['a group', '--cluster prod --groups x --url /healthz', "no group 'x'. It has eks-admins, eks-auditors"],
  ])('fails on %s that the file does not have', async (_, words, message) => {
    await expect(canI(words)).rejects.toThrow(message);
  });

  test.each([
    ['--verb delet --resource pods', "no verb 'delet'. Did you mean 'delete'?"],
    ['--verb get --resource deploymets', "no resource 'deploymets'. Did you mean 'deployments'?"],
    ['--verb get --resource pods/exce', "no subresource 'exce'. Did you mean 'exec'?"],
    ['--verb list --url /healthz', "no verb 'list'."],
    ['--url healthz', "'healthz' is not a path of the API server. A path starts with /"],
    [
      '--verb get --resource widgets.example.com',
      "No role of the file names 'widgets' in the API group 'example.com'.",
    ],
    ['--verb tickle --resource pods', "no verb 'tickle'."],
    [
      '--verb get --resource nodes --namespace team-a',
      'nodes are cluster-scoped, so they are not in a namespace. Omit --namespace; for one object, set --name.',
    ],
    [
      '--verb get --resource pods --namespace Team_A',
      "'Team_A' is not the name of a namespace: at most 63 characters from a-z, 0-9, and -.",
    ],
    // A variable of a shell that is not set.
    ['--verb get --resource pods --namespace=', "'' is not the name of a namespace"],
    ['--verb get --resource pods --name=', '--name is empty.'],
  ])('fails on unknown words, instead of saying no: %s', async (words, message) => {
    await expect(canI(`--cluster prod --groups eks-admins ${words}`)).rejects.toThrow(message);
  });

  test('fails on an empty login, instead of saying no', async () => {
    await expect(canI('--cluster prod --login= --verb get --resource pods')).rejects.toThrow('--login is empty.');
  });

  test('says that add-ons may give more, for a resource that is not one of Kubernetes', async () => {
    const words = '--cluster prod --verb get --resource widgets.example.com --unknown';

    expect((await canI(`${words} --groups eks-auditors`)).stdout).toBe(
      'no\nNo rule allows get widgets in example.com on the whole cluster. Add-ons may aggregate rules for example.com into view, edit, and admin, and the group has view: look at the cluster\n',
    );
  });

  const COMMAS = {
    ...SOUND,
    groups: { ...SOUND.groups, 'eks-a,b': {}, 'eks-a': {} },
    grants: [...SOUND.grants, { group: 'eks-a,b', role: 'edit', clusters: ['prod'], namespaces: ['team-a'] }],
  };
  const commas = accessFiles({ 'commas.json': COMMAS });
  const withCommas = async (groups: readonly string[]) =>
    (
      await runCommandToEnd(
        ...['can-i', '--file', join(commas, 'commas.json'), '--cluster', 'prod', '--verb', 'create'],
        ...['--resource', 'cm', '--namespace', 'team-a', ...groups.flatMap((group) => ['--groups', group])],
      )
    ).stdout.split('\n')[0];

  test.each([
    [['eks-a,b'], 'yes'],
    [['eks-auditors,eks-a,b'], 'yes'],
    [['eks-a,b,eks-auditors'], 'yes'],
    [['eks-auditors', ' eks-a,b '], 'yes'],
    [['eks-a'], 'no'],
    [['eks-a, eks-auditors'], 'no'],
  ])('reads the groups %j, whole names first', async (groups, answer) => {
    expect(await withCommas(groups)).toBe(answer);
  });

  test('fails on a part that is no group', async () => {
    await expect(withCommas(['eks-a,c'])).rejects.toThrow("The access file has no group 'c'.");
    await expect(withCommas([','])).rejects.toThrow('No group is named.');
  });

  test.each([
    ['ana@example.com --verb delete --resource nodes', 'yes', 0],
    ['ANA@example.com --verb delete --resource nodes', 'yes', 0],
    ['eve@example.com --verb delete --resource nodes', 'no', 2],
    ['eve@example.com --verb get --resource pods --namespace team-a', 'unknown', 2],
  ])('answers about the person %s', async (question, word, exitCode) => {
    const answer = await canI(`--cluster prod --login ${question}`);

    expect([answer.stdout.split('\n')[0], answer.exitCode]).toEqual([word, exitCode]);
  });

  test('prints null if it could not check who is in a group', async () => {
    const { stdout } = await canI(
      '--cluster prod --login eve@example.com --verb list --resource po --namespace team-a --json',
    );

    expect(JSON.parse(stdout)).toEqual({
      allowed: null,
      because: expect.stringMatching(/^Could not check: membership (by rule|from elsewhere)\. The members of /),
    });
  });

  const guarded = accessFiles({ 'guarded.json': { ...SOUND, guards: { secretDeletion: ['eks-auditors'] } } });

  test('prints the guard that refuses it all the same', async () => {
    const words = '--cluster prod --groups eks-admins --verb delete --resource secrets --json'.split(' ');

    const { stdout, exitCode } = await runCommandToEnd('can-i', '--file', join(guarded, 'guarded.json'), ...words);

    expect(JSON.parse(stdout)).toEqual({ allowed: true, because: expect.any(String), guard: 'secretDeletion' });
    expect(exitCode).toBe(0);
  });

  test('fails without groups and without a login', async () => {
    await expect(canI('--cluster prod --url /healthz')).rejects.toThrow('Set --groups or --login.');
  });

  test.each(['--verb get', '--resource pods'])('fails on half a question: %s', async (words) => {
    await expect(canI(`--cluster prod --groups eks-admins ${words}`)).rejects.toThrow(
      'The question is incomplete. Set --verb and --resource, or --url.',
    );
  });
});
