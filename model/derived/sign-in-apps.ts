import type { Cluster } from './clusters';
import { groupBy } from './group-by';

/** An Okta app, with the clusters that trust it and the groups that may sign in to it. */
export interface SignInApp {
  readonly name: string;
  /** Keys of its clusters, sorted. */
  readonly clusters: readonly string[];
  /** Groups with a grant on at least one of its clusters, sorted. */
  readonly groups: readonly string[];
}

/** The distinct apps of the clusters, sorted by name. */
export function signInApps(clusters: Readonly<Record<string, Cluster>>): readonly SignInApp[] {
  const byApp = groupBy(Object.values(clusters), ({ app }) => app);
  return [...byApp.keys()].sort().map((name) => {
    const trusting = byApp.get(name) ?? [];
    const granted = trusting.flatMap(({ bindings }) => bindings).flatMap(({ groups }) => groups);
    return { name, clusters: trusting.map(({ key }) => key).sort(), groups: [...new Set(granted)].sort() };
  });
}

/** The name of the output with the client ID of an app. Characters that Terraform refuses become `_`. */
export function clientIdOutput(app: string): string {
  return `client_id_${app.replaceAll(/[^A-Za-z0-9_-]/g, '_')}`;
}
