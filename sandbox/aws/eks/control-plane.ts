import type { EksIdentityProvider } from '../../../authentication/authentication-config';

/** The API server of a cluster, as EKS needs it. */
export interface ControlPlane {
  readonly endpoint: string;
  /** Certificate authority of the API server, in PEM. */
  readonly caPem: string;
  /**
   * Makes the API server accept the ID tokens of an identity provider; undefined for none. Ends when the setting is in
   * force.
   */
  trust(provider: EksIdentityProvider | undefined): Promise<void>;
  /** The data of the ConfigMap `aws-auth` in `kube-system`; undefined if there is none. */
  awsAuth(): Promise<Readonly<Record<string, string>> | undefined>;
  stop(): Promise<void>;
}

/** Starts API servers. */
export interface ControlPlanes {
  /**
   * Starts the API server of a new cluster, which accepts no ID tokens yet.
   * @param id identifies the cluster among all of this run.
   */
  start(id: string): Promise<ControlPlane>;
}
