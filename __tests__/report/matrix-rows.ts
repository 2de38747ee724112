import type { MatrixRow } from '../../model/review/matrix';

/** A row of a group, with changes. */
export function groupRow(changes: Partial<MatrixRow> = {}): MatrixRow {
  const name = changes.name ?? 'eks-admins';
  return {
    kind: 'group',
    name,
    group: name,
    cluster: 'prod',
    namespace: null,
    role: 'view',
    sensitive: [],
    becomes: [],
    until: null,
    reason: null,
    people: 'from elsewhere',
    guards: [],
    via: 'grants[0]',
    ...changes,
  };
}

/** The row of an IAM role, with changes. */
export function iamRow(changes: Partial<MatrixRow> = {}): MatrixRow {
  const { group: _, ...row } = groupRow({
    kind: 'iam-role',
    name: 'arn:aws:iam::111122223333:role/on-call',
    role: 'cluster-admin',
    sensitive: ['bind', 'wildcards'],
    becomes: [{ to: 'cluster-admin', certain: true }],
    until: '2030-02-15',
    reason: 'Okta is down',
    via: 'clusters.prod.breakGlass',
    ...changes,
  });
  return row;
}

/** A sensitive row in a namespace, a row for a whole cluster, and a row of an IAM role. */
export const ROWS: readonly MatrixRow[] = [
  groupRow({
    role: 'edit',
    namespace: 'team-a',
    sensitive: ['read-secrets', 'pod-exec'],
    becomes: [
      { to: 'service accounts of team-a', certain: true },
      { to: 'cluster-admin', certain: false },
    ],
    until: '2030-12-31',
    reason: 'Runs the shop; read-secrets: rotates them',
    people: ['ana@example.com', 'ben@example.com'],
    guards: ['secretDeletion', 'runAsRoot'],
  }),
  groupRow({ name: 'eks-auditors', cluster: 'eu-west', people: 'rule: user.department == "Audit"', via: 'grants[1]' }),
  iamRow(),
];

/** The rows of a large fleet. */
export function manyRows(count: number): readonly MatrixRow[] {
  return Array.from({ length: count }, (_, index) =>
    groupRow({
      name: `eks-group-${index % 100}`,
      cluster: `cluster-${Math.floor(index / 100)}`,
      role: 'edit',
      sensitive: ['read-secrets', 'pod-exec', 'impersonate', 'create-tokens'],
      via: `grants[${index % 100}]`,
    }),
  );
}
