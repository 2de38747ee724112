import { AccessError } from '../../constraints/access-error';
import { awsPartition } from '../../constraints/eks/aws-partition';
import type { EksCluster } from '../../model/derived/clusters';
import { awsReason } from './aws-reason';
import { clientSettings, eksClient } from './eks-client';

/** A cluster as EKS describes it. What EKS does not say is undefined. */
export interface LiveCluster {
  /** Such as `ACTIVE`, `CREATING`, or `UPDATING`. */
  readonly status: string;
  /** ID of the account. */
  readonly account: string;
  readonly endpoint: string | undefined;
  /** PEM in base64. */
  readonly certificateAuthority: string | undefined;
  readonly endpointPublic: boolean;
  readonly publicCidrs: readonly string[];
  /** How the control plane reaches other hosts, such as the issuer. */
  readonly egressMode: string;
  /** Such as `API`. */
  readonly accessMode: string;
  /** Logs that go to CloudWatch, such as `api`. */
  readonly logs: readonly string[];
}

/** The association of a cluster with an OIDC provider. */
export interface LiveAssociation {
  readonly name: string;
  readonly status: string;
  readonly issuer_url: string;
  readonly client_id: string;
  readonly username_claim?: string;
  readonly username_prefix?: string;
  readonly groups_claim?: string;
  readonly groups_prefix?: string;
  readonly required_claims?: Readonly<Record<string, string>>;
}

/** AWS gave no answer; the message says why, in a sentence. */
export class AwsError extends AccessError {
  constructor(
    /** `refused`: another call can be allowed. `other`: no call works now. */
    readonly kind: 'not found' | 'refused' | 'other',
    message: string,
  ) {
    super(message);
  }
}

/** Reads what AWS knows about a cluster. Every call can fail with an `AwsError`. */
export interface ClusterReader {
  cluster(): Promise<LiveCluster>;
  /** The OIDC association, of which a cluster has at most one; undefined if it has none. */
  association(): Promise<LiveAssociation | undefined>;
  /** ARNs of the IAM principals with an access entry. */
  accessEntries(): Promise<readonly string[]>;
  /** Why the API server refused requests in the last hour, with the number of lines; most frequent first. */
  refusals(): Promise<readonly { readonly reason: string; readonly times: number }[]>;
}

/**
 * Asks AWS about a cluster with the AWS SDK, which signs requests and finds credentials as the AWS CLI does.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/
 */
export function clusterReader(cluster: EksCluster): ClusterReader {
  const eks = require('@aws-sdk/client-eks') as typeof import('@aws-sdk/client-eks');
  const client = eksClient(cluster);
  const { name } = cluster;
  return {
    cluster: () =>
      orAwsError(async () => {
        const { cluster: found } = await client.send(new eks.DescribeClusterCommand({ name }));
        const network = found?.resourcesVpcConfig;
        return {
          status: found?.status ?? 'not known',
          account: found?.arn?.split(':')[4] ?? '',
          endpoint: found?.endpoint,
          certificateAuthority: found?.certificateAuthority?.data,
          endpointPublic: network?.endpointPublicAccess ?? true,
          publicCidrs: network?.publicAccessCidrs ?? ['0.0.0.0/0'],
          egressMode: network?.controlPlaneEgressMode ?? 'AWS_MANAGED',
          accessMode: found?.accessConfig?.authenticationMode ?? 'CONFIG_MAP',
          logs: (found?.logging?.clusterLogging ?? []).flatMap(({ enabled, types }) => (enabled ? (types ?? []) : [])),
        };
      }),
    association: () =>
      orAwsError(async () => {
        const { identityProviderConfigs = [] } = await client.send(
          new eks.ListIdentityProviderConfigsCommand({ clusterName: name }),
        );
        const listed = identityProviderConfigs.find(({ type }) => type === 'oidc');
        if (listed === undefined) return undefined;
        const { identityProviderConfig } = await client.send(
          new eks.DescribeIdentityProviderConfigCommand({ clusterName: name, identityProviderConfig: listed }),
        );
        const oidc = identityProviderConfig?.oidc;
        return {
          ...{ name: listed.name ?? '', status: oidc?.status ?? 'not known' },
          ...{ issuer_url: oidc?.issuerUrl ?? '', client_id: oidc?.clientId ?? '' },
          ...{ username_claim: oidc?.usernameClaim, username_prefix: oidc?.usernamePrefix },
          ...{ groups_claim: oidc?.groupsClaim, groups_prefix: oidc?.groupsPrefix },
          required_claims: oidc?.requiredClaims,
        };
      }),
    accessEntries: () =>
      orAwsError(async () => {
        const arns: string[] = [];
        for await (const page of eks.paginateListAccessEntries({ client }, { clusterName: name })) {
          arns.push(...(page.accessEntries ?? []));
        }
        return arns;
      }),
    refusals: () => orAwsError(() => refusalsOf(cluster)),
  };
}

async function orAwsError<Value>(ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    const { name } = error as Error;
    const kind =
      name === 'ResourceNotFoundException' ? 'not found' : name.startsWith('AccessDenied') ? 'refused' : 'other';
    throw new AwsError(kind, awsReason(error));
  }
}

/** Lines of the API server about refused credentials, by reason. The same query is in docs/logs-insights.md. */
const QUERY = `filter @logStream not like /audit/ and @message like "Unable to authenticate the request"
| parse @message /err="(?<reason>.*)"/
| stats count(*) as times by reason
| sort times desc
| limit 20`;

const HOUR_SECONDS = 3600;
const POLL_MILLISECONDS = 500;
const MOST_POLLS = 30;

function logGroup({ name }: EksCluster): string {
  return `/aws/eks/${name}/cluster`;
}

async function refusalsOf(cluster: EksCluster): ReturnType<ClusterReader['refusals']> {
  const logs = require('@aws-sdk/client-cloudwatch-logs') as typeof import('@aws-sdk/client-cloudwatch-logs');
  const client = new logs.CloudWatchLogsClient(clientSettings(cluster));
  const endTime = Math.ceil(Date.now() / 1000);
  const { queryId } = await client.send(
    new logs.StartQueryCommand({
      ...{ logGroupName: logGroup(cluster), queryString: QUERY },
      ...{ startTime: endTime - HOUR_SECONDS, endTime },
    }),
  );
  for (let poll = 0; poll < MOST_POLLS; poll++) {
    const { status, results = [] } = await client.send(new logs.GetQueryResultsCommand({ queryId }));
    if (status === 'Complete') {
      return results.map((fields) => {
        const value = (wanted: string) => fields.find(({ field }) => field === wanted)?.value ?? '';
        return { reason: value('reason'), times: Number(value('times')) };
      });
    }
    if (status !== 'Scheduled' && status !== 'Running') throw new Error(`The query ended with the status ${status}`);
    await new Promise((done) => setTimeout(done, POLL_MILLISECONDS));
  }
  throw new Error('The query takes too long');
}

/** Hosts of the console in partitions other than `aws`. */
const CONSOLES: Readonly<Record<string, string>> = {
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
};

/** The page of the AWS console with the query about refused requests filled in. */
export function refusalsUrl(cluster: EksCluster): string {
  const { region } = cluster.settings;
  const host = CONSOLES[awsPartition(region)] ?? 'console.aws.amazon.com';
  const query = [
    ...[`end~0~start~-${HOUR_SECONDS}~timeType~'RELATIVE~unit~'seconds`],
    ...[`editorString~'${consoleText(QUERY)}`, `source~(~'${consoleText(logGroup(cluster))})`],
  ].join('~');
  return `https://${region}.${host}/cloudwatch/home?region=${region}#logsV2:logs-insights$3FqueryDetail$3D~(${query})`;
}

/** A text as the console writes it in its addresses: `*` and two hexadecimal digits for every other character. */
function consoleText(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const letter = String.fromCharCode(byte);
      return /[\w.-]/.test(letter) ? letter : `*${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
}
