import type { AuthenticationConfig } from '../../authentication/authentication-config';
import type { SelfManagedCluster } from '../../model/derived/clusters';

/**
 * Writes how the API server of a cluster authenticates people, for the tool that runs it.
 * @throws AccessError for what the tool cannot express, with an alternative.
 */
export type AuthenticationTarget = (config: AuthenticationConfig, cluster: SelfManagedCluster) => string;
