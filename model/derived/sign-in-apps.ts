import { type Access, appName } from '../file/access';
import { bindingsByCluster } from './bindings';

/** One Okta app with the clusters that trust it and the groups that may sign in to it. */
export interface SignInApp {
  readonly name: string;
  /** Keys of its clusters, sorted. */
  readonly clusters: readonly string[];
  /** Groups with a grant on one of its clusters, sorted. */
  readonly groups: readonly string[];
}

/** The distinct apps of the clusters, sorted by name. */
export function signInApps(access: Access): readonly SignInApp[] {
  const bindings = bindingsByCluster(access);
  const clustersByApp = new Map<string, string[]>();
  for (const [key, cluster] of Object.entries(access.clusters)) {
    const app = appName(key, cluster);
    clustersByApp.set(app, [...(clustersByApp.get(app) ?? []), key]);
  }
  return [...clustersByApp.keys()].sort().map((name) => {
    const clusters = (clustersByApp.get(name) ?? []).sort();
    const granted = clusters.flatMap((key) => bindings.get(key) ?? []).flatMap(({ groups }) => groups);
    return { name, clusters, groups: [...new Set(granted)].sort() };
  });
}

/** The name of the output that carries an app's client id: letters that Terraform refuses become `_`. */
export function clientIdOutput(app: string): string {
  return `client_id_${app.replaceAll(/[^A-Za-z0-9_-]/g, '_')}`;
}
