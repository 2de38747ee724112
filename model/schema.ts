import * as z from 'zod';
import { ROLE_ARN, ROLE_ARN_WORDS } from './role-arn';

// Each message below is what is allowed, as a noun phrase: `problems-of-shape.ts` builds the sentence around it.
const text = z.string('a text').min(1, 'a text that is not empty');
const textLike = (pattern: RegExp, allowed: string) => z.string(allowed).regex(pattern, allowed);
const flag = z.boolean('true or false');
const port = z.int('a whole number from 1 to 65535').min(1, 'a port from 1').max(65_535, 'a port up to 65535');
const map = <Value extends z.ZodType>(value: Value) => z.record(z.string(), value, 'an object of names');
const list = <Item extends z.ZodType>(item: Item) => z.array(item, 'a list').readonly();
const filled = <Map extends z.ZodType<object>>(schema: Map, allowed: string) =>
  schema.refine((value) => Object.keys(value).length > 0, allowed);
const awsRoleArn = textLike(ROLE_ARN, ROLE_ARN_WORDS);
const region = textLike(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'an AWS region, such as us-west-1');
const kubernetesVersion = z
  .string("a Kubernetes version in quotes, such as '1.35' (without them 1.30 is the number 1.3)")
  .regex(/^1\.\d{1,3}$/, "a Kubernetes version, such as '1.35'");
const day = textLike(/^\d{4}-\d{2}-\d{2}$/, 'a day as YYYY-MM-DD');
const tags = map(z.string('a text'));
const guards = z.strictObject(
  { secretDeletion: list(text).optional(), runAsRoot: list(text).optional(), namespaces: map(list(text)).optional() },
  'an object',
);

const okta = z.strictObject(
  {
    orgName: textLike(
      /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/,
      'the first label of the Okta host, such as dev-123456',
    ),
    baseUrl: textLike(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a host name without https:// and path, such as okta.com').default(
      'okta.com',
    ),
  },
  'an object with orgName',
);

const authorizationServer = z.strictObject(
  {
    name: text.default('EKS'),
    description: text.optional(),
    audience: text.default('http://localhost:8000'),
    // DYNAMIC is Okta's third mode: the check issuer-mode refuses it with its reason.
    issuerMode: z.enum(['ORG_URL', 'CUSTOM_URL', 'DYNAMIC'], 'ORG_URL or CUSTOM_URL').default('ORG_URL'),
    existing: flag.default(false),
  },
  'an object',
);

const groupsClaim = z.strictObject({ name: text.default('groups'), startsWith: text.default('eks-') }, 'an object');

const prefixText = z.string("a prefix such as okta:, or '' for none");
const identityProvider = z.strictObject(
  {
    name: text.default('Okta'),
    usernameClaim: text.default('email'),
    prefix: z
      .union(
        [
          prefixText.transform((prefix) => ({ username: prefix, groups: prefix })),
          z.strictObject({ username: prefixText, groups: prefixText }),
        ],
        "a prefix such as okta:, '' for none, or { username, groups }",
      )
      .default({ username: 'okta:', groups: 'okta:' }),
    requiredClaims: map(text.max(253, 'a text of at most 253 characters')).optional(),
    replaceable: flag.default(false),
  },
  'an object',
);

const signIn = z.strictObject(
  {
    assignment: z.enum(['granted', 'everyone'], 'granted or everyone').default('granted'),
    redirectPorts: list(port)
      .refine((ports) => ports.length > 0, 'at least one port')
      .refine((ports) => new Set(ports).size === ports.length, 'each port once')
      .default([8000, 18_000]),
    refresh: z
      .strictObject(
        {
          lifetime: text.optional(),
          idle: text.optional(),
          rotation: flag.default(true),
          leeway: z.int('seconds from 0 to 60').min(0, 'seconds from 0').max(60, 'seconds up to 60').optional(),
        },
        'an object',
      )
      .optional(),
    deviceCode: flag.default(false),
    accessTokenMinutes: z
      .int('minutes from 5 to 1440')
      .min(5, 'minutes from 5')
      .max(1440, 'minutes up to 1440')
      .optional(),
    authenticationPolicy: z
      .union(
        [
          z.strictObject({ id: text }),
          z.strictObject({ requireMfa: flag.optional(), networkZones: list(text).optional() }),
        ],
        '{ id } or { requireMfa, networkZones }',
      )
      .optional(),
  },
  'an object',
);

const group = z
  .strictObject(
    {
      description: text.optional(),
      logins: list(text).optional(),
      rule: text.optional(),
      existing: flag.default(false),
    },
    'an object, {} for a group without settings',
  )
  .refine(({ existing, description }) => !existing || description === undefined, {
    error: 'no description for a group that is looked up, which is never changed',
    path: ['description'],
  });

const role = z.strictObject(
  {
    scope: z.enum(['cluster', 'namespace'], 'cluster or namespace').default('cluster'),
    description: text.optional(),
    rules: list(
      z.strictObject({
        apiGroups: list(z.string('a text')).optional(),
        resources: list(text).optional(),
        verbs: list(text),
        resourceNames: list(text).optional(),
        nonResourceURLs: list(text).optional(),
      }),
    ),
  },
  'an object with rules',
);

const anyCluster = {
  app: text.optional(),
  namespaces: list(text).optional(),
  guards: guards.optional(),
  tags: tags.default({}),
};
const anyEksCluster = {
  ...anyCluster,
  name: text.optional(),
  region,
  account: z
    .strictObject(
      {
        id: z.string("twelve digits in quotes, such as '111122223333'").regex(/^\d{12}$/, 'twelve digits'),
        roleArn: awsRoleArn.optional(),
      },
      'an object with id',
    )
    .optional(),
  deployers: list(awsRoleArn)
    .refine((roles) => new Set(roles).size === roles.length, 'each role once')
    .default([]),
  breakGlass: z.strictObject({ roleArn: awsRoleArn, expires: day, reason: text }, 'an object').optional(),
  alarms: z.strictObject({ topicArn: text.optional() }, 'an object').optional(),
};
const logs = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] as const;
const eksCluster = z.strictObject({
  kind: z.literal('eks'),
  ...anyEksCluster,
  version: kubernetesVersion.optional(),
  roleName: text.optional(),
  network: z
    .union(
      [z.literal('default-vpc'), z.strictObject({ subnetIds: list(text), securityGroupIds: list(text).optional() })],
      'default-vpc or { subnetIds, securityGroupIds }',
    )
    .default('default-vpc'),
  endpoint: z.strictObject({ private: flag.optional(), publicCidrs: list(text).optional() }, 'an object').optional(),
  logs: list(z.enum(logs, logs.join(', ')))
    .refine((types) => new Set(types).size === types.length, 'each log once')
    .default(['api', 'audit', 'authenticator']),
  logRetentionDays: z.int('a number of days').optional(),
  secretsKeyArn: text.optional(),
  supportType: z.enum(['STANDARD', 'EXTENDED'], 'STANDARD or EXTENDED').optional(),
  deletionProtection: flag.default(false),
});
const existingEksCluster = z.strictObject({ kind: z.literal('existing-eks'), ...anyEksCluster });
const selfManagedCluster = z.strictObject({
  kind: z.literal('self-managed'),
  ...anyCluster,
  kubeconfigContext: text,
  version: kubernetesVersion.optional(),
});
const cluster = z.discriminatedUnion('kind', [eksCluster, existingEksCluster, selfManagedCluster], {
  error: ({ code }) =>
    code === 'invalid_union'
      ? 'eks, existing-eks or self-managed'
      : 'an object whose kind is eks, existing-eks or self-managed',
});

const namespace = z.strictObject(
  {
    create: flag.default(false),
    podSecurity: z.enum(['privileged', 'baseline', 'restricted'], 'privileged, baseline or restricted').optional(),
    denyIngress: flag.default(false),
    allowIngressFrom: list(
      z.strictObject({ namespace: text, podLabels: map(z.string('a text')).optional(), port: port.optional() }),
    ).optional(),
    quota: map(text).optional(),
  },
  'an object',
);

const { kind: _kind, name: _name, roleName: _roleName, ...shared } = eksCluster.shape;
const clusterDefaults = z.strictObject({ ...shared, kubeconfigContext: text }).partial();

/** The shape of one grant. */
export const grantSchema = z.strictObject(
  {
    group: text,
    role: text,
    clusters: z.union([z.literal('*'), list(text)], "'*' or a list of the file's clusters"),
    namespaces: list(text).optional(),
    expires: day.optional(),
    accept: map(text).optional(),
  },
  'an object with group, role and clusters',
);

const backend = z.union(
  [
    z.literal('local'),
    z.strictObject({
      s3: z.strictObject({ bucket: text, region, keyPrefix: text.optional(), kmsKeyId: text.optional() }),
    }),
    z.strictObject({ cloud: z.strictObject({ organization: text, workspacePrefix: text.optional() }) }),
  ],
  'local, { s3: { bucket, region, keyPrefix, kmsKeyId } } or { cloud: { organization, workspacePrefix } }',
);

/** The shape of the whole access file, with every default; what the values mean together is for the checks. */
export const accessSchema = z.strictObject(
  {
    okta,
    authorizationServer: authorizationServer.prefault({}),
    groupsClaim: groupsClaim.prefault({}),
    identityProvider: identityProvider.prefault({}),
    signIn: signIn.prefault({}),
    groups: filled(map(group), 'at least one group'),
    roles: map(role).default({}),
    clusters: filled(map(cluster), 'at least one cluster'),
    namespaces: map(namespace).default({}),
    guards: guards.optional(),
    clusterDefaults: clusterDefaults.optional(),
    grants: list(grantSchema).refine((grants) => grants.length > 0, 'at least one grant'),
    backend: backend.default('local'),
    tags: tags.default({}),
  },
  'an object with okta, groups, clusters and grants',
);
