import type { Cluster } from '../../derived/clusters';
import type { ParsedCluster, ParsedFile } from '../../file/parsed-file';
import {
  always,
  amount,
  type EffectsOf,
  flag,
  later,
  members,
  moves,
  narrows,
  neutral,
  type ObjectEffects,
  replaces,
  type Teller,
  type Told,
  text,
  together,
  widens,
} from './effect';
import { clusterGuardEffects } from './guard-effects';
import { namespacesOfCluster } from './namespace-effects';
import { PRICE_OF_APP, PRICE_OF_CLUSTER } from './prices';
import { isReachedBy, publicAddresses } from './public-addresses';

type Eks = Extract<ParsedCluster, { kind: 'eks' }>;
type BreakGlass = NonNullable<Eks['breakGlass']>;

/** A cluster trusts another app. Clusters with the same app accept each other's tokens. */
const app: Teller<string> = (_old, _now, { before, after, segments }) => {
  const key = String(segments[1]);
  const others = sharing(after.clusters, key);
  const known = new Set(sharing(before.clusters, key));
  return others.some((other) => !known.has(other))
    ? widens(`The cluster and the others with the same app accept each other's tokens; ${PRICE_OF_APP}`)
    : replaces(`The cluster trusts another app, with another client ID; ${PRICE_OF_APP}`);
};

/** The other clusters with the app of a cluster. */
function sharing(clusters: Readonly<Record<string, Cluster>>, key: string): readonly string[] {
  const own = clusters[key]?.app;
  return Object.values(clusters).flatMap((cluster) =>
    cluster.key !== key && cluster.app === own ? [cluster.key] : [],
  );
}

const kind: Teller<ParsedCluster['kind']> = (old, now) => {
  if (old === 'eks') {
    return replaces('Terraform destroys the cluster that it created, with everything that runs on it');
  }
  return now === 'eks'
    ? replaces('Terraform creates a new cluster, and the existing one leaves the file as it is')
    : moves('The grants act on a cluster of another kind');
};

const ANY_CLUSTER = {
  kind,
  app,
  namespaces: namespacesOfCluster,
  guards: clusterGuardEffects,
  tags: { each: text('A tag') },
};

const accountId: Teller<string> = (old, now) =>
  old === undefined || now === undefined
    ? moves(
        'The grants act on a cluster with this name in another AWS account, unless it is that of the credentials of Terraform',
      )
    : moves('The grants act on a cluster with this name in another AWS account');

/** An IAM role that administers a cluster without Okta. */
function administrator(what: string): Teller<string> {
  return (_, now) =>
    now === undefined
      ? narrows(`${what} no longer administers the cluster`)
      : widens(`${what} administers the cluster without Okta`);
}

const breakGlass: Teller<BreakGlass> = (old, now) => {
  if (old === undefined) return widens('An IAM role administers the cluster without Okta until its last day');
  return now === undefined ? narrows('No IAM role administers the cluster when Okta does not work') : undefined;
};

const ALARMED = narrows('Failed and forbidden access raises alarms');
const UNNOTICED = widens('Failed, forbidden, and break-glass access goes unnoticed');

const topicArn: Teller<string> = (old, now) => {
  if (old === undefined) return narrows('Alarms notify somebody');
  return now === undefined ? UNNOTICED : widens('Alarms notify somebody else than before');
};

const EKS_CLUSTER = {
  ...ANY_CLUSTER,
  account: {
    keys: {
      id: accountId,
      roleArn: administrator('The role with which Terraform works'),
    },
  },
  deployers: members(
    widens('IAM roles are added that administer the cluster without Okta'),
    narrows('IAM roles are removed that administered the cluster without Okta'),
  ),
  breakGlass: {
    whole: breakGlass,
    keys: {
      roleArn: always(widens('Another IAM role administers the cluster without Okta')),
      expires: later('Break-glass access'),
      reason: text('The reason'),
    },
  },
  alarms: {
    whole: (old: unknown, now: unknown) => (old === undefined ? ALARMED : now === undefined ? UNNOTICED : undefined),
    keys: {
      topicArn,
    },
  },
  replaceable: flag(
    widens('A deployment may destroy the cluster with everything that runs on it, and its association'),
    narrows('Terraform refuses to destroy the cluster and its association'),
  ),
};

const network: Teller<Eks['network']> = (old, now) =>
  typeof old === 'object' && typeof now === 'object'
    ? undefined
    : replaces('The control plane is in other subnets. EKS refuses those of another VPC, so that takes a new cluster');

const publicCidrs: Teller<readonly string[], Eks['endpoint']> = (_old, _now, { parents: [old, now] }) => {
  const [earlier, current] = [publicAddresses(old), publicAddresses(now)];
  return (
    together([
      ...(current.every((block) => isReachedBy(block, earlier))
        ? []
        : [widens('More addresses reach the API server over the internet')]),
      ...(earlier.every((block) => isReachedBy(block, current))
        ? []
        : [narrows('Fewer addresses reach the API server over the internet')]),
    ]) ?? neutral('The same addresses reach the API server')
  );
};

const privateEndpoint: Teller<boolean, Eks['endpoint']> = (_, now, { parents: [old, after] }) => {
  const isPublic = (endpoint: Eks['endpoint'] | undefined) => publicAddresses(endpoint).length > 0;
  if (now && isPublic(old) && !isPublic(after)) return narrows('Only the VPC reaches the API server, not the internet');
  if (!now && !isPublic(old)) return widens('The API server is reached over the internet, not only from the VPC');
  return now
    ? widens('The API server is also reached from inside the VPC')
    : narrows('The API server is no longer reached by a private endpoint in the VPC');
};

const secretsKeyArn: Teller<string> = (old, now) => {
  if (old === undefined)
    return replaces(
      'EKS encrypts Secrets with this key, which is irreversible: you cannot change or remove the key later',
    );
  return now === undefined
    ? replaces(PRICE_OF_CLUSTER)
    : replaces(
        'EKS never takes another key: Terraform plans the change in every run, and only a new cluster has the key',
      );
};

const authenticationMode: Teller<Eks['authenticationMode']> = (_, now) =>
  now === 'API'
    ? replaces(
        'EKS no longer reads aws-auth: its entries stop working, and nodes without an access entry leave the cluster. It is irreversible',
      )
    : replaces('EKS refuses to read aws-auth again, so the apply fails');

const version: Teller<string> = (_old, now) =>
  now === undefined
    ? neutral('EKS keeps the version; reports assume the newest one')
    : replaces(
        'EKS upgrades the control plane, which is irreversible after seven days. It refuses any other step back',
      );

const eks: ObjectEffects<Eks> = {
  keys: {
    ...EKS_CLUSTER,
    name: always(replaces(PRICE_OF_CLUSTER)),
    region: always(
      moves(
        'The grants act on a cluster in another region: Terraform creates it there, and no longer manages the old one',
      ),
    ),
    version,
    roleName: always(replaces(PRICE_OF_CLUSTER)),
    network: {
      whole: network,
      keys: {
        subnetIds: always(
          replaces(
            'The control plane is in other subnets. EKS refuses those of another VPC, so that takes a new cluster',
          ),
        ),
        securityGroupIds: members(
          widens('More security groups allow traffic to the control plane'),
          narrows('Fewer security groups allow traffic to the control plane'),
        ),
      },
    },
    endpoint: { keys: { private: privateEndpoint, publicCidrs } },
    logs: members(
      narrows('More of what happens is recorded'),
      widens('What people do on the cluster, or how they sign in, is no longer recorded'),
    ),
    logRetentionDays: amount(narrows('Records are kept longer'), widens('Records are deleted sooner')),
    secretsKeyArn,
    authenticationMode,
    supportType: (_, now) =>
      now === 'STANDARD'
        ? replaces('EKS upgrades the cluster at the end of standard support, which is irreversible')
        : neutral('EKS keeps the version after standard support, at extra cost'),
    deletionProtection: flag(
      narrows('EKS refuses to delete the cluster'),
      widens('The cluster can be deleted with everything that runs on it'),
    ),
  },
};

const existingEks: ObjectEffects<Extract<ParsedCluster, { kind: 'existing-eks' }>> = {
  keys: {
    ...EKS_CLUSTER,
    name: always(moves('The grants act on another cluster')),
    region: always(moves('The grants act on a cluster with this name in another region')),
  },
};

const selfManaged: ObjectEffects<Extract<ParsedCluster, { kind: 'self-managed' }>> = {
  keys: {
    ...ANY_CLUSTER,
    kubeconfigContext: always(moves('The grants act on the cluster of another context')),
    version: always(neutral('Commands assume another Kubernetes version; gains and losses say what its roles allow')),
  },
};

const whole = (old: unknown, now: unknown): Told | undefined => {
  if (old === undefined) {
    return widens(
      'The file takes in a cluster. Its deployers, its break-glass role, and whoever creates it administer it without Okta',
    );
  }
  return now === undefined
    ? replaces(
        'The cluster leaves the file: Terraform destroys its app, unless another cluster has the same one, and does not touch the cluster. Its bindings and IAM administrators stay',
      )
    : undefined;
};

export const CLUSTERS_EFFECTS: EffectsOf<ParsedFile['clusters']> = {
  each: { whole, kinds: { eks, 'existing-eks': existingEks, 'self-managed': selfManaged } },
};
