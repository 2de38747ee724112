import { escaped } from '../../../constraints/finding';
import { nameList } from '../../../constraints/nearest-name';
import { NoAnswerError } from '../../../live/https-request';
import { isEks } from '../../../model/derived/cluster-kinds';
import { NEW_KUBECONFIG } from '../../symptoms';
import { couldNotCheck, type DoctorCheck, ok, problem } from '../doctor-check';
import { groupsOf } from './token';

const endpointReachable: DoctorCheck = {
  name: 'endpoint-reachable',
  link: 'EKS',
  level: 'own',
  title: 'This machine reaches the API server.',
  fix: 'Connect to the network or the VPN of the cluster: its endpoint can be private, or its list of public addresses (`endpoint.publicCidrs`) can lack yours.',
  symptoms: ['endpoint-unreachable', 'endpoint-not-found'],
  async look({ apiServer }) {
    const answer = await apiServer.version();
    if (!(answer instanceof NoAnswerError)) return ok(`it answers with status ${answer.status}`);
    switch (answer.kind) {
      case 'certificate':
        return ok('it answers');
      case 'no such host':
        return problem(
          `${sentence(answer.message)}`,
          `The cluster was deleted or created again, or its name resolves only in its own network. ${NEW_KUBECONFIG}`,
        );
      default:
        return problem(sentence(answer.message));
    }
  },
};

const endpointCertificate: DoctorCheck = {
  name: 'endpoint-certificate',
  link: 'EKS',
  level: 'own',
  title: 'The certificate of the API server is of the authority in the kubeconfig.',
  fix: `The authority was rotated, or the cluster was created again: ${NEW_KUBECONFIG[0]?.toLowerCase()}${NEW_KUBECONFIG.slice(1)} If its authority is the same, do not continue: something else answers for the API server.`,
  symptoms: ['server-not-trusted'],
  async look({ apiServer }) {
    const answer = await apiServer.version();
    if (!(answer instanceof NoAnswerError)) return ok('kubectl trusts it');
    if (answer.kind !== 'certificate') return couldNotCheck('The API server does not answer (see endpoint-reachable).');
    return apiServer.knowsAuthorities()
      ? problem(sentence(answer.message))
      : couldNotCheck(
          `${sentence(answer.message)} kubectl may trust it: it asks the operating system, which this program cannot, or it trusts every server.`,
        );
  },
};

/** Kubernetes supports a kubectl that is one minor version older or newer. @see https://kubernetes.io/releases/version-skew-policy/#kubectl */
const SUPPORTED_SKEW = 1;
/** Kubernetes removes an API three minor versions after it was deprecated, and no command of sign-in uses such an API. */
const MOST_SKEW = 3;

const kubectlVersion: DoctorCheck = {
  name: 'kubectl-version',
  link: 'EKS',
  level: 'own',
  title:
    'kubectl is at most three minor versions older or newer than the API server. Kubernetes supports one; with two or three, people can sign in, and single commands can fail.',
  fix: 'Install a kubectl of the version of the API server.',
  async look({ machine, apiServer }) {
    const client = (await machine.kubectl())?.version;
    const server = await apiServer.kubernetes();
    if (client === undefined) return couldNotCheck('The version of kubectl is not known (see kubectl-installed).');
    if (server === undefined) return couldNotCheck('The API server does not say its version.');
    const words = `kubectl ${client.text}, API server ${server.text}`;
    const skew = Math.abs(client.minor - server.minor);
    if (skew > MOST_SKEW) return problem(`${words}: ${skew} minor versions apart.`);
    return ok(
      skew > SUPPORTED_SKEW
        ? `${words}: ${skew} minor versions apart, and Kubernetes supports ${SUPPORTED_SKEW}`
        : words,
    );
  },
};

const authenticated: DoctorCheck = {
  name: 'authenticated',
  link: 'EKS',
  level: 'own',
  title: 'The API server accepts the token (no status 401).',
  fix: 'The settings of the API server differ from the access file, or it cannot reach the issuer.',
  symptoms: ['token-refused'],
  async look({ apiServer, cluster }) {
    const user = await apiServer.whoAmI();
    if (user === 403)
      return couldNotCheck('The API server does not tell people who they are (status 403 for a SelfSubjectReview).');
    if (user !== 401) return ok(`user ${escaped(user.username)}`);
    return problem(
      'The API server refuses the token (status 401).',
      isEks(cluster)
        ? 'If checks of the token found a problem, solve that first. If not, the association of the cluster is missing, differs, or is not active yet, or the control plane cannot reach Okta: the checks of AWS say which. Run it with AWS credentials.'
        : `If checks of the token found a problem, solve that first. If not, compare the API server’s settings with \`eks-access flags ${escaped(cluster.key)}\`, and see that it reaches the issuer.`,
    );
  },
};

const userAndGroups: DoctorCheck = {
  name: 'user-and-groups',
  link: 'EKS',
  level: 'own',
  title: 'The API server makes of the token the user name and the groups that the access file means: prefix and claim.',
  fix: 'Deploy the stack of the cluster (in EKS), or set the flags of `eks-access flags` (elsewhere): the claims or the prefixes of the API server differ from the access file.',
  symptoms: ['forbidden'],
  async look(context) {
    const user = await context.apiServer.whoAmI();
    if (user === 401 || user === 403)
      return couldNotCheck('The API server does not say who the person is (see authenticated).');
    const token = await context.tokens.token();
    const { usernameClaim, usernamePrefix, groupsPrefix } = await context.authentication();
    const name = `${usernamePrefix}${String(token.claims[usernameClaim])}`;
    const groups = groupsOf(token, context).map((group) => `${groupsPrefix}${group}`);
    const lacking = groups.filter((group) => !user.groups.includes(group));
    const problems = [
      ...(user.username === name ? [] : [`The user is ${escaped(user.username)}, and should be ${escaped(name)}.`]),
      ...(lacking.length === 0
        ? []
        : [`The API server sees the groups ${nameList(user.groups)}, without ${nameList(lacking)}.`]),
    ];
    return problems.length === 0
      ? ok(`${escaped(name)}, groups ${nameList(user.groups)}`)
      : problem(problems.join(' '));
  },
};

function sentence(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}

/** How a person reaches the API server. */
export const ENDPOINT_CHECKS: readonly DoctorCheck[] = [endpointReachable, endpointCertificate, kubectlVersion];

/** What the API server makes of the token. */
export const AUTHENTICATION_CHECKS: readonly DoctorCheck[] = [authenticated, userAndGroups];
