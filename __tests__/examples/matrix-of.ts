import { type Access, accessMatrix } from '../../model';

/** The matrix of a file, a row a line, for a snapshot that a reviewer can read. */
export function matrixOf(access: Access): readonly string[] {
  return accessMatrix(access).map(({ group, cluster, namespace, role, sensitive }) =>
    [group, cluster, namespace ?? '(cluster)', role, sensitive.join(' ')].join(' | '),
  );
}
