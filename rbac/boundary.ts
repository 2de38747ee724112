/** Boundaries that a chain of permissions can cross, as `accept` names them. */
export const BOUNDARIES = [
  'becomes-cluster-admin',
  'becomes-node',
  'becomes-other-namespace',
  'becomes-aws-role',
] as const;

/** A boundary that a chain of permissions can cross. */
export type Boundary = (typeof BOUNDARIES)[number];
