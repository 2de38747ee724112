import { subjectName } from '../../constraints/kubernetes/subject-name';
import type { SelfManagedCluster } from '../../model/derived/clusters';
import { yamlText } from './yaml-text';

/**
 * The audit policy of kube-apiserver: who did what, and what people from Okta changed in full. A policy knows exact names
 * only, so it lists the groups with a grant on the cluster.
 * @see https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy
 */
export function auditPolicy({ bindings, identityProvider: { prefix } }: SelfManagedCluster): string {
  const groups = [...new Set(bindings.flatMap(({ groups }) => groups))].sort();
  const userGroups = groups.map((group) => subjectName(prefix.groups, group));
  const changes = ['create', 'update', 'patch', 'delete', 'deletecollection'];
  return yamlText(
    {
      apiVersion: 'audit.k8s.io/v1',
      kind: 'Policy',
      omitStages: ['RequestReceived'],
      omitManagedFields: true,
      rules: [
        // Before every rule that logs content: these objects hold passwords and tokens.
        { level: 'Metadata', resources: HOLD_SECRETS },
        // A rule without groups would be for everybody.
        ...(userGroups.length === 0 ? [] : [{ level: 'RequestResponse', userGroups, verbs: changes }]),
        { level: 'Metadata' },
      ],
    },
    [
      'Audit policy of kube-apiserver, for its flags --audit-policy-file=FILE and --audit-log-path=FILE.',
      'It logs who did what; and what people with a grant on this cluster changed, with its content, except Secrets,',
      'ConfigMaps, and tokens. Write it again when the access file gives a group its first grant here, or takes its last.',
    ],
  );
}

const HOLD_SECRETS = [
  { group: '', resources: ['secrets', 'configmaps', 'serviceaccounts/token'] },
  { group: 'authentication.k8s.io', resources: ['tokenreviews'] },
];
