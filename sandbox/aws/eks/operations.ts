import { z } from 'zod';
import { AwsError, invalidParameter } from '../aws-error';
import {
  accessEntryOf,
  associatePolicy,
  createAccessEntry,
  disassociatePolicy,
  updateAccessEntry,
  verifyHasEntries,
} from './access-entries';
import { ACCESS_POLICY_NAMES, accessPolicyArn } from './access-policies';
import {
  accessEntryAnswer,
  associationAnswer,
  clusterAnswer,
  policyAnswer,
  updateAnswer,
  versionAnswer,
} from './answers';
import type { Cluster } from './cluster';
import { clusterVersions } from './cluster-versions';
import type { Caller, Eks } from './eks';
import { associationOf } from './identity-provider';
import { page } from './pages';
import { addTags, tagsOf } from './tags';
import { updateOf } from './updates';

/** A call of the EKS API. */
export interface EksCall {
  readonly caller: Caller;
  /** The parts of the path, decoded, by their names in the pattern. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** An operation of the EKS API. */
export interface Operation {
  /** Name as in policies of IAM, such as `DescribeCluster`. */
  readonly name: string;
  readonly method: string;
  /** Path with names in braces, such as `/clusters/{cluster}`. */
  readonly pattern: string;
  readonly answer: (eks: Eks, call: EksCall) => object;
}

const text = z.string();
const texts = z.array(text);
const map = z.record(text, text);
const loose = z.looseObject({});
const mode = z.enum(['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API']);
const vpc = z.object({
  ...{ subnetIds: texts.optional(), securityGroupIds: texts.optional(), publicAccessCidrs: texts.optional() },
  ...{ endpointPublicAccess: z.boolean().optional(), endpointPrivateAccess: z.boolean().optional() },
  controlPlaneEgressMode: z.enum(['AWS_MANAGED', 'CUSTOMER_ROUTED', 'CUSTOMER_ISOLATED']).optional(),
});
const logging = z.object({
  clusterLogging: z.array(z.object({ types: texts.optional(), enabled: z.boolean().optional() })).optional(),
});

/** What the client may send and the local EKS does not change: it is answered as it was sent. */
const KEPT = {
  ...{ encryptionConfig: z.array(loose).optional(), upgradePolicy: loose.optional() },
  ...{ zonalShiftConfig: loose.optional(), storageConfig: loose.optional(), computeConfig: loose.optional() },
  ...{ kubernetesNetworkConfig: loose.optional(), remoteNetworkConfig: loose.optional() },
  controlPlaneScalingConfig: loose.optional(),
};

const createCluster = z.object({
  ...{ name: text, version: text.optional(), roleArn: text.startsWith('arn:'), resourcesVpcConfig: vpc },
  accessConfig: z
    .object({ authenticationMode: mode.optional(), bootstrapClusterCreatorAdminPermissions: z.boolean().optional() })
    .optional(),
  ...{ logging: logging.optional(), deletionProtection: z.boolean().optional(), tags: map.optional() },
});

const updateConfig = z.object({
  accessConfig: z.object({ authenticationMode: mode.optional() }).optional(),
  ...{ resourcesVpcConfig: vpc.optional(), logging: logging.optional(), deletionProtection: z.boolean().optional() },
  ...{ upgradePolicy: loose.optional(), zonalShiftConfig: loose.optional() },
});

const oidc = z.object({
  ...{ identityProviderConfigName: text.min(1), issuerUrl: text.min(1), clientId: text.min(1) },
  ...{ usernameClaim: text.optional(), usernamePrefix: text.optional() },
  ...{ groupsClaim: text.optional(), groupsPrefix: text.optional(), requiredClaims: map.optional() },
});

const named = z.object({ identityProviderConfig: z.object({ type: text, name: text }) });

const entry = z.object({ kubernetesGroups: texts.optional(), username: text.optional() });

const scope = z.object({
  policyArn: text,
  accessScope: z.object({ type: z.enum(['cluster', 'namespace']), namespaces: texts.default([]) }),
});

/** The operations of the local EKS. @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Operations.html */
export const OPERATIONS: readonly Operation[] = [
  on('CreateCluster', 'POST /clusters', (eks, { caller, body }) => {
    const { settings, ...input } = { ...read(createCluster, body), settings: definedOf(read(z.object(KEPT), body)) };
    return { cluster: clusterAnswer(eks.create(caller, { ...input, settings })) };
  }),
  on('ListClusters', 'GET /clusters', (eks, { caller, query }) =>
    paged(
      'clusters',
      eks
        .list(caller)
        .map(({ name }) => name)
        .sort(),
      query,
    ),
  ),
  onCluster('DescribeCluster', 'GET', '', (cluster) => ({ cluster: clusterAnswer(cluster) })),
  onCluster('DeleteCluster', 'DELETE', '', (cluster, _call, eks) => ({ cluster: clusterAnswer(eks.delete(cluster)) })),
  onCluster('UpdateClusterConfig', 'POST', '/update-config', (cluster, { body }, eks) => ({
    update: updateAnswer(eks.updateConfig(cluster, read(updateConfig, body))),
  })),
  onCluster('UpdateClusterVersion', 'POST', '/updates', (cluster, { body }, eks) => ({
    update: updateAnswer(eks.updateVersion(cluster, read(z.object({ version: text }), body).version)),
  })),
  onCluster('AssociateEncryptionConfig', 'POST', '/encryption-config/associate', (cluster, { body }, eks) => {
    const { encryptionConfig } = read(z.object({ encryptionConfig: z.array(loose).min(1) }), body);
    return { update: updateAnswer(eks.associateEncryption(cluster, encryptionConfig)) };
  }),
  onCluster('ListUpdates', 'GET', '/updates', (cluster, { query }) =>
    paged('updateIds', [...cluster.updates.keys()].reverse(), query),
  ),
  onCluster('DescribeUpdate', 'GET', '/updates/{update}', (cluster, { path }) => ({
    update: updateAnswer(updateOf(cluster, path.update as string)),
  })),

  onCluster('AssociateIdentityProviderConfig', 'POST', '/identity-provider-configs/associate', (cluster, call, eks) => {
    const { oidc: config, tags } = read(z.object({ oidc, tags: map.default({}) }), call.body);
    return { update: updateAnswer(eks.associate(cluster, config, tags)), tags };
  }),
  onCluster('DescribeIdentityProviderConfig', 'POST', '/identity-provider-configs/describe', (cluster, { body }) => {
    const { identityProviderConfig } = read(named, body);
    return { identityProviderConfig: associationAnswer(cluster, associationOf(cluster, identityProviderConfig)) };
  }),
  onCluster(
    'DisassociateIdentityProviderConfig',
    'POST',
    '/identity-provider-configs/disassociate',
    (cluster, { body }, eks) => ({
      update: updateAnswer(eks.disassociate(cluster, read(named, body).identityProviderConfig.name)),
    }),
  ),
  onCluster('ListIdentityProviderConfigs', 'GET', '/identity-provider-configs', ({ association }, { query }) => {
    const configs = association === undefined ? [] : [association.config];
    const items = configs.map(({ identityProviderConfigName: name }) => ({ type: 'oidc', name }));
    return paged('identityProviderConfigs', items, query);
  }),

  onCluster('CreateAccessEntry', 'POST', '/access-entries', (cluster, { body }) => {
    const schema = entry.extend({ principalArn: text, type: text.optional(), tags: map.optional() });
    return { accessEntry: accessEntryAnswer(cluster, createAccessEntry(cluster, read(schema, body))) };
  }),
  onCluster('ListAccessEntries', 'GET', '/access-entries', (cluster, { query }) => {
    verifyHasEntries(cluster);
    const policy = query.get('associatedPolicyArn');
    const entries = [...cluster.accessEntries.values()].filter(
      ({ policies }) => policy === null || policies.has(policy),
    );
    return paged('accessEntries', entries.map(({ principalArn }) => principalArn).sort(), query);
  }),
  onCluster('DescribeAccessEntry', 'GET', '/access-entries/{principal}', (cluster, call) => ({
    accessEntry: accessEntryAnswer(cluster, entryOf(cluster, call)),
  })),
  onCluster('UpdateAccessEntry', 'POST', '/access-entries/{principal}', (cluster, call) => {
    const found = entryOf(cluster, call);
    updateAccessEntry(found, read(entry, call.body));
    return { accessEntry: accessEntryAnswer(cluster, found) };
  }),
  onCluster('DeleteAccessEntry', 'DELETE', '/access-entries/{principal}', (cluster, call) => {
    cluster.accessEntries.delete(entryOf(cluster, call).principalArn);
    return {};
  }),
  onCluster('AssociateAccessPolicy', 'POST', '/access-entries/{principal}/access-policies', (cluster, call) => {
    const found = entryOf(cluster, call);
    const associated = associatePolicy(cluster, found, read(scope, call.body));
    const { principalArn } = found;
    return { clusterName: cluster.name, principalArn, associatedAccessPolicy: policyAnswer(associated) };
  }),
  onCluster('ListAssociatedAccessPolicies', 'GET', '/access-entries/{principal}/access-policies', (cluster, call) => {
    const { principalArn, policies } = entryOf(cluster, call);
    const items = [...policies.values()].map(policyAnswer);
    return { clusterName: cluster.name, principalArn, ...paged('associatedAccessPolicies', items, call.query) };
  }),
  onCluster(
    'DisassociateAccessPolicy',
    'DELETE',
    '/access-entries/{principal}/access-policies/{policy}',
    (cluster, call) => {
      disassociatePolicy(entryOf(cluster, call), call.path.policy as string);
      return {};
    },
  ),
  on('ListAccessPolicies', 'GET /access-policies', (_eks, { query, caller }) => {
    const [, partition = 'aws'] = caller.arn.split(':');
    const policies = ACCESS_POLICY_NAMES.map((name) => ({ name, arn: accessPolicyArn(name, partition) }));
    return paged('accessPolicies', policies, query);
  }),

  on('DescribeClusterVersions', 'GET /cluster-versions', (eks, { query }) => {
    const asked = query.getAll('clusterVersions');
    const status = query.get('versionStatus') ?? query.get('status')?.toUpperCase().replace('-', '_');
    const versions = clusterVersions(eks.day).filter(
      (each) =>
        (asked.length === 0 || asked.includes(each.version)) &&
        (status === undefined || each.status === status) &&
        (query.get('defaultOnly') !== 'true' || each.isDefault) &&
        (query.get('includeAll') === 'true' || asked.length > 0 || each.status !== 'UNSUPPORTED'),
    );
    return paged('clusterVersions', versions.map(versionAnswer), query);
  }),

  on('ListTagsForResource', 'GET /tags/{arn}', (eks, { path }) => ({ tags: tagsOf(eks.all(), path.arn as string) })),
  on('TagResource', 'POST /tags/{arn}', (eks, { path, body }) => {
    addTags(tagsOf(eks.all(), path.arn as string), read(z.object({ tags: map }), body).tags);
    return {};
  }),
  on('UntagResource', 'DELETE /tags/{arn}', (eks, { path, query }) => {
    const tags = tagsOf(eks.all(), path.arn as string);
    for (const key of query.getAll('tagKeys')) delete tags[key];
    return {};
  }),

  // A new cluster has none of these.
  onCluster('ListNodegroups', 'GET', '/node-groups', () => ({ nodegroups: [] })),
  onCluster('ListFargateProfiles', 'GET', '/fargate-profiles', () => ({ fargateProfileNames: [] })),
  onCluster('ListAddons', 'GET', '/addons', () => ({ addons: [] })),
  onCluster('ListPodIdentityAssociations', 'GET', '/pod-identity-associations', () => ({ associations: [] })),
];

function on(name: string, route: string, answer: Operation['answer']): Operation {
  const [method = '', pattern = ''] = route.split(' ');
  return { name, method, pattern, answer };
}

function onCluster(
  name: string,
  method: string,
  rest: string,
  answer: (cluster: Cluster, call: EksCall, eks: Eks) => object,
): Operation {
  return on(name, `${method} /clusters/{cluster}${rest}`, (eks, call) =>
    answer(eks.cluster(call.caller, call.path.cluster as string), call, eks),
  );
}

function entryOf(cluster: Cluster, { path }: EksCall) {
  return accessEntryOf(cluster, path.principal as string);
}

function paged(name: string, items: readonly unknown[], query: URLSearchParams): object {
  const { items: shown, nextToken } = page(items, query);
  return { [name]: shown, ...(nextToken !== undefined && { nextToken }) };
}

/** The body of a request. Fails if a field is missing or has a wrong type. */
function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(withoutNulls(body));
  if (success) return data;
  throw invalidParameter(
    error.issues.map(({ path, message }) => `${path.join('.') || 'The body'}: ${message}`).join('; '),
  );
}

/** Clients may send null for what they leave out. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]) => (field === null ? [] : [[key, withoutNulls(field)]])),
  );
}

function definedOf(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The operation of a request and the parts of its path. Fails for one that the local EKS does not have. */
export function operationOf(method: string, path: string): { operation: Operation; path: Record<string, string> } {
  const parts = path.split('/');
  for (const operation of OPERATIONS) {
    if (operation.method !== method) continue;
    const pattern = operation.pattern.split('/');
    const fits = pattern.length === parts.length && pattern.every((part, at) => isName(part) || part === parts[at]);
    if (!fits) continue;
    const names = pattern.flatMap((part, at) => (isName(part) ? [[part.slice(1, -1), decoded(parts[at] ?? '')]] : []));
    return { operation, path: Object.fromEntries(names) };
  }
  throw new AwsError(404, 'UnknownOperationException', `The local EKS does not have the operation ${method} ${path}.`);
}

function isName(part: string): boolean {
  return part.startsWith('{');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalidParameter(`The path ${part} is not valid.`);
  }
}
