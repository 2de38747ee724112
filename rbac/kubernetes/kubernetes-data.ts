import type { ApiResource } from '../api-resources';
import type { RbacPolicy } from '../policy';
import { KUBERNETES_VERSIONS } from './versions';

/** What the API server of a Kubernetes minor version has. `npm run kubernetes-facts` writes a JSON file for each version. */
export interface KubernetesData {
  /** The patch release that the data was read from, such as `1.36.3`. */
  readonly release: string;
  /** The bootstrap policy: the roles and bindings that the API server creates, with default feature gates. */
  readonly rbac: RbacPolicy;
  /** The resources of every API version, including those that are not served by default. */
  readonly apiResources: readonly ApiResource[];
}

const VERSIONS = Object.keys(KUBERNETES_VERSIONS);
const OLDEST_KUBERNETES = VERSIONS[0] as string;

/** The newest Kubernetes version with data. */
export const NEWEST_KUBERNETES = VERSIONS.at(-1) as string;

/**
 * The data of a version such as `1.34`, or of the newest version before it. Versions before the oldest get the data of
 * the oldest. A file is read when its version is first asked for.
 */
export function kubernetesData(version: string): KubernetesData {
  const known = VERSIONS.findLast((known) => rank(known) <= rank(version)) ?? OLDEST_KUBERNETES;
  return (KUBERNETES_VERSIONS[known] as () => KubernetesData)();
}

/** A number that is larger for later versions; comparing with a locale would cost more than reading the data. */
function rank(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major * 1000 + minor;
}
