import { isDeepStrictEqual } from 'node:util';
import { isCovered } from '../constraints/eks/address-block';
import { narrows, neutral, replaces, type Told, together, widens } from '../model/review/effects/effect';
import { podSecurity } from '../model/review/effects/namespace-effects';
import {
  PRICE_OF_APP,
  PRICE_OF_ASSOCIATION,
  PRICE_OF_CLUSTER,
  PRICE_OF_GROUP,
  PRICE_OF_NAMESPACE,
} from '../model/review/effects/prices';
import type { Values } from './stack-plan';
import { blocksAt, metadataOf, textAt, textsAt } from './values';

/** What it means that Terraform does something with an object of a kind. */
export interface ObjectKind {
  /** What it is, such as `group`. */
  readonly what: string;
  created(after: Values): Told;
  destroyed(before: Values): Told;
  /** @default - what destroying it means */
  replaced?(before: Values, after: Values): Told;
  updated(before: Values, after: Values): Told;
}

const NO_EFFECT = neutral('Access stays the same');
const ROWS = neutral('Gains and losses say who has what');
const MORE_TRAFFIC = widens('More traffic may reach the pods of the namespace');
const LESS_TRAFFIC = narrows('Less traffic reaches the pods of the namespace');

const always = (told: Told) => () => told;

/** Objects whose effect is in the gains and losses. */
const rows = (what: string, destroyed: Told, meanwhile: string): ObjectKind => ({
  what,
  created: always(ROWS),
  destroyed: always(destroyed),
  replaced: always(neutral(meanwhile)),
  updated: always(ROWS),
});

/** The kinds of objects in the stacks, by Terraform's resource type. */
const KINDS: Readonly<Record<string, ObjectKind>> = {
  okta_group: {
    what: 'group',
    created: always(neutral('Gains say what it is granted')),
    destroyed: always(replaces(PRICE_OF_GROUP)),
    replaced: always(replaces(`${PRICE_OF_GROUP}, and creates another one with another id`)),
    updated: (before, after) =>
      textAt(before, 'name') === textAt(after, 'name')
        ? NO_EFFECT
        : replaces(
            'The group keeps its id and its people, and tokens carry the new name. Until the bindings of the clusters have the new name too, the group has no access',
          ),
  },
  okta_group_memberships: rows(
    'membership list',
    narrows('Terraform removes these people from the group'),
    'People lose the membership until Terraform has created it again',
  ),
  okta_group_rule: rows(
    'group rule',
    narrows('The rule no longer selects members'),
    'People lose the membership until Terraform has created the rule again',
  ),
  okta_app_oauth: {
    what: 'app',
    created: always(neutral('It is new, with a client ID that no cluster trusts yet')),
    destroyed: always(replaces(`The client ID is lost: an app that is created again has another one; ${PRICE_OF_APP}`)),
    updated: (before, after) => {
      const changed = SIGN_IN_ARGUMENTS.filter((key) => !isDeepStrictEqual(before[key], after[key]));
      return changed.length === 0 ? NO_EFFECT : widens(`How people sign in changes: ${changed.join(', ')}`);
    },
  },
  okta_app_group_assignments: {
    what: 'assignments of an app',
    created: always(neutral('The groups can sign in to the app')),
    destroyed: always(replaces('The groups can no longer sign in to the app')),
    replaced: always(replaces('Nobody can sign in to the app until Terraform has assigned the groups again')),
    updated: always(neutral('Other groups can sign in to the app; bindings decide what they may do')),
  },
  okta_auth_server: {
    what: 'authorization server',
    created: always(neutral('It issues the tokens of the apps')),
    destroyed: always(replaces(`The issuer of the tokens is lost; ${PRICE_OF_ASSOCIATION}`)),
    updated: (before, after) =>
      ['issuer_mode', 'status'].some((key) => !isDeepStrictEqual(before[key], after[key]))
        ? replaces(`The issuer of the tokens changes; ${PRICE_OF_ASSOCIATION}`)
        : NO_EFFECT,
  },
  okta_auth_server_claim: {
    what: 'claim',
    created: always(neutral('Tokens carry it')),
    destroyed: always(replaces('Tokens no longer carry the claim: people sign in without their groups')),
    replaced: always(replaces('Tokens lack the claim until Terraform has created it again')),
    updated: always(widens('Tokens carry something else, such as groups that were not in them')),
  },
  okta_auth_server_policy: {
    what: 'access policy',
    created: always(neutral('It lets the app get tokens')),
    destroyed: always(replaces('The app gets no tokens by this policy')),
    replaced: always(replaces('The app gets no tokens by this policy until Terraform has created it again')),
    updated: always(widens('The policy may apply to more apps')),
  },
  okta_auth_server_policy_rule: {
    what: 'rule of an access policy',
    created: always(neutral('It lets the app get tokens')),
    destroyed: always(replaces('The app gets no tokens by this rule')),
    replaced: always(replaces('The app gets no tokens by this rule until Terraform has created it again')),
    updated: always(widens('How people get tokens, or how long tokens last, changes')),
  },
  okta_app_signon_policy: {
    what: 'authentication policy',
    created: always(neutral('It says how people sign in')),
    destroyed: always(widens("The apps have Okta's default policy, which may ask for less")),
    updated: always(NO_EFFECT),
  },
  okta_app_signon_policy_rule: {
    what: 'rule of an authentication policy',
    created: always(neutral('It says how people sign in')),
    destroyed: always(widens('Sign-in may ask for less')),
    updated: always(widens('What sign-in asks for changes, and may be less')),
  },
  aws_eks_cluster: {
    what: 'cluster',
    created: always(widens('Its deployers, its break-glass role, and whoever creates it administer it without Okta')),
    destroyed: always(replaces('Terraform destroys the cluster with everything that runs on it')),
    replaced: always(replaces(`${PRICE_OF_CLUSTER}, without bindings and guards until their stacks are applied again`)),
    updated: clusterUpdated,
  },
  aws_eks_identity_provider_config: {
    what: 'association',
    created: always(neutral('The cluster accepts the tokens of Okta after 20 minutes or more')),
    destroyed: always(replaces('The cluster refuses the tokens of Okta: nobody signs in by Okta')),
    replaced: always(
      replaces('Sign-in to the cluster is unavailable for 20 minutes or more while Terraform replaces it'),
    ),
    updated: always(NO_EFFECT),
  },
  aws_eks_access_entry: {
    what: 'access entry',
    created: always(neutral('An IAM role can enter the cluster; access policies and groups say what it may do')),
    destroyed: always(narrows('An IAM role can no longer enter the cluster')),
    replaced: (before, after) =>
      textAt(before, 'principal_arn') === textAt(after, 'principal_arn')
        ? neutral('The IAM role cannot enter the cluster until Terraform has created the entry again')
        : widens('Another IAM role can enter the cluster'),
    updated: (before, after) => {
      const known = textsAt(before, 'kubernetes_groups');
      return textsAt(after, 'kubernetes_groups').every((group) => known.includes(group))
        ? NO_EFFECT
        : widens('The IAM role is in more groups of the cluster');
    },
  },
  aws_eks_access_policy_association: {
    what: 'access policy of an IAM role',
    created: always(widens('The IAM role has the access of the policy without Okta')),
    destroyed: always(narrows('The IAM role no longer has the access of the policy')),
    replaced: (before, after) =>
      ['principal_arn', 'policy_arn', 'access_scope'].every((key) => isDeepStrictEqual(before[key], after[key]))
        ? neutral('The IAM role lacks the access until Terraform has created it again')
        : widens('An IAM role has other access without Okta'),
    updated: always(widens('An IAM role has other access without Okta')),
  },
  aws_iam_role: {
    what: 'IAM role of the cluster',
    created: always(NO_EFFECT),
    destroyed: always(replaces('EKS can no longer manage the cluster with this role')),
    replaced: always(replaces(`EKS takes another role only with another cluster: ${PRICE_OF_CLUSTER}`)),
    updated: (before, after) =>
      textAt(before, 'assume_role_policy') === textAt(after, 'assume_role_policy')
        ? NO_EFFECT
        : widens('Others may assume the role'),
  },
  aws_iam_role_policy_attachment: {
    what: 'policy of the IAM role of the cluster',
    created: always(NO_EFFECT),
    destroyed: always(replaces('EKS can no longer manage the cluster with its role')),
    replaced: always(neutral('The role lacks the policy until Terraform has attached it again')),
    updated: always(NO_EFFECT),
  },
  aws_cloudwatch_log_group: {
    what: 'log group',
    created: always(narrows('What happens on the cluster is recorded')),
    destroyed: always(replaces('The records of who did what on the cluster are deleted')),
    updated: (before, after) =>
      before.retention_in_days === after.retention_in_days ? NO_EFFECT : widens('Records are kept for another time'),
  },
  aws_cloudwatch_log_metric_filter: {
    what: 'metric filter',
    created: always(narrows('Access is counted for an alarm')),
    destroyed: always(widens('Failed, forbidden, or break-glass access goes unnoticed')),
    updated: always(widens('Other access is counted for an alarm')),
  },
  aws_cloudwatch_metric_alarm: {
    what: 'alarm',
    created: always(narrows('Access raises an alarm')),
    destroyed: always(widens('Failed, forbidden, or break-glass access goes unnoticed')),
    updated: always(widens('The alarm goes off for something else, or notifies somebody else')),
  },
  kubernetes_namespace: {
    what: 'namespace',
    created: always(NO_EFFECT),
    destroyed: always(replaces(PRICE_OF_NAMESPACE)),
    updated: (before, after) => podSecurityTold(labelsIn(metadataOf(before)), labelsIn(metadataOf(after))),
  },
  kubernetes_labels: {
    what: 'labels of a namespace',
    created: labelsCreated,
    destroyed: (before) => podSecurityTold(labelsIn(before), {}),
    updated: (before, after) => podSecurityTold(labelsIn(before), labelsIn(after)),
  },
  kubernetes_network_policy: {
    what: 'network policy',
    created: (after) => (allowsTraffic(after) ? MORE_TRAFFIC : LESS_TRAFFIC),
    destroyed: (before) => (allowsTraffic(before) ? LESS_TRAFFIC : MORE_TRAFFIC),
    replaced: always(MORE_TRAFFIC),
    updated: (before, after) => (isDeepStrictEqual(before.spec, after.spec) ? NO_EFFECT : MORE_TRAFFIC),
  },
  kubernetes_resource_quota: {
    what: 'quota',
    created: always(narrows('The namespace has limits')),
    destroyed: always(widens('The namespace no longer has limits')),
    updated: (before, after) =>
      isDeepStrictEqual(before.spec, after.spec)
        ? NO_EFFECT
        : widens('The namespace has other limits, which may be higher'),
  },
  kubernetes_cluster_role: rows('ClusterRole', ROWS, 'The role allows nothing until Terraform has created it again'),
  kubernetes_role: rows('Role', ROWS, 'The role allows nothing until Terraform has created it again'),
  kubernetes_cluster_role_binding: rows('ClusterRoleBinding', ROWS, 'Nobody has the role until it is created again'),
  kubernetes_role_binding: rows('RoleBinding', ROWS, 'Nobody has the role until it is created again'),
  kubernetes_manifest: {
    what: 'guard',
    created: always(narrows('It refuses requests that RBAC allows')),
    destroyed: always(widens('No guard refuses these requests: everyone whose role allows them can make them')),
    replaced: always(widens('Nothing refuses these requests until Terraform has created the guard again')),
    updated: always(widens('The guard changes. A plan does not show whether it refuses less')),
  },
};

/** The arguments of an app that decide how people sign in. */
const SIGN_IN_ARGUMENTS = [
  ...['authentication_policy', 'grant_types', 'implicit_assignment', 'pkce_required', 'post_logout_redirect_uris'],
  ...['redirect_uris', 'refresh_token_leeway', 'refresh_token_rotation', 'status', 'token_endpoint_auth_method'],
];

/** Arguments that change nothing about access, for all kinds. */
const WITHOUT_EFFECT = new Set(['description', 'tags', 'tags_all', 'timeouts']);

/** What it means that Terraform changes an object in place. */
export function updatedTold(kind: ObjectKind, before: Values, after: Values): Told {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...keys].filter((key) => !isDeepStrictEqual(before[key], after[key]));
  return changed.every((key) => WITHOUT_EFFECT.has(key)) ? NO_EFFECT : kind.updated(before, after);
}

/** What an object of a type means; undefined for a type that the stacks do not have. */
export function objectKind(type: string): ObjectKind | undefined {
  // The resources of Kubernetes have a name with and without its version.
  const name = type.replace(/^(kubernetes_.*)_v1$/, '$1');
  return Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
}

// The name of an app is its protocol, which is the same for all.
const NAME_ARGUMENTS = ['principal_arn', 'label', 'name', 'alarm_name', 'cluster_name', 'role', 'id'];

/** Kinds whose objects people know by the name of another object, to which an argument refers. */
const OWNERS: Readonly<Record<string, Owner>> = {
  okta_app_group_assignments: { argument: 'app_id', type: 'okta_app_oauth', key: 'label' },
  okta_auth_server_policy_rule: { argument: 'policy_id', type: 'okta_auth_server_policy', key: 'name' },
  okta_group_memberships: { argument: 'group_id', type: 'okta_group', key: 'name' },
};

/** The object by whose name people know another one. */
export interface Owner {
  /** The argument with its id. */
  readonly argument: string;
  readonly type: string;
  /** The argument with its name. */
  readonly key: string;
}

/** The object whose name an object of a type has; undefined if it has its own. */
export function ownerOf(type: string): Owner | undefined {
  return Object.hasOwn(OWNERS, type) ? OWNERS[type] : undefined;
}

/** The name of an object, as people know it; undefined if it is only known after apply. */
export function objectName(values: Values | undefined): string | undefined {
  const metadata = metadataOf(values);
  const [name, namespace] = [textAt(metadata, 'name'), textAt(metadata, 'namespace')];
  if (name !== undefined) return namespace ? `${namespace}/${name}` : name;
  return NAME_ARGUMENTS.map((key) => textAt(values, key)).find((text) => text !== undefined);
}

function labelsIn(values: Values | undefined): Values {
  return blocksAt(values, 'labels')[0] ?? {};
}

function podSecurityTold(before: Values, after: Values): Told {
  const [old, now] = [before, after].map((labels) => textAt(labels, 'pod-security.kubernetes.io/enforce'));
  return old === now ? NO_EFFECT : podSecurity(old, now);
}

/** A plan does not show which level the namespace has had; as for `diff`, none. */
function labelsCreated(after: Values): Told {
  const level = textAt(labelsIn(after), 'pod-security.kubernetes.io/enforce');
  if (level === undefined) return NO_EFFECT;
  return level === 'privileged'
    ? podSecurityTold({}, labelsIn(after))
    : narrows(`Pods must meet the Pod Security level ${level}`);
}

/** Whether a network policy lets traffic in; one without a rule refuses all. */
function allowsTraffic(policy: Values): boolean {
  return blocksAt(blocksAt(policy, 'spec')[0], 'ingress').length > 0;
}

function clusterUpdated(before: Values, after: Values): Told {
  const [oldBlocks, blocks] = [publicBlocks(before), publicBlocks(after)];
  const logs = textsAt(after, 'enabled_cluster_log_types');
  const mode = (values: Values) => textAt(blocksAt(values, 'access_config')[0], 'authentication_mode');
  const found = [
    ...(textAt(before, 'version') === textAt(after, 'version')
      ? []
      : [replaces('EKS upgrades the control plane, which is irreversible after seven days')]),
    ...(mode(before) === mode(after) ? [] : [replaces('How IAM roles enter the cluster changes, irreversibly')]),
    ...(isDeepStrictEqual(before.encryption_config, after.encryption_config)
      ? []
      : [replaces('EKS encrypts Secrets with a key, which is irreversible')]),
    ...(blocks.every((block) => isCovered(block, oldBlocks))
      ? []
      : [widens('More addresses reach the API server over the internet')]),
    ...(textsAt(before, 'enabled_cluster_log_types').every((log) => logs.includes(log))
      ? []
      : [widens('What people do on the cluster, or how they sign in, is no longer recorded')]),
    ...(before.deletion_protection === true && after.deletion_protection !== true
      ? [widens('The cluster can be deleted with everything that runs on it')]
      : []),
  ];
  return together(found) ?? NO_EFFECT;
}

/** The address blocks that reach the API server over the internet. */
function publicBlocks(cluster: Values): readonly string[] {
  const [network] = blocksAt(cluster, 'vpc_config');
  return network?.endpoint_public_access === false ? [] : textsAt(network, 'public_access_cidrs');
}
