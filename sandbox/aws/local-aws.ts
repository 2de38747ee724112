import { authenticationOfEks } from '../../authentication/authentication-config';
import type { IamAccess } from '../api-server/real';
import type { RunningApiServer } from '../api-server/real-api-server';
import type { AwsTools } from '../tools/python-environment';
import { startAwsServer } from './aws-server';
import { type PolicyAuthorizer, policyAuthorizer } from './eks/access-policies';
import type { ControlPlane } from './eks/control-plane';
import { type Caller, Eks, type EksDurations } from './eks/eks';
import { entryOfArn, iamUser } from './eks/iam-user';
import { arnOfToken } from './iam-token';
import { AwsIdentities } from './identities';
import { startMoto } from './moto';
import type { AwsCredentials } from './signature';

export interface LocalAwsProps {
  readonly tools: AwsTools;
  /** The private folder of the run. */
  readonly folder: string;
  /** Starts an API server, with nothing in it, for a cluster that a client creates. */
  readonly startApiServer: (name: string) => Promise<RunningApiServer>;
  /** Kubernetes version of the API servers. */
  readonly kubernetes: string;
  /** The account of the run, 12 digits. @default '123456789012' */
  readonly account?: string;
  /** @default - changes take a moment */
  readonly durations?: EksDurations;
}

/** AWS on this machine: EKS on the API servers of the sandbox, and the other services by moto. */
export interface LocalAws {
  /** The endpoint of every service. */
  readonly url: string;
  /** The access key of the run, of the user `sandbox` in `account`. */
  readonly credentials: AwsCredentials;
  readonly account: string;
  /** What clients read from their environment; undefined for what must not be set. It has secrets. */
  readonly environment: AwsEnvironment;
  readonly eks: Eks;
  /** Who enters the clusters with IAM. */
  readonly iam: IamAccess;
  /** The user of the run, in a region. */
  caller(region: string): Caller;
  /** Makes a user with an access key. */
  createUser(user: AwsUser): Promise<AwsCredentials>;
  /** Fails when moto ends unexpectedly. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

/** A user of IAM. */
export interface AwsUser {
  readonly name: string;
  /** @default - the account of the run */
  readonly account?: string;
  /** The calls of EKS that it may make, such as `eks:DescribeCluster`. @default - all */
  readonly actions?: readonly string[];
}

/** Variables of the environment; undefined for those that must not be set. */
export type AwsEnvironment = Readonly<Record<string, string | undefined>>;

/** Name of the user whose access key a run has. */
const USER = 'sandbox';

/** Starts the local AWS. `close`, or the end of this process, ends it. */
export async function startLocalAws(props: LocalAwsProps): Promise<LocalAws> {
  const moto = await startMoto(props.tools.python, props.folder);
  try {
    const identities = new AwsIdentities((accessKeyId) => moto.arnOf(accessKeyId));
    const { account = '123456789012' } = props;
    const createUser = async (user: AwsUser) => {
      const credentials = await moto.createUser(user.name, user.account ?? account);
      identities.add(credentials, { arn: await moto.arnOf(credentials.accessKeyId), actions: user.actions });
      return credentials;
    };
    const credentials = await createUser({ name: USER });
    const { arn } = await identities.identityOf(credentials.accessKeyId);
    const eks = new Eks({
      controlPlanes: { start: async (id) => controlPlaneOf(await props.startApiServer(id)) },
      durations: props.durations,
    });
    const server = await startAwsServer({ eks, identities, others: moto.url });
    const { url } = server;
    return {
      ...{ url, credentials, account, eks, createUser, failed: moto.process.failed },
      environment: environmentOf(url, credentials),
      iam: iamAccess(eks, { endpoint: url, identities, decide: policyAuthorizer(props.kubernetes) }),
      caller: (region) => ({ arn, account, region }),
      async close() {
        await server.close();
        await moto.process.stop();
      },
    };
  } catch (error) {
    await moto.process.stop();
    throw error;
  }
}

/** What clients read from their environment, without what a machine knows of real accounts. */
export function environmentOf(
  url: string,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
): AwsEnvironment {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_PROFILE: undefined,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** An API server of the sandbox, as EKS uses it. */
export function controlPlaneOf(server: RunningApiServer): ControlPlane {
  const { url: endpoint, caPem, admin } = server;
  return {
    ...{ endpoint, caPem },
    trust: (provider) => server.trust(provider && authenticationOfEks(provider)),
    async awsAuth() {
      const { status, body } = await admin.request('GET', '/api/v1/namespaces/kube-system/configmaps/aws-auth');
      return status === 200 ? (body as { data?: Record<string, string> }).data : undefined;
    },
    stop: () => server.stop(),
  };
}

interface IamProps {
  readonly endpoint: string;
  readonly identities: AwsIdentities;
  readonly decide: PolicyAuthorizer;
}

function iamAccess(eks: Eks, { endpoint, identities, decide }: IamProps): IamAccess {
  return {
    async userOf(id, token) {
      const cluster = eks.clusterById(id);
      const arn = cluster && (await arnOfToken(token, { clusterName: cluster.name, endpoint, identities }));
      const user = cluster && arn && (await iamUser(cluster, arn));
      if (!user || arn === undefined) return undefined;
      return { name: user.name, groups: user.groups, extra: { arn: [arn] } };
    },
    allows(id, user, request) {
      const cluster = eks.clusterById(id);
      const arn = user.extra?.arn?.[0];
      const entry = cluster && arn && entryOfArn(cluster, arn);
      return !!entry && decide(entry.policies.values(), request);
    },
  };
}
