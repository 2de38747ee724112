import { NoAnswerError } from '../../../../live/https-request';
import { accessWith } from '../../../access-files';
import { CLIENT, ISSUER, type Known, lineOf, resultOf } from '../context-with';

const noAnswer = (kind: NoAnswerError['kind'], message: string) => ({
  version: async () => new NoAnswerError(kind, message),
  knowsAuthorities: () => true,
});
const server = (version: string) => ({
  kubernetes: async () => ({ text: version, minor: Number(version.split('.')[1]) }),
});
const token = { iss: ISSUER, aud: CLIENT, email: 'ana@example.com', groups: ['eks-admins'] };
const seen = (username: string, groups: readonly string[]) => ({ whoAmI: async () => ({ username, groups }) });

test.each<[string, Known, string]>([
  ['endpoint-reachable', { apiServer: noAnswer('timeout', 'a does not answer') }, 'problem: A does not answer.'],
  ['endpoint-reachable', { apiServer: noAnswer('certificate', 'the certificate is not trusted') }, 'ok: it answers'],
  [
    'endpoint-certificate',
    { apiServer: noAnswer('certificate', 'the certificate is not trusted') },
    'problem: The certificate is not trusted.',
  ],
  [
    'endpoint-certificate',
    { apiServer: { ...noAnswer('certificate', 'the certificate is not trusted'), knowsAuthorities: () => false } },
    'could not check: The certificate is not trusted. kubectl may trust it: it asks the operating system, which this program cannot, or it trusts every server.',
  ],
  [
    'endpoint-certificate',
    { apiServer: noAnswer('refused', 'nothing listens') },
    'could not check: The API server does not answer (see endpoint-reachable).',
  ],
  ['kubectl-version', { kubectl: 'v1.35.1', apiServer: server('v1.34.4') }, 'ok: kubectl v1.35.1, API server v1.34.4'],
  [
    'kubectl-version',
    { kubectl: 'v1.32.1', apiServer: server('v1.34.4') },
    'ok: kubectl v1.32.1, API server v1.34.4: 2 minor versions apart, and Kubernetes supports 1',
  ],
  [
    'kubectl-version',
    { kubectl: 'v1.30.1', apiServer: server('v1.34.4') },
    'problem: kubectl v1.30.1, API server v1.34.4: 4 minor versions apart.',
  ],
  [
    'kubectl-version',
    { apiServer: server('v1.34.4') },
    'could not check: The version of kubectl is not known (see kubectl-installed).',
  ],
  ['authenticated', { apiServer: seen('okta:ana', []) }, 'ok: user okta:ana'],
  [
    'authenticated',
    { apiServer: { whoAmI: async () => 403 } },
    'could not check: The API server does not tell people who they are (status 403 for a SelfSubjectReview).',
  ],
  ['authenticated', {}, 'could not check: It is not known.'],
  [
    'user-and-groups',
    { token, apiServer: seen('okta:ana@example.com', ['okta:eks-admins', 'system:authenticated']) },
    'ok: okta:ana@example.com, groups okta:eks-admins, system:authenticated',
  ],
  [
    'user-and-groups',
    { token, apiServer: seen('ana@example.com', ['eks-admins']) },
    'problem: The user is ana@example.com, and should be okta:ana@example.com. The API server sees the groups eks-admins, without okta:eks-admins.',
  ],
  [
    'user-and-groups',
    { token, apiServer: { whoAmI: async () => 401 } },
    'could not check: The API server does not say who the person is (see authenticated).',
  ],
])('%s says with %j', async (check, known, line) => {
  expect(await lineOf(check, known)).toBe(line);
});

test('a 401 outside EKS leads to the flags of the API server', async () => {
  const access = accessWith({ clusters: { lab: { kind: 'self-managed', kubeconfigContext: 'lab' } } });
  const refused = { whoAmI: async () => 401 as const };

  const outside = await resultOf('authenticated', { access, cluster: 'lab', apiServer: refused });
  const inEks = await resultOf('authenticated', { apiServer: refused });

  expect(outside.fix).toContain('`eks-access flags lab`');
  expect(inEks.fix).toContain('association');
});
