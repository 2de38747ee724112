import type * as z from 'zod';
import { type AccessFile, type ClusterSettings, defineAccess } from '../../../model';
import type { accessSchema } from '../../../model/file/schema';

// Every name that the compiler has to accept: groups, clusters and roles of the file, built-in roles and presets.
defineAccess({
  okta: { orgName: 'example' },
  groups: { 'eks-admins': { description: 'Admins' }, 'eks-auditors': {} },
  roles: { auditor: { rules: [{ apiGroups: [''], resources: ['events'], verbs: ['list'] }], accept: { bind: 'x' } } },
  clusters: {
    prod: {
      kind: 'eks',
      region: 'eu-west-1',
      version: '1.35',
      logs: ['audit'],
      logRetentionDays: 90,
      authenticationMode: 'API',
      namespaces: ['team-a'],
      guards: {
        secretDeletion: ['eks-admins'],
        systemNamespaces: [],
        namespaces: { 'team-a': ['system:serviceaccounts:argocd'] },
      },
      breakGlass: { roleArn: 'arn:aws:iam::111122223333:role/on-call', expires: '2030-01-01', reason: 'x' },
    },
    legacy: { kind: 'existing-eks', region: 'us-east-1' },
    lab: { kind: 'self-managed', kubeconfigContext: 'lab' },
  },
  namespaces: {
    argocd: {
      holds: ['cluster-admin', 'node', { awsRole: 'arn:aws:iam::111122223333:role/argocd', reason: 'deploys' }],
    },
    'team-a': { quota: { pods: 20, 'requests.cpu': '4' }, allowIngressFrom: [{ namespace: 'ingress', port: 8080 }] },
  },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-auditors', role: 'auditor', clusters: ['prod', 'legacy'] },
    { group: 'eks-auditors', role: 'developer-restricted', clusters: ['lab'], namespaces: ['team-a'] },
    {
      group: 'eks-auditors',
      role: 'secret-reader',
      clusters: '*',
      expires: '2030-01-01',
      reason: 'audits',
      accept: { 'read-secrets': 'audits', wildcards: { reason: 'audits', expires: '2030-01-01' }, 'becomes-node': 'x' },
    },
  ],
});

// Region and context may stand in clusterDefaults; each kind takes the keys that it has.
defineAccess({
  okta: { orgName: 'example' },
  groups: { 'eks-admins': { logins: ['ana@example.com'] } },
  clusters: { prod: { kind: 'eks' }, legacy: { kind: 'existing-eks' }, lab: { kind: 'self-managed' } },
  clusterDefaults: { region: 'eu-west-1', kubeconfigContext: 'lab', logRetentionDays: 365, tags: { team: 'platform' } },
  grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: ['prod', 'legacy', 'lab'] }],
});

// Generated names are plain strings, which only the run time can check.
const names: string[] = ['a', 'b'];
defineAccess({
  okta: { orgName: 'example' },
  groups: { 'eks-admins': {} },
  clusters: Object.fromEntries(names.map((name) => [name, { kind: 'existing-eks' as const, region: 'eu-west-1' }])),
  grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: names }],
});

// A region that AWS opens later, and settings whose type does not tell whether they have a region.
const generated: readonly ClusterSettings[] = [];
defineAccess({
  okta: { orgName: 'example' },
  groups: { 'eks-admins': {} },
  clusters: { new: { kind: 'eks', region: 'eu-south-9' as string }, old: { kind: 'eks', region: 'eu-south-1' } },
  grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
});
defineAccess({
  okta: { orgName: 'example' },
  groups: { 'eks-admins': {} },
  clusters: Object.fromEntries(generated.map((cluster, index) => [`c${index}`, cluster])),
  grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
});
const one: ClusterSettings = { kind: 'self-managed', kubeconfigContext: 'lab' };
defineAccess({
  okta: { orgName: 'example' },
  groups: { 'eks-admins': {} },
  clusters: { one, two: { kind: 'existing-eks', region: 'eu-west-1' } },
  grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
});
const anyFile: AccessFile = { okta: { orgName: 'example' }, groups: {}, clusters: {}, grants: [] };
defineAccess(anyFile);

// A role of scope namespace needs namespaces, others do not.
const narrow = { scope: 'namespace', rules: [] } as const;
defineAccess({
  okta: { orgName: 'example' },
  groups: { 'eks-admins': {} },
  roles: { narrow, wide: { scope: 'cluster', rules: [] }, wider: { rules: [] } },
  clusters: { prod: { kind: 'existing-eks', region: 'us-gov-west-1' } },
  grants: [
    { group: 'eks-admins', role: 'narrow', clusters: ['prod'], namespaces: ['team-a'] },
    { group: 'eks-admins', role: 'wide', clusters: ['prod'] },
    { group: 'eks-admins', role: 'wider', clusters: '*', namespaces: ['team-a'] },
    { group: 'eks-admins', role: 'view', clusters: '*' },
  ],
});

// The editor and the schema know the same keys. Two differences, so that the run time can give its reason:
// the schema alone takes DYNAMIC, and any name in accept.
type Keys<Value> = Value extends readonly (infer Item)[]
  ? Keys<Item>
  : Value extends object
    ? { [Key in keyof Value & string]: Key | `${Key}.${Keys<Value[Key]>}` }[keyof Value & string]
    : never;
type Schema = z.input<typeof accessSchema>;
export const everyKeyIsInTheSchema = (key: Keys<AccessFile>): Keys<Schema> => key;
export const everyKeyIsInTheEditor = (
  key: Exclude<Keys<Schema>, `grants.accept.${string}` | `roles.${string}.accept.${string}`>,
): Keys<AccessFile> => key;

// The schema is asked once clusterDefaults are merged under each cluster.
type Merged<Cluster> = Cluster extends { kind: 'self-managed' }
  ? Cluster & { kubeconfigContext: string }
  : Cluster & { region: string };
type MergedFile = Omit<AccessFile, 'clusters'> & { clusters: { readonly [key: string]: Merged<ClusterSettings> } };
export const everyFileFitsTheSchema = (file: MergedFile): Schema => file;
