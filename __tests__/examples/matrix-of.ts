import { type Access, accessMatrix } from '../../model';

/** The rows of groups in the matrix of a file, with one row per line, for a readable snapshot. */
export function matrixOf(access: Access): readonly string[] {
  return accessMatrix(access).flatMap(({ kind, name, cluster, namespace, role, sensitive }) =>
    kind === 'group' ? [[name, cluster, namespace ?? '(cluster)', role, sensitive.join(' ')].join(' | ')] : [],
  );
}
