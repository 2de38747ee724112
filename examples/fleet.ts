import { type ClusterSettings, defineAccess, type GroupSettings } from '../model';

const REGIONS = ['ap-southeast-2', 'eu-central-1', 'us-east-1', 'us-west-2'];

const SANDBOX = {
  'becomes-cluster-admin': 'Whoever develops may administer a development cluster',
  'read-secrets': 'Development holds no real credentials',
  'pod-exec': 'Developers debug here',
  impersonate: 'Service accounts of development only',
  'create-tokens': 'Service accounts of development only',
  'run-workloads': 'Whoever develops may administer a development cluster',
  'write-secrets': 'Whoever develops may administer a development cluster',
};

const STAGE = {
  'run-workloads': 'Developers deploy to the whole of a stage cluster, except the namespaces of Kubernetes itself',
  'becomes-node': 'The nodes of stage run nothing that developers may not see',
};

/** The number of clusters in each region and the permissions of developers, for each environment. */
const ENVIRONMENTS = [
  { environment: 'dev', clusters: 10, account: '111122223333', developers: 'edit', accept: SANDBOX },
  { environment: 'stage', clusters: 5, account: '444455556666', developers: 'developer-restricted', accept: STAGE },
  { environment: 'prod', clusters: 10, account: '777788889999', developers: 'view', accept: {} },
] as const;

const fleet = ENVIRONMENTS.flatMap(({ environment, clusters, account }) =>
  REGIONS.flatMap((region) =>
    Array.from({ length: clusters }, (_, index) => ({
      key: `${environment}-${region}-${String(index + 1).padStart(2, '0')}`,
      environment,
      region,
      account,
    })),
  ),
);

const grants = ENVIRONMENTS.map(({ environment, developers, accept }) => ({
  group: `eks-${environment}-developers`,
  role: developers,
  accept,
  clusters: fleet.filter((cluster) => cluster.environment === environment).map(({ key }) => key),
}));

/** A hundred clusters in four regions and three environments. Each environment has its own AWS account. */
export default defineAccess<string, string>({
  okta: { orgName: 'example' },
  groups: {
    'eks-admins': { rule: 'user.department == "Platform"' },
    ...Object.fromEntries(grants.map(({ group }): [string, GroupSettings] => [group, { existing: true }])),
  },
  clusterDefaults: { version: '1.35', authenticationMode: 'API', endpoint: { publicCidrs: ['203.0.113.0/24'] } },
  clusters: Object.fromEntries(
    fleet.map(({ key, environment, region, account }): [string, ClusterSettings] => [
      key,
      {
        kind: 'eks',
        region,
        // One app for each environment: production refuses a token for development.
        app: `EKS ${environment}`,
        account: { id: account, roleArn: `arn:aws:iam::${account}:role/terraform` },
        tags: { environment },
        // Otherwise, developers of stage could run a pod as a service account of the control plane.
        ...(environment === 'stage' && { guards: { systemNamespaces: ['eks-admins'] } }),
      },
    ]),
  ),
  grants: [
    {
      group: 'eks-admins',
      role: 'cluster-admin',
      clusters: '*',
      accept: { wildcards: 'The platform team owns the clusters' },
    },
    ...grants,
  ],
});
