import { isCovered } from '../../../constraints/eks/address-block';
import type { Cluster } from '../../derived/clusters';
import { publicAddresses } from '../../derived/public-addresses';
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
import { CLUSTER_IDENTITY_PROVIDER_EFFECTS } from './identity-provider-effects';
import { namespacesOfCluster } from './namespace-effects';
import { PRICE_OF_APP, PRICE_OF_CLUSTER } from './prices';

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

const kind: Teller<ParsedCluster['kind'], ParsedCluster> = (old, now, { parents: [, cluster] }) => {
  // The key handOver tells it.
  if (cluster?.kind === 'existing-eks' && cluster.handOver) return undefined;
  if (old === 'eks') {
    return replaces('Terraform destroys the cluster that it created, with everything that runs on it');
  }
  return now === 'eks'
    ? replaces(
        'Terraform creates a cluster, which EKS refuses if one with this name exists. The one before stays as it is',
      )
    : moves('The grants act on a cluster of another kind');
};

const ANY_CLUSTER = {
  kind,
  app,
  namespaces: namespacesOfCluster,
  guards: clusterGuardEffects,
  identityProvider: CLUSTER_IDENTITY_PROVIDER_EFFECTS,
  tags: { each: text('A tag') },
  // The cluster as a whole tells it.
  absent: () => undefined,
  replaceable: flag(
    widens(
      'A deployment may destroy the cluster with everything that runs on it, and its association; and its app, if every cluster with this app is replaceable',
    ),
    narrows('Terraform refuses to destroy the cluster, its association, and its app'),
  ),
};

const accountId: Teller<string> = (old, now) =>
  old === undefined || now === undefined
    ? moves(
        'The grants act on a cluster with this name in another AWS account, unless it is that of the credentials of Terraform',
      )
    : moves('The grants act on a cluster with this name in another AWS account');

/** No file takes access away from the role with which Terraform worked: EKS, or somebody else, gave it. */
const roleOfTerraform: Teller<string> = (old, now) => {
  const stays = 'keeps its access to the cluster until somebody removes it in EKS';
  if (now === undefined) return neutral(`Terraform works with its own credentials. The role ${stays}`);
  const works = 'Terraform works with this IAM role, which has to administer the cluster without Okta';
  return widens(old === undefined ? works : `${works}. The role before it ${stays}`);
};

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
      roleArn: roleOfTerraform,
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
};

const network: Teller<Eks['network']> = (old, now) =>
  typeof old === 'object' && typeof now === 'object'
    ? undefined
    : replaces('The control plane is in other subnets. EKS refuses those of another VPC, so that takes a new cluster');

const publicCidrs: Teller<readonly string[], Eks['endpoint']> = (_old, _now, { parents: [old, now] }) => {
  const [earlier, current] = [publicAddresses(old), publicAddresses(now)];
  return (
    together([
      ...(current.every((block) => isCovered(block, earlier))
        ? []
        : [widens('Addresses reach the API server over the internet that did not')]),
      ...(earlier.every((block) => isCovered(block, current))
        ? []
        : [narrows('Addresses no longer reach the API server over the internet')]),
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

const version: Teller<string> = (old, now) => {
  if (now === undefined) return neutral('EKS keeps the version; reports assume the newest one');
  const minor = (text: string) => Number(text.split('.')[1]);
  return old !== undefined && minor(now) < minor(old)
    ? replaces('EKS goes back only in the seven days after an upgrade, by one version. It refuses any other step back')
    : replaces(
        'EKS upgrades the control plane, unless it has this version already. That is irreversible after seven days',
      );
};

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
          widens('Security groups are added that allow traffic to the control plane'),
          narrows('Security groups are removed that allowed traffic to the control plane'),
        ),
      },
    },
    endpoint: { keys: { private: privateEndpoint, publicCidrs } },
    logs: members(
      narrows('The control plane records more of what happens'),
      widens('The control plane no longer records what the removed logs hold'),
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

const handOver: Teller<boolean> = (old, now) => {
  if (now) {
    return neutral(
      'Terraform forgets the cluster that it created, its role, and its log group, instead of destroying them',
    );
  }
  return old
    ? neutral('Terraform no longer forgets the cluster, which it has done in the deployment before')
    : undefined;
};

const existingEks: ObjectEffects<Extract<ParsedCluster, { kind: 'existing-eks' }>> = {
  keys: {
    ...EKS_CLUSTER,
    name: always(moves('The grants act on another cluster')),
    region: always(moves('The grants act on a cluster with this name in another region')),
    handOver,
  },
};

const selfManaged: ObjectEffects<Extract<ParsedCluster, { kind: 'self-managed' }>> = {
  keys: {
    ...ANY_CLUSTER,
    kubeconfigContext: always(
      moves(
        'The grants act on the cluster of another context. The bindings and guards stay on the one before, which still trusts the app',
      ),
    ),
    version: always(neutral('Commands assume another Kubernetes version; gains and losses say what its roles allow')),
  },
};

const NEW = {
  eks: 'Terraform creates a cluster. Its deployers, its break-glass role, and whoever creates it administer it without Okta',
  'existing-eks':
    'The file takes in a cluster. Its deployers, its break-glass role, and the role of its account administer it without Okta',
  'self-managed': 'The file takes in a cluster, on which the grants hold',
};

/** Terraform does not know that two stacks are for one cluster, and deletes nothing of a stack that left the file. */
const RENAMED = replaces(
  'One cluster gets another key. Terraform creates what belongs to it again, and fails on what exists, unless you move the state of its stacks first. Sign-in is unavailable if its app changes',
);

/** What a cluster does that leaves the file without its first step. */
function left({ kind }: ParsedCluster): Told {
  const stay = kind === 'self-managed' ? 'Its bindings and guards' : 'Its bindings, guards, and IAM administrators';
  return replaces(
    `The cluster leaves the file without its first step, absent: true. Terraform destroys its app, unless another cluster has the same one, and does not touch the cluster. ${stay} stay`,
  );
}

/** What the first step of leaving does. */
function leaving({ kind, ...settings }: ParsedCluster): Told {
  const app = 'its app, unless another cluster has the same one';
  switch (kind) {
    case 'eks':
      return 'deletionProtection' in settings && settings.deletionProtection
        ? replaces(
            `Terraform destroys the RBAC of the cluster and its association, and then fails: EKS refuses to delete the cluster until a deployment without absent has turned its deletionProtection off`,
          )
        : replaces(
            `Terraform destroys the cluster with everything that runs on it, the log group with its audit logs, and ${app}`,
          );
    case 'existing-eks':
      return replaces(
        `Terraform removes the association, the IAM administrators, and the RBAC of the file from the cluster, which stays, and destroys ${app}`,
      );
    case 'self-managed':
      return replaces(`Terraform removes the RBAC of the file from the cluster, which stays, and destroys ${app}`);
  }
}

const whole: Teller<ParsedCluster> = (old, now, { after, segments, renamed }) => {
  const key = String(segments[1]);
  const [wasThere, isThere] = [old, now].map((cluster) => cluster !== undefined && !cluster.absent);
  if (now !== undefined && isThere && !wasThere) {
    const isShared = sharing(after.clusters, key).length > 0;
    return renamed.has(key)
      ? RENAMED
      : widens(
          `${NEW[now.kind]}${isShared ? ". It and the clusters with the same app accept each other's tokens" : ''}`,
        );
  }
  if (old !== undefined && wasThere && !isThere) {
    if (renamed.has(key)) return RENAMED;
    return now === undefined ? left(old) : leaving(old);
  }
  if (old === undefined) {
    return neutral(
      'The stacks of the cluster are empty: the next deployment removes what they made, if they made anything',
    );
  }
  return now === undefined ? neutral('The empty stacks of an absent cluster leave the program') : undefined;
};

export const CLUSTERS_EFFECTS: EffectsOf<ParsedFile['clusters']> = {
  each: {
    whole,
    ofOneKind: ['account', 'deployers', 'breakGlass', 'alarms', 'handOver'],
    kinds: { eks, 'existing-eks': existingEks, 'self-managed': selfManaged },
  },
};
