import type { EKSClient } from '@aws-sdk/client-eks';
import { nameList } from '../../constraints/nearest-name';
import type { EksCluster } from '../../model/derived/clusters';
import { groupBy } from '../../model/derived/group-by';
import { awsReason } from '../aws/aws-reason';
import { clientKey, eksClient } from '../aws/eks-client';
import { factProblem } from './fact-finding';
import type { LiveFact, LiveFacts } from './live-facts';

/** What AWS answered. */
export interface AwsFacts {
  readonly facts: LiveFacts;
  /** Why AWS gave no answer, in a sentence, by the key of the cluster. */
  readonly unanswered: ReadonlyMap<string, string>;
}

/** Clusters that are asked for at the same time: EKS limits the calls of an account. */
const AT_ONCE = 8;

/**
 * Asks AWS for the endpoint and certificate authority of clusters, and for the issuer and client ID that they trust. The
 * credentials are those of the AWS SDK; a cluster with `account.roleArn` is asked with that role, as Terraform does.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeCluster.html
 */
export async function awsFacts(clusters: readonly EksCluster[]): Promise<AwsFacts> {
  const clients = clientsOf(clusters);
  const waiting = [...clusters];
  const given: Answer[] = [];
  const ask = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      given.push(await answerOf(next, clients.get(clientKey(next)) as EKSClient));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  const places = new Map(clusters.map(({ key }, index) => [key, index]));
  // In the order of the file, not in that of the answers.
  given.sort((a, b) => (places.get(a.cluster.key) ?? 0) - (places.get(b.cluster.key) ?? 0));
  const answers = withoutContradictions(given);
  const facts = (read: (answer: Answer) => readonly [string, string | undefined]) =>
    new Map(
      answers.flatMap((answer): (readonly [string, LiveFact])[] => {
        const [name, value] = read(answer);
        return value === undefined ? [] : [[name, { value, source: 'AWS' }]];
      }),
    );
  const issuer = [...facts(({ cluster, issuerUrl }) => [cluster.key, issuerUrl]).values()][0];
  return {
    facts: {
      ...(issuer !== undefined && { issuerUrl: issuer }),
      clientIds: facts(({ cluster, clientId }) => [cluster.app, clientId]),
      endpoints: facts(({ cluster, endpoint }) => [cluster.key, endpoint]),
      certificateAuthorities: facts(({ cluster, certificateAuthority }) => [cluster.key, certificateAuthority]),
    },
    unanswered: new Map(
      answers.flatMap(({ cluster, problem }) => (problem === undefined ? [] : [[cluster.key, problem]])),
    ),
  };
}

interface Answer {
  readonly cluster: EksCluster;
  readonly endpoint?: string;
  readonly certificateAuthority?: string;
  readonly issuerUrl?: string;
  readonly clientId?: string;
  readonly problem?: string;
}

/**
 * The answers without the issuers and client IDs that contradict each other. The access file has one issuer, and one client
 * ID for each app; with one of several, people could not sign in to the clusters that trust another one.
 */
function withoutContradictions(answers: readonly Answer[]): readonly Answer[] {
  const issuers = contradiction('The clusters trust different issuers', answers, 'issuerUrl');
  const clientIds = new Map(
    [...groupBy(answers, ({ cluster }) => cluster.app)].map(([app, ofApp]) => [
      app,
      contradiction(`The clusters of the app ${app} trust different client IDs`, ofApp, 'clientId'),
    ]),
  );
  return answers.map((answer) => {
    const clientId = clientIds.get(answer.cluster.app);
    const problems = [answer.problem, issuers, clientId].flatMap((problem) => problem ?? []);
    return {
      ...answer,
      ...(issuers !== undefined && { issuerUrl: undefined }),
      ...(clientId !== undefined && { clientId: undefined }),
      ...(problems.length > 0 && { problem: problems.join(' ') }),
    };
  });
}

/** What differs between clusters, in a sentence; undefined if nothing does. */
function contradiction(what: string, answers: readonly Answer[], fact: 'issuerUrl' | 'clientId'): string | undefined {
  const byValue = groupBy(
    answers.filter((answer) => answer[fact] !== undefined),
    (answer) => answer[fact] as string,
  );
  if (byValue.size < 2) return undefined;
  const sides = [...byValue].map(([value, same]) => `${value} (${nameList(same.map(({ cluster }) => cluster.key))})`);
  return `${what}: ${sides.join(', ')}. Deploy their stacks, or say which one is right.`;
}

/** One client for each region and role. */
function clientsOf(clusters: readonly EksCluster[]): ReadonlyMap<string, EKSClient> {
  return new Map([...groupBy(clusters, clientKey)].map(([key, [cluster]]) => [key, eksClient(cluster as EksCluster)]));
}

async function answerOf(cluster: EksCluster, client: EKSClient): Promise<Answer> {
  const { DescribeClusterCommand, DescribeIdentityProviderConfigCommand } =
    require('@aws-sdk/client-eks') as typeof import('@aws-sdk/client-eks');
  const { name, settings, identityProvider } = cluster;
  try {
    const { cluster: found } = await client.send(new DescribeClusterCommand({ name }));
    const [, , , , account] = found?.arn?.split(':') ?? [];
    if (settings.account?.id !== undefined && account !== settings.account.id) {
      return {
        cluster,
        problem: `AWS has a cluster ${name} in the account ${account}, and the access file means the account ${settings.account.id}.`,
      };
    }
    if (found?.endpoint === undefined)
      return { cluster, problem: `EKS has no endpoint yet: the cluster is ${found?.status}.` };
    const certificateAuthority = found.certificateAuthority?.data;
    const problem =
      factProblem('endpoint', found.endpoint, `AWS, cluster ${cluster.key}`) ??
      factProblem('certificateAuthority', certificateAuthority, `AWS, cluster ${cluster.key}`);
    if (problem !== undefined) return { cluster, problem };
    const common = { cluster, endpoint: found.endpoint, certificateAuthority };
    try {
      const identityProviderConfig = { type: 'oidc', name: identityProvider.name };
      const { identityProviderConfig: config } = await client.send(
        new DescribeIdentityProviderConfigCommand({ clusterName: name, identityProviderConfig }),
      );
      return { ...common, issuerUrl: config?.oidc?.issuerUrl, clientId: config?.oidc?.clientId };
    } catch (error) {
      // Who may read a cluster may not be allowed to read its association, and other sources know these two.
      return {
        ...common,
        problem: `The association '${identityProvider.name}' could not be read. ${awsReason(error)}`,
      };
    }
  } catch (error) {
    return { cluster, problem: awsReason(error) };
  }
}
