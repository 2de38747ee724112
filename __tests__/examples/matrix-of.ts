import { type Access, accessMatrix } from '../../model';

/** The matrix of a file with one row per line, for a readable snapshot. */
export function matrixOf(access: Access): readonly string[] {
  return accessMatrix(access).map(({ group, cluster, namespace, role, sensitive }) =>
    [group, cluster, namespace ?? '(cluster)', role, sensitive.join(' ')].join(' | '),
  );
}
