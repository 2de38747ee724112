/** The logs of the EKS control plane. @see https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html */
export const CONTROL_PLANE_LOGS = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] as const;

/** A log of the EKS control plane. */
export type ControlPlaneLog = (typeof CONTROL_PLANE_LOGS)[number];
