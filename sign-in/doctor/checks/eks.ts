import { authenticationOfEks } from '../../../authentication/authentication-config';
import { escaped } from '../../../constraints/finding';
import { nameList } from '../../../constraints/nearest-name';
import { AwsError, type LiveAssociation, refusalsUrl } from '../../../live/aws/cluster-reader';
import { NoAnswerError } from '../../../live/https-request';
import { isEks } from '../../../model/derived/cluster-kinds';
import { clusterAuthentication } from '../../cluster-authentication';
import { CouldNotCheck, couldNotCheck, type DoctorCheck, type Finding, ok, problem } from '../doctor-check';
import type { DoctorContext } from '../doctor-context';
import { tokenUser } from './token';

const DEPLOY =
  'Deploy the stack `cluster-<cluster>`. A changed association is replaced, and people cannot sign in for 20 minutes or more: `eks-access plan` shows it before.';

const inEks = ({ cluster }: DoctorContext) => isEks(cluster);

const clusterActive: DoctorCheck = {
  name: 'cluster-active',
  link: 'EKS',
  level: 'aws',
  title: 'EKS has the cluster, in the account of the access file, and it is active.',
  fix: 'Wait until the cluster is `ACTIVE`, or correct `name`, `region`, and `account` of the cluster in the access file.',
  appliesTo: inEks,
  async look({ aws, cluster }) {
    try {
      const { status, account } = await aws().cluster();
      const wanted = isEks(cluster) ? cluster.settings.account?.id : undefined;
      if (wanted !== undefined && account !== wanted)
        return problem(`It is in the account ${account}, and the access file has ${wanted}.`);
      if (status === 'ACTIVE') return ok(status);
      return status === 'UPDATING'
        ? ok('it is being updated; until then, EKS refuses other changes of the cluster (409)')
        : problem(`The cluster is ${status}.`);
    } catch (error) {
      if (error instanceof AwsError && error.kind === 'not found') return problem(error.message);
      throw error;
    }
  },
};

const endpointAccess: DoctorCheck = {
  name: 'endpoint-access',
  link: 'EKS',
  level: 'aws',
  title: 'The endpoint is open to this machine: it is public, or this machine is in the network of the cluster.',
  fix: 'Connect to the network of the cluster, or let your address in: `endpoint` of the cluster in the access file.',
  symptoms: ['endpoint-unreachable'],
  appliesTo: inEks,
  async look({ aws, apiServer }) {
    const { endpointPublic, publicCidrs } = await aws().cluster();
    const answer = await apiServer.version();
    const words = endpointPublic ? `public for ${nameList(publicCidrs)}` : 'private';
    const isReached = !(answer instanceof NoAnswerError) || answer.kind === 'certificate';
    if (isReached) return ok(`${words}, and reached`);
    const isOpen = endpointPublic && publicCidrs.includes('0.0.0.0/0');
    return isOpen
      ? couldNotCheck(
          'The endpoint is public for everybody, and this machine does not reach it (see endpoint-reachable).',
        )
      : problem(`The endpoint is ${words}, and this machine does not reach it.`);
  },
};

const associationActive: DoctorCheck = {
  name: 'association-active',
  link: 'EKS',
  level: 'aws',
  title: 'The cluster is associated with Okta, and the association is active.',
  fix: 'Wait until it is `ACTIVE`, which takes 20 minutes or more. If there is none, deploy the stack `cluster-<cluster>`.',
  symptoms: ['association-not-active', 'token-refused'],
  appliesTo: inEks,
  async look({ aws, cluster }) {
    const association = await aws().association();
    if (association === undefined) return problem('The cluster has no association with an OIDC provider.');
    const { name, status } = association;
    const other = name === cluster.identityProvider.name ? '' : `, under the name ${escaped(name)}`;
    return status === 'ACTIVE' ? ok(`${status}${other}`) : problem(`The association ${escaped(name)} is ${status}.`);
  },
};

/** The association. @throws CouldNotCheck without one */
async function associationOf({ aws }: DoctorContext): Promise<LiveAssociation> {
  const association = await aws().association();
  if (association === undefined) throw new CouldNotCheck('The cluster has no association (see association-active).');
  return association;
}

/** A check of one part of the association. */
function associationCheck(
  part: Pick<DoctorCheck, 'name' | 'title'>,
  look: (association: LiveAssociation, context: DoctorContext) => Finding | Promise<Finding>,
): DoctorCheck {
  return {
    ...part,
    ...{ link: 'EKS', level: 'aws', fix: DEPLOY, symptoms: ['token-refused'], appliesTo: inEks },
    look: async (context) => look(await associationOf(context), context),
  };
}

/** Where a value that an association should have comes from. */
interface Intended {
  readonly value: string;
  readonly source: string;
}

function compared(what: string, is: string, intended: Intended | undefined): Finding {
  if (intended === undefined)
    return couldNotCheck(`The association has the ${what} ${escaped(is)}, and nothing says what is right.`);
  const { value, source } = intended;
  return is === value
    ? ok(escaped(is))
    : problem(`The association has the ${what} ${escaped(is)}, and ${escaped(source)} has ${escaped(value)}.`);
}

/** A value of options, files, or Okta; else that of the kubeconfig. */
function intendedOf(fact: Intended | undefined, own: string | undefined): Intended | undefined {
  return fact ?? (own === undefined ? undefined : { value: own, source: 'the kubeconfig' });
}

const associationIssuer = associationCheck(
  {
    name: 'association-issuer',
    title: 'The association has the issuer of the authorization server, letter by letter.',
  },
  async ({ issuer_url }, { intended, kubeconfig }) =>
    compared('issuer', issuer_url, intendedOf((await intended()).issuerUrl, ownOf(kubeconfig, 'issuer'))),
);

const associationClient = associationCheck(
  { name: 'association-client', title: 'The association has the client ID of the app.' },
  async ({ client_id }, { intended, kubeconfig, cluster }) =>
    compared(
      'client ID',
      client_id,
      intendedOf((await intended()).clientIds.get(cluster.app), ownOf(kubeconfig, 'clientId')),
    ),
);

function ownOf(kubeconfig: DoctorContext['kubeconfig'], key: 'issuer' | 'clientId'): string | undefined {
  try {
    return kubeconfig()[key];
  } catch {
    // Without a context, nothing but the facts says what is right.
    return undefined;
  }
}

const associationClaims = associationCheck(
  {
    name: 'association-claims',
    title:
      'The association reads the claims of the access file for user names and groups, with its prefixes, and requires the same claims.',
  },
  (association, { access, cluster }) => {
    const is = authenticationOfEks(association);
    const wanted = clusterAuthentication(access, cluster, { issuerUrl: is.issuerUrl, clientId: is.clientId });
    const parts = [
      ['user name claim', is.usernameClaim, wanted.usernameClaim],
      ['user name prefix', is.usernamePrefix, wanted.usernamePrefix],
      ['groups claim', is.groupsClaim ?? '', wanted.groupsClaim ?? ''],
      ['groups prefix', is.groupsPrefix, wanted.groupsPrefix],
      ['required claims', claimsText(is.requiredClaims), claimsText(wanted.requiredClaims)],
    ] as const;
    const wrong = parts.filter(([, has, should]) => has !== should);
    return wrong.length === 0
      ? ok('as in the access file')
      : problem(
          wrong
            .map(
              ([what, has, should]) =>
                `The association has the ${what} '${escaped(has)}', and the access file has '${escaped(should)}'.`,
            )
            .join(' '),
        );
  },
);

function claimsText(claims: Readonly<Record<string, string>>): string {
  return Object.keys(claims)
    .sort()
    .map((name) => `${name}=${claims[name]}`)
    .join(', ');
}

const egressMode: DoctorCheck = {
  name: 'egress-mode',
  link: 'EKS',
  level: 'aws',
  title: 'The control plane reaches the issuer: AWS routes its traffic, or your network lets it through to Okta.',
  fix: 'Let the control plane reach the host of the issuer from the subnets of the cluster: a NAT gateway, or a proxy, and the name server. See https://docs.aws.amazon.com/eks/latest/userguide/control-plane-egress.html.',
  symptoms: ['token-refused'],
  appliesTo: inEks,
  async look(context) {
    const { egressMode: mode } = await context.aws().cluster();
    if (mode === 'AWS_MANAGED') return ok(mode);
    const words = `The mode is ${mode}: the control plane reaches the issuer only through your network`;
    if ((await context.apiServer.whoAmI()) !== 401) return ok(`${mode}, and the API server accepts the token`);
    return typeof (await tokenUser(context)) === 'string'
      ? couldNotCheck(`${words}, and the token itself is wrong (see token-accepted).`)
      : problem(`${words}, and it refuses a token that is right.`);
  },
};

const refusalReason: DoctorCheck = {
  name: 'refusal-reason',
  link: 'EKS',
  level: 'aws',
  title:
    'If the API server refuses the token, its log (`api`, in CloudWatch) says why. The query needs `logs:StartQuery` and `logs:GetQueryResults`.',
  fix: 'Look at the lines of the log, and at the audit log at the same times.',
  symptoms: ['token-refused'],
  appliesTo: inEks,
  async look({ apiServer, aws, cluster }) {
    if (!isEks(cluster)) throw new CouldNotCheck('Only EKS has this log.');
    if ((await apiServer.whoAmI()) !== 401) return ok('it accepts the token');
    const see = `Query in the console: ${refusalsUrl(cluster)}`;
    try {
      const { logs } = await aws().cluster();
      if (!logs.includes('api'))
        return couldNotCheck('The cluster does not send its log api to CloudWatch (`logs` of the access file).');
      const found = await aws().refusals();
      if (found.length === 0) return couldNotCheck(`The log has no reason yet; lines take a few minutes. ${see}`);
      const lines = found.map(({ reason, times }) => `${times} × ${escaped(reason)}`);
      return problem(`In the last hour, of everybody: ${lines.join('; ')}. ${see}`);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return couldNotCheck(`${error.message} ${see}`);
    }
  },
};

const accessEntries: DoctorCheck = {
  name: 'access-entries',
  link: 'EKS',
  level: 'aws',
  title: 'The deployers and the break-glass role of the access file can enter by IAM, with which sign-in is mended.',
  fix: 'Deploy the stack `cluster-<cluster>`.',
  appliesTo: inEks,
  async look({ aws, cluster }) {
    if (!isEks(cluster)) throw new CouldNotCheck('Only EKS has access entries.');
    const { deployers, breakGlass } = cluster.settings;
    const wanted = [...deployers, ...(breakGlass === undefined ? [] : [breakGlass.roleArn])];
    const { accessMode } = await aws().cluster();
    if (wanted.length === 0) return ok('the access file has none');
    if (accessMode === 'CONFIG_MAP')
      return problem(`The cluster has the access mode ${accessMode}, which knows no access entries.`);
    const entries = await aws().accessEntries();
    const missing = wanted.filter((arn) => !entries.includes(arn));
    return missing.length === 0 ? ok(nameList(wanted)) : problem(`These have no access entry: ${nameList(missing)}.`);
  },
};

/** Whether there is a cluster to reach. */
export const CLUSTER_CHECKS: readonly DoctorCheck[] = [clusterActive, endpointAccess];

/** How the cluster knows people from Okta. */
export const ASSOCIATION_CHECKS: readonly DoctorCheck[] = [
  ...[associationActive, associationIssuer, associationClient, associationClaims, egressMode],
];

/** Why the API server refuses a token. */
export const REFUSAL_CHECKS: readonly DoctorCheck[] = [refusalReason];

/** Who can mend it. */
export const ENTRY_CHECKS: readonly DoctorCheck[] = [accessEntries];
