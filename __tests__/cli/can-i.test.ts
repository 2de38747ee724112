import { join } from 'node:path';
import { accessFiles, runCommand, SOUND } from './run-command';

const folder = accessFiles({ 'sound.json': SOUND });
const canI = (words: string) => runCommand('can-i', '--file', join(folder, 'sound.json'), ...words.split(' '));
const allowed = (words: string) => (JSON.parse(canI(`${words} --json`).stdout) as { allowed: boolean }).allowed;

describe('eks-access can-i', () => {
  test('says yes, and by which grant', () => {
    expect(canI('--cluster prod --group eks-auditors --verb get --resource pods')).toEqual({
      stdout: expect.stringMatching(/^yes\nokta:eks-auditors has the ClusterRole view .*by grants\[1\]\): .*\n$/),
      exitCode: 0,
    });
  });

  test('says no with exit code 0, because that is an answer', () => {
    expect(canI('--cluster prod --group eks-auditors --verb get --resource secrets')).toEqual({
      stdout: expect.stringMatching(/^no\n.*\n$/),
      exitCode: 0,
    });
  });

  test.each(['--cluster prod,dev', '--cluster prod --cluster dev'])('answers for each cluster of %s', (clusters) => {
    const question = '--group eks-auditors --verb get --resource pods';

    expect(canI(`${clusters} ${question}`).stdout).toMatch(
      /^prod: yes\n {2}okta:eks-auditors has .*\ndev: no\n {2}No rule allows .*\n$/,
    );
    expect(JSON.parse(canI(`${clusters} ${question} --json`).stdout)).toMatchObject([
      { cluster: 'prod', allowed: true, because: expect.any(String) },
      { cluster: 'dev', allowed: false, because: expect.any(String) },
    ]);
  });

  test('escapes what would move the cursor of a terminal', () => {
    const { stdout } = canI('--cluster prod --group eks-auditors --verb get --resource secrets --name \u001b[2J');

    expect(stdout).toBe('no\nNo rule allows get secrets named "\\u001b[2J" on the whole cluster\n');
  });

  test('prints JSON with exactly these keys', () => {
    const { stdout, exitCode } = canI('--cluster dev --group eks-auditors --verb get --resource pods --json');

    const answer = JSON.parse(stdout) as { because: string };
    expect(stdout).toBe(`{\n  "allowed": false,\n  "because": ${JSON.stringify(answer.because)}\n}\n`);
    expect(exitCode).toBe(0);
  });

  test.each([
    ['--group eks-auditors,eks-admins --verb delete --resource nodes', true],
    ['--group eks-auditors --verb delete --resource nodes', false],
    ['--group eks-auditors --verb get --resource pods/log --namespace team-b', true],
    ['--group eks-auditors --verb create --resource pods/exec --namespace team-b', false],
    ['--group eks-auditors --verb get --resource deployments --api-group apps', true],
    ['--group eks-auditors --verb get --resource deployments', true],
    ['--group eks-auditors --verb get --resource deployments --api-group example.com', false],
    ['--group eks-auditors --verb get --resource deploy', true],
    ['--group eks-auditors --verb get --resource po/log --namespace team-b', true],
    ['--group eks-auditors --verb get --resource widgets.example.com', false],
    ['--group eks-developers --verb get --resource pods --namespace team-a', true],
    ['--group eks-developers --verb get --resource pods --namespace team-b', false],
    ['--group eks-auditors --verb get --resource pods --name web-0 --namespace team-b', true],
    ['--group eks-admins --url /debug/pprof', true],
    ['--group eks-auditors --url /debug/pprof', false],
    ['--group eks-auditors --url /healthz', true],
    ['--group eks-auditors --url /healthz --verb post', false],
  ])('asks for %s', (words, expected) => {
    expect(allowed(`--cluster prod ${words}`)).toBe(expected);
  });

  test.each([
    ['team-a', true],
    ['team-b', false],
  ])('treats the namespace %s as an object in itself, as the API server does', (name, expected) => {
    const words = `--cluster prod --group eks-developers --verb get --resource namespaces --name ${name}`;

    expect(allowed(words)).toBe(expected);
  });

  test.each([
    [
      'a cluster',
      '--cluster prd --group eks-admins --url /healthz',
      "no cluster 'prd'. Did you mean 'prod'? It has dev, prod.",
    ],
    [
      'a group',
      '--cluster prod --group eks-admins,eks-auditor --url /healthz',
      "no group 'eks-auditor'. Did you mean 'eks-auditors'? It has eks-admins, eks-auditors, eks-developers.",
    ],
    ['a group', '--cluster prod --group x --url /healthz', "no group 'x'. It has eks-admins, eks-auditors"],
  ])('fails on %s that the file does not have', (_, words, message) => {
    expect(() => canI(words)).toThrow(message);
  });

  test.each([
    ['--verb delet --resource pods', "no verb 'delet'. Did you mean 'delete'?"],
    ['--verb get --resource deploymets', "no resource 'deploymets'. Did you mean 'deployments'?"],
    ['--verb get --resource pods/exce', "no subresource 'exce'. Did you mean 'exec'?"],
    ['--verb list --url /healthz', "no verb 'list'."],
    ['--url healthz', "'healthz' is not a path of the API server. A path starts with /"],
    [
      '--verb get --resource nodes --namespace team-a',
      'nodes are cluster-scoped, so they are not in a namespace. Omit --namespace.',
    ],
  ])('fails on unknown words, instead of saying no: %s', (words, message) => {
    expect(() => canI(`--cluster prod --group eks-admins ${words}`)).toThrow(message);
  });

  test.each(['--verb get', '--resource pods'])('fails on half a question: %s', (words) => {
    expect(() => canI(`--cluster prod --group eks-admins ${words}`)).toThrow(
      'The question is incomplete. Set --verb and --resource, or --url.',
    );
  });
});
