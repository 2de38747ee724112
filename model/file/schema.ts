import * as z from 'zod';
import { CONTROL_PLANE_LOGS } from '../../constraints/eks/control-plane-logs';
import { LOG_RETENTION_DAYS } from '../../constraints/eks/log-retention';
import { insteadOfRoleArn, ROLE_ARN } from '../../constraints/eks/role-arn';
import { SERVICE_ACCOUNT } from '../../constraints/kubernetes/service-account';
import type { GroupsFilter } from '../../constraints/okta/claim-filter';
import { SELF_SERVICE_ATTRIBUTES } from '../../constraints/okta/self-service-attributes';
import { AGGREGATED_ROLES } from '../../rbac/built-in-roles';

// Each message below says what is allowed, as a noun phrase. `problems-of-shape.ts` builds a sentence from it.
// `meta` says in words of JSON Schema what a function refines: the JSON Schema of the file is made from this one.
const text = z.string('a string').min(1, 'a non-empty string');
const textLike = (pattern: RegExp, allowed: string) => z.string(allowed).regex(pattern, allowed);
const flag = z.boolean('true or false');
const port = z
  .int('a whole number from 1 to 65535')
  .min(1, 'a port of at least 1')
  .max(65_535, 'a port of at most 65535');
/** An object of these keys and no others: its error names the keys that are allowed beside an unknown one. */
const object = <Shape extends z.core.$ZodShape>(
  shape: Shape,
  allowed = 'an object',
  keys: readonly string[] = Object.keys(shape),
) => z.strictObject(shape, { error: ({ code }) => (code === 'unrecognized_keys' ? keys.join(', ') : allowed) });
const map = <Value extends z.ZodType>(value: Value) =>
  z.record(z.string(), value, 'an object that maps names to values');
const list = <Item extends z.ZodType>(item: Item) => z.array(item, 'a list').readonly();
const oneOrMore = <Item extends z.ZodType>(item: Item, allowed: string) =>
  list(item)
    .refine((items) => items.length > 0, allowed)
    .meta({ minItems: 1 });
const distinct = <List extends z.ZodType<readonly unknown[]>>(schema: List, allowed: string) =>
  schema.refine((items) => new Set(items).size === items.length, allowed).meta({ uniqueItems: true });
const filled = <Map extends z.ZodType<object>>(schema: Map, allowed: string) =>
  schema.refine((value) => Object.keys(value).length > 0, allowed).meta({ minProperties: 1 });
const awsRoleArn = z
  .string('the ARN of an IAM role')
  .superRefine((arn, context) => {
    const message = insteadOfRoleArn(arn);
    if (message !== undefined) context.addIssue({ code: 'custom', message, input: arn });
  })
  .meta({ pattern: ROLE_ARN.source });
/** In words of JSON Schema: what else an object must be if one of its flags is true, and if not. */
const ifTrue = (flagName: string, then: object, otherwise: object = {}) => ({
  if: { properties: { [flagName]: { const: true } }, required: [flagName] },
  then,
  else: otherwise,
});
const region = textLike(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'an AWS region, such as us-west-1');
const kubernetesVersion = z
  .string("a Kubernetes version in quotes, such as '1.35' (without quotes, 1.30 is the number 1.3)")
  .regex(/^1\.\d{1,3}$/, "a Kubernetes version, such as '1.35'");
const day = z.iso.date('a calendar date in the form YYYY-MM-DD');
const tags = map(z.string('a string'));
const KMS = 'arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}';
const KEY_ID = '([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})';
const label = textLike(
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  'a DNS label: at most 63 characters from a-z, 0-9, and -',
);
const guards = object(
  {
    secretDeletion: list(text).optional(),
    runAsRoot: list(text).optional(),
    systemNamespaces: list(text).optional(),
    namespaces: map(list(text)).optional(),
    mode: z.enum(['warn', 'deny'], "'warn' or 'deny'").optional(),
    allowPrivilegeEscalation: flag.optional(),
    exemptServiceAccounts: distinct(
      list(textLike(SERVICE_ACCOUNT, 'a service account as <namespace>/<name>, such as kube-system/karpenter')),
      'each service account once',
    ).optional(),
  },
  'an object with secretDeletion, runAsRoot, systemNamespaces, namespaces, mode, allowPrivilegeEscalation, or exemptServiceAccounts',
);
const acceptance = z.union(
  [text, object({ reason: text, expires: day })],
  'the reason, or { reason, expires } with the last day',
);
/** Names of sensitive permissions and boundaries, which `unknown-names.ts` validates, each with its acceptance. */
const accept = map(acceptance).default({});
/** Minutes of a duration such as `90m`, `12h` or `7d`. */
const duration = textLike(/^[1-9]\d{0,6}[mhd]$/, "minutes, hours, or days, such as '90m', '12h', or '7d'").transform(
  (written) => Number(written.slice(0, -1)) * { m: 1, h: 60, d: 1440 }[written.at(-1) as 'm' | 'h' | 'd'],
);

const okta = object(
  {
    orgName: textLike(
      /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/,
      'the first label of the Okta host, such as dev-123456',
    ),
    baseUrl: textLike(
      /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
      'a host name without https:// or a path, such as okta.com',
    ).default('okta.com'),
  },
  'an object with orgName',
);

const authorizationServer = object({
  name: text.default('EKS'),
  description: text.optional(),
  audience: text.optional(),
  // DYNAMIC is Okta's third mode. The check issuer-mode refuses it and says why.
  issuerMode: z.enum(['ORG_URL', 'CUSTOM_URL', 'DYNAMIC'], 'ORG_URL or CUSTOM_URL').optional(),
  existing: flag.default(false),
  handOver: flag.default(false),
  replaceable: flag.default(false),
})
  .refine(({ existing, handOver }) => existing || !handOver, {
    error: 'handOver beside existing: true, from the step in which Terraform stops making the server',
    path: ['handOver'],
  })
  .superRefine(({ existing, description, audience, issuerMode }, context) => {
    for (const [key, value] of Object.entries(existing ? { description, audience, issuerMode } : {})) {
      if (value === undefined) continue;
      const message = `no ${key}: a server with existing: true is looked up and never changed`;
      context.addIssue({ code: 'custom', path: [key], message, input: value });
    }
  })
  .meta(ifTrue('existing', { properties: { description: false, audience: false, issuerMode: false } }))
  .transform(({ audience = 'http://localhost:8000', issuerMode = 'ORG_URL', ...rest }) => ({
    ...rest,
    audience,
    issuerMode,
  }));

const GROUPS_FILTERS = ['startsWith', 'matches', 'expression'] as const;
const PAIRS_OF_FILTERS = [
  ['startsWith', 'matches'],
  ['startsWith', 'expression'],
  ['matches', 'expression'],
];
const groupsClaim = object({
  name: text.default('groups'),
  startsWith: z
    .union(
      [text, distinct(oneOrMore(text, 'at least one text'), 'each text once')],
      'a non-empty text, or a list of such texts',
    )
    .optional(),
  matches: text.optional(),
  expression: text.optional(),
})
  .superRefine((claim, context) => {
    const [first, ...others] = GROUPS_FILTERS.filter((key) => claim[key] !== undefined);
    for (const key of others) {
      const message = `no ${key} beside ${first}: one of the two says which groups are in the claim`;
      context.addIssue({ code: 'custom', path: [key], message, input: claim[key] });
    }
  })
  .meta({ not: { anyOf: PAIRS_OF_FILTERS.map((required) => ({ required })) } })
  .transform(({ name, startsWith = 'eks-', matches, expression }): { readonly name: string } & GroupsFilter => {
    if (matches !== undefined) return { name, matches };
    return expression !== undefined ? { name, expression } : { name, startsWith };
  });

const claim = z.union(
  [text, object({ existing: z.literal(true) }, '{ existing: true }')],
  'an Okta expression, such as user.department, or { existing: true }',
);

const prefixText = z.string("a prefix such as okta:, or '' for no prefix");
const identityProviderKeys = {
  name: text,
  usernameClaim: text,
  prefix: z.union(
    [
      prefixText.transform((prefix) => ({ username: prefix, groups: prefix })),
      object({ username: prefixText, groups: prefixText }),
    ],
    "a prefix such as okta:, '' for no prefix, or { username, groups }",
  ),
  requiredClaims: map(text.max(253, 'a string of at most 253 characters')),
  replaceable: flag,
};
const identityProvider = object({
  name: identityProviderKeys.name.default('Okta'),
  usernameClaim: identityProviderKeys.usernameClaim.default('email'),
  prefix: identityProviderKeys.prefix.default({ username: 'okta:', groups: 'okta:' }),
  requiredClaims: identityProviderKeys.requiredClaims.optional(),
  replaceable: identityProviderKeys.replaceable.default(false),
});

const POLICY_KEYS = ['id', 'requireMfa', 'networkZones'];
const signIn = object({
  assignment: z.enum(['granted', 'everyone'], 'granted or everyone').default('granted'),
  redirectPorts: distinct(oneOrMore(port, 'at least one port'), 'each port once').default([8000, 18_000]),
  refresh: object(
    {
      lifetime: duration.default(720),
      idle: duration.optional(),
      rotation: flag.default(true),
      leeway: z
        .int('a whole number of seconds from 0 to 60')
        .min(0, 'at least 0 seconds')
        .max(60, 'at most 60 seconds')
        .default(30),
    },
    'an object, {} for the defaults',
  )
    .transform(({ lifetime, idle = lifetime, ...rest }) => ({ lifetime, idle, ...rest }))
    .optional(),
  deviceCode: flag.default(false),
  accessTokenMinutes: z
    .int('a whole number of minutes from 5 to 1440')
    .min(5, 'at least 5 minutes')
    .max(1440, 'at most 1440 minutes')
    .optional(),
  authenticationPolicy: z
    .union(
      [
        object({ id: text }, 'an object', POLICY_KEYS),
        object({ requireMfa: flag.default(false), networkZones: list(text).default([]) }, 'an object', POLICY_KEYS)
          .refine(
            ({ requireMfa, networkZones }) => requireMfa || networkZones.length > 0,
            'requireMfa: true, at least one network zone, or both',
          )
          .meta({
            anyOf: [
              { required: ['requireMfa'], properties: { requireMfa: { const: true } } },
              { required: ['networkZones'], properties: { networkZones: { minItems: 1 } } },
            ],
          }),
      ],
      '{ id }, or an object with requireMfa: true, networkZones: [names of network zones], or both',
    )
    .optional(),
});

const group = object(
  {
    description: text.optional(),
    logins: list(text).optional(),
    rule: text.optional(),
    existing: z
      .union(
        [
          flag,
          object({ id: textLike(/^[A-Za-z0-9_-]{20}$/, 'the ID of a group in Okta, such as 00g1emaKYZTWRYYRRTSK') }),
          object({ type: z.enum(['OKTA_GROUP', 'APP_GROUP', 'BUILT_IN'], 'OKTA_GROUP, APP_GROUP, or BUILT_IN') }),
        ],
        'true, false, { id } with the ID of the group, or { type } with OKTA_GROUP, APP_GROUP, or BUILT_IN',
      )
      .default(false),
    was: text.optional(),
    handOver: flag.default(false),
  },
  'an object, {} for a group without settings',
)
  .refine(({ existing, description }) => !existing || description === undefined, {
    error: 'no description: a group with existing: true is looked up and never changed',
    path: ['description'],
  })
  .refine(({ existing, was }) => !existing || was === undefined, {
    error: 'no was: a group with existing: true is looked up and never renamed',
    path: ['was'],
  })
  .refine(({ existing, handOver }) => existing || !handOver, {
    error: 'handOver beside existing: true, from the step in which Terraform stops making the group',
    path: ['handOver'],
  })
  .meta(
    ifTrue(
      'existing',
      { properties: { description: false, was: false } },
      { properties: { handOver: { const: false } } },
    ),
  );

const role = object(
  {
    existing: flag.default(false),
    scope: z.enum(['cluster', 'namespace'], 'cluster or namespace').optional(),
    description: text.optional(),
    // The check role-rules validates the rules.
    rules: list(
      object(
        {
          apiGroups: list(z.string('a string')).optional(),
          resources: list(text).optional(),
          verbs: list(text),
          resourceNames: list(text).optional(),
          nonResourceURLs: list(text).optional(),
        },
        'an object with verbs, and either apiGroups with resources, or nonResourceURLs',
      ),
    ).optional(),
    aggregateTo: distinct(list(z.enum(AGGREGATED_ROLES, AGGREGATED_ROLES.join(', '))), 'each role once').optional(),
    accept,
  },
  'an object with rules, or with existing: true',
)
  .superRefine(({ existing, scope, rules, aggregateTo }, context) => {
    const refuse = (key: string, message: string, input: unknown) =>
      context.addIssue({ code: 'custom', path: [key], message, input });
    if (!existing && rules === undefined) {
      refuse('rules', 'a list, or existing: true for a ClusterRole that somebody else makes', rules);
    }
    for (const [key, value] of Object.entries(existing ? { scope, rules, aggregateTo } : {})) {
      if (value === undefined) continue;
      refuse(key, `no ${key}: a role with existing: true is a ClusterRole that somebody else makes`, value);
    }
    if (!existing && scope === 'namespace' && aggregateTo !== undefined && aggregateTo.length > 0) {
      refuse('aggregateTo', 'no aggregateTo: only a role of scope cluster widens others', aggregateTo);
    }
  })
  .meta({
    allOf: [
      ifTrue('existing', { properties: { scope: false, rules: false, aggregateTo: false } }, { required: ['rules'] }),
      {
        if: { properties: { scope: { const: 'namespace' } }, required: ['scope'] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
        then: { properties: { aggregateTo: { maxItems: 0 } } },
      },
    ],
  })
  .transform(({ scope = 'cluster', rules = [], aggregateTo = [], ...rest }) => ({
    ...rest,
    scope,
    rules,
    aggregateTo,
  }));

const anyCluster = {
  app: text.optional(),
  namespaces: distinct(list(label), 'each namespace once').default([]),
  guards: guards.optional(),
  // Without defaults: a key that the cluster does not set is that of the file.
  identityProvider: object(identityProviderKeys).partial().optional(),
  tags: tags.default({}),
  absent: flag.default(false),
  replaceable: flag.default(false),
};
const anyEksCluster = {
  ...anyCluster,
  name: text.optional(),
  region,
  account: object(
    {
      id: z.string("twelve digits in quotes, such as '111122223333'").regex(/^\d{12}$/, 'twelve digits'),
      roleArn: awsRoleArn.optional(),
    },
    'an object with id',
  ).optional(),
  deployers: distinct(list(awsRoleArn), 'each role once').default([]),
  breakGlass: object(
    { roleArn: awsRoleArn, expires: day, reason: text },
    'an object with roleArn, expires, and reason',
  ).optional(),
  alarms: object(
    {
      topicArn: textLike(
        /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
        'the ARN of an SNS topic, such as arn:aws:sns:eu-west-1:111122223333:security',
      ).optional(),
    },
    'an object, {} for alarms that notify nobody',
  ).optional(),
};
const eksCluster = object({
  kind: z.literal('eks'),
  ...anyEksCluster,
  version: kubernetesVersion.optional(),
  roleName: text.optional(),
  network: z
    .union(
      [
        z.literal('default-vpc'),
        object({
          subnetIds: distinct(
            list(textLike(/^subnet-[0-9a-f]+$/, 'the ID of a subnet'))
              .refine((ids) => ids.length >= 2, 'at least two subnets')
              .meta({ minItems: 2 }),
            'each subnet once',
          ),
          securityGroupIds: distinct(
            list(textLike(/^sg-[0-9a-f]+$/, 'the ID of a security group')),
            'each security group once',
          )
            .refine((ids) => ids.length <= 5, 'at most five security groups')
            .meta({ maxItems: 5 })
            .optional(),
        }),
      ],
      'default-vpc, or { subnetIds, securityGroupIds } with at least two different subnets (subnet-…), and security groups (sg-…)',
    )
    .default('default-vpc'),
  endpoint: object(
    {
      private: flag.default(false),
      publicCidrs: distinct(
        oneOrMore(
          z.union([z.cidrv4(), z.cidrv6()], 'an address block, such as 203.0.113.0/24'),
          'at least one address block; leave publicCidrs out for an endpoint that is only private',
        )
          .refine((blocks) => blocks.length <= 40, 'at most 40 address blocks')
          .meta({ maxItems: 40 }),
        'each address block once',
      ).optional(),
    },
    'an object with private, publicCidrs, or both',
  ).default({ private: false }),
  logs: distinct(list(z.enum(CONTROL_PLANE_LOGS, CONTROL_PLANE_LOGS.join(', '))), 'each log once').default([
    'api',
    'audit',
    'authenticator',
  ]),
  logRetentionDays: z
    .literal(LOG_RETENTION_DAYS, `a number of days that CloudWatch supports: ${LOG_RETENTION_DAYS.join(', ')}`)
    .default(90),
  secretsKeyArn: textLike(
    new RegExp(`^${KMS}:key/${KEY_ID}$`),
    'the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111122223333:key/…',
  ).optional(),
  authenticationMode: z.enum(['API', 'API_AND_CONFIG_MAP'], 'API or API_AND_CONFIG_MAP').default('API_AND_CONFIG_MAP'),
  supportType: z.enum(['STANDARD', 'EXTENDED'], 'STANDARD or EXTENDED').optional(),
  deletionProtection: flag.default(false),
});
const existingEksCluster = object({
  kind: z.literal('existing-eks'),
  ...anyEksCluster,
  handOver: flag.default(false),
});
const selfManagedCluster = object({
  kind: z.literal('self-managed'),
  ...anyCluster,
  kubeconfigContext: text,
  version: kubernetesVersion.optional(),
});
/** The keys of each kind of cluster. */
export const CLUSTER_KEYS: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['eks', Object.keys(eksCluster.shape)],
  ['existing-eks', Object.keys(existingEksCluster.shape)],
  ['self-managed', Object.keys(selfManagedCluster.shape)],
]);
const cluster = z.discriminatedUnion('kind', [eksCluster, existingEksCluster, selfManagedCluster], {
  error: ({ code }) =>
    code === 'invalid_union'
      ? 'eks, existing-eks, or self-managed'
      : 'an object whose kind is eks, existing-eks, or self-managed',
});

/** @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const QUANTITY = /^\d+(\.\d+)?([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;
const namespace = object({
  create: flag.default(false),
  handOver: flag.default(false),
  holds: list(
    z.union(
      [z.literal(['cluster-admin', 'node']), object({ awsRole: awsRoleArn, reason: text })],
      'cluster-admin, node, or { awsRole, reason }',
    ),
  ).optional(),
  podSecurity: z.enum(['privileged', 'baseline', 'restricted'], 'privileged, baseline, or restricted').optional(),
  denyIngress: flag.default(false),
  allowIngressFrom: list(
    object(
      { namespace: label, podLabels: map(z.string('a string')).optional(), port: port.optional() },
      'an object with namespace, and optionally podLabels and port',
    ),
  ).default([]),
  quota: filled(
    map(
      z
        .union(
          [z.string().meta({ pattern: QUANTITY.source }), z.number().meta({ minimum: 0 })],
          "a quantity, such as '8Gi' or 10",
        )
        .transform(String)
        .refine((quantity) => QUANTITY.test(quantity), "a quantity, such as '8Gi', '500m', or 10"),
    ),
    'at least one resource, such as pods',
  ).optional(),
})
  .refine(({ create, handOver }) => !create || !handOver, {
    error: 'handOver without create: true, from the step in which Terraform stops creating the namespace',
    path: ['handOver'],
  })
  .meta(ifTrue('create', { properties: { handOver: { const: false } } }));

const { kind: _kind, name: _name, roleName: _roleName, absent: _absent, ...shared } = eksCluster.shape;
export const clusterDefaultsSchema = object(
  { ...shared, kubeconfigContext: text },
  'an object of cluster settings',
).partial();

/** The shape of one grant. */
export const grantSchema = object(
  {
    group: text,
    role: text,
    clusters: z.union([z.literal('*'), list(text)], "'*', or a list of clusters of the file"),
    namespaces: distinct(
      oneOrMore(label, 'at least one namespace; leave namespaces out to grant the role on the whole cluster'),
      'each namespace once',
    ).optional(),
    expires: day.optional(),
    reason: text.optional(),
    accept,
  },
  'an object with group, role, and clusters',
);

const hostName = textLike(
  /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
  'a host name without https:// or a path, such as tfe.example.com',
);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
/** An argument of a backend: no backend has a deeper one. */
const argument = [1, 2, 3].reduce<z.ZodType<unknown>>(
  (inside) =>
    z.union([scalar, list(inside), map(inside)], 'a text, a number, true, false, a list, or an object of these'),
  scalar,
);

const backend = z.union(
  [
    z.literal('local'),
    object({
      s3: object({
        bucket: text,
        region,
        keyPrefix: text.default('okta-eks-access'),
        // Terraform's backend does not accept an alias.
        kmsKeyId: textLike(new RegExp(`^(${KMS}:key/)?${KEY_ID}$`), 'the ARN or ID of a KMS key').optional(),
        roleArn: awsRoleArn.optional(),
      }),
    }),
    object({
      cloud: object({
        organization: text,
        workspacePrefix: z.string().default('okta-eks-access-'),
        hostname: hostName.optional(),
      }),
    }),
    // The check custom-backend validates the type and the arguments.
    object({ custom: object({ type: text, config: map(argument) }) }),
  ],
  'local, { s3: { bucket, region, keyPrefix, kmsKeyId, roleArn } }, { cloud: { organization, workspacePrefix, hostname } }, or { custom: { type, config } }',
);

/** The shape of the whole access file, with every default. The checks validate how the values fit together. */
export const accessSchema = object(
  {
    okta,
    authorizationServer: authorizationServer.prefault({}),
    groupsClaim: groupsClaim.prefault({}),
    claims: map(claim).default({}),
    identityProvider: identityProvider.prefault({}),
    signIn: signIn.prefault({}),
    selfServiceAttributes: list(
      textLike(/^[A-Za-z_]\w*$/, 'the name of a profile attribute, such as department'),
    ).default(SELF_SERVICE_ATTRIBUTES),
    groups: filled(map(group), 'at least one group'),
    roles: map(role).default({}),
    clusters: map(cluster),
    namespaces: map(namespace).default({}),
    guards: guards.optional(),
    clusterDefaults: clusterDefaultsSchema.optional(),
    grants: list(grantSchema),
    backend: backend.default('local'),
    tags: tags.default({}),
  },
  'an object with okta, groups, clusters, and grants',
);
