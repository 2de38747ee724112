import type { AuthenticationConfig } from '../../authentication/authentication-config';
import { AccessError } from '../../constraints/access-error';
import { escaped } from '../../constraints/finding';
import { AwsError, type ClusterReader, clusterReader } from '../../live/aws/cluster-reader';
import { combinedFacts, type LiveFact, type LiveFacts } from '../../live/facts/live-facts';
import type { OktaApi } from '../../live/okta/okta-api';
import { CREDENTIAL_VARIABLES } from '../../live/okta/okta-credentials';
import type { Access, Cluster } from '../../model';
import { isEks } from '../../model/derived/cluster-kinds';
import { clusterAuthentication } from '../cluster-authentication';
import { type ApiServerAnswers, apiServerAnswers } from './api-server-answers';
import { CouldNotCheck } from './doctor-check';
import { type IssuerAnswers, issuerAnswers } from './issuer-answers';
import { contextOf, type KubeconfigContext, type Kubeconfigs } from './kubeconfigs';
import type { Machine } from './machine';
import { factsOfOkta, type OktaAnswers, oktaAnswers } from './okta-answers';
import { once } from './once';
import { type TokenSource, tokenSource } from './token-in-use';

export interface DoctorContextProps {
  readonly access: Access;
  readonly cluster: Cluster;
  /** What options and files say about Okta and AWS. */
  readonly facts: LiveFacts;
  readonly machine: Machine;
  readonly kubeconfigs: Kubeconfigs;
  /** Name of the context for the cluster; undefined if the kubeconfig has none. */
  readonly contextName: string | undefined;
  /** The login of the person who cannot sign in. @default - whoever the token is for */
  readonly login?: string;
  /** Whether to sign in again. @default false, and the token is that of kubelogin's cache */
  readonly signIn?: boolean;
  /** Asks AWS about the cluster. @default - the AWS SDK, with the credentials of the environment */
  readonly reader?: ClusterReader;
  /** Asks Okta’s management API. @default - nobody has credentials for it */
  readonly oktaApi?: OktaApi;
}

/** What the checks of a cluster look at. Everything is read when the first check asks for it, and once. */
export interface DoctorContext extends Omit<DoctorContextProps, 'signIn' | 'reader' | 'oktaApi'> {
  /** @throws CouldNotCheck without one */
  kubeconfig(): KubeconfigContext;
  readonly issuer: IssuerAnswers;
  readonly tokens: TokenSource;
  readonly apiServer: ApiServerAnswers;
  /** What AWS knows about the cluster. @throws CouldNotCheck for a cluster outside EKS */
  aws(): ClusterReader;
  /** What an Okta administrator sees. */
  readonly okta: OktaAnswers;
  /** What people want for the cluster, as far as it is known: from options and files, then from Okta. */
  intended(): Promise<LiveFacts>;
  /** The same, and what it leaves open from AWS. */
  expected(): Promise<LiveFacts>;
  /** How the API server has to authenticate people. What is not known is taken from the kubeconfig. @throws CouldNotCheck */
  authentication(): Promise<AuthenticationConfig>;
}

/** The context for the checks of one cluster. */
export function doctorContext(props: DoctorContextProps): DoctorContext {
  const { access, cluster, facts, machine, kubeconfigs, contextName, login, signIn = false } = props;
  const kubeconfig = once(() => {
    const found = contextName === undefined ? undefined : contextOf(kubeconfigs, contextName);
    if (found?.isComplete !== true)
      throw new CouldNotCheck('The kubeconfig has no whole context for the cluster (see kubeconfig-context).');
    return found;
  });
  const tokens = tokenSource(kubeconfig, machine, signIn);
  const aws = once(() => rememberedReader(props.reader ?? readerOf(cluster)));
  const okta = oktaAnswers({
    ...{ access, cluster, login, tokens, now: machine.now },
    api: () => knownApi(props.oktaApi),
  });
  const intended = once(async () =>
    combinedFacts([facts, factsOfOkta(cluster, await known(okta.server), await known(okta.app))]),
  );
  const expected = once(async () => combinedFacts([await intended(), await factsOfAws(cluster, aws)]));
  return {
    ...props,
    ...{ kubeconfig, tokens, okta, aws, intended, expected },
    issuer: issuerAnswers(kubeconfig, machine),
    apiServer: apiServerAnswers(kubeconfig, machine, tokens),
    authentication: once(async () => {
      const { issuerUrl, clientIds } = await expected();
      const issuer = issuerUrl?.value ?? kubeconfig().issuer;
      const clientId = clientIds.get(cluster.app)?.value ?? kubeconfig().clientId;
      if (issuer === undefined || clientId === undefined) {
        throw new CouldNotCheck(`The issuer and the client ID of the app ${escaped(cluster.app)} are not known.`);
      }
      return clusterAuthentication(access, cluster, { issuerUrl: issuer, clientId });
    }),
  };
}

function readerOf(cluster: Cluster): ClusterReader {
  if (!isEks(cluster)) throw new CouldNotCheck('The cluster is not in EKS.');
  return clusterReader(cluster);
}

/** A reader that asks AWS once for each thing, and for nothing more if AWS cannot be asked at all. */
function rememberedReader(reader: ClusterReader): ClusterReader {
  const cluster = once(reader.cluster);
  const afterCluster = <Value>(read: () => Promise<Value>) =>
    once(async () => {
      try {
        await cluster();
      } catch (error) {
        if (error instanceof AwsError && error.kind === 'other') throw error;
      }
      return read();
    });
  return {
    cluster,
    association: afterCluster(reader.association),
    accessEntries: afterCluster(reader.accessEntries),
    refusals: afterCluster(reader.refusals),
  };
}

function knownApi(api: OktaApi | undefined): OktaApi {
  if (api === undefined)
    throw new CouldNotCheck(`There are no credentials for Okta in the environment: ${CREDENTIAL_VARIABLES}.`);
  return api;
}

/** What somebody answers; undefined if they do not. */
async function known<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CouldNotCheck || AccessError.is(error)) return undefined;
    throw error;
  }
}

/** What AWS says about a cluster; nothing if it does not answer. */
async function factsOfAws({ key, app }: Cluster, aws: () => ClusterReader): Promise<LiveFacts> {
  const cluster = await known(() => aws().cluster());
  const association = await known(() => aws().association());
  const fact = (name: string, value: string | undefined): ReadonlyMap<string, LiveFact> =>
    new Map(value === undefined || value === '' ? [] : [[name, { value, source: 'AWS' }]]);
  const issuerUrl = association?.issuer_url;
  return {
    ...(issuerUrl && { issuerUrl: { value: issuerUrl, source: 'AWS' } }),
    clientIds: fact(app, association?.client_id),
    endpoints: fact(key, cluster?.endpoint),
    certificateAuthorities: fact(key, cluster?.certificateAuthority),
  };
}
