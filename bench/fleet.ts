import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessFile } from '../model';

const ROLES = ['cluster-admin', 'admin', 'edit', 'view', 'view'] as const;

/** An access file with clusters on which the first group is administrator and all other groups have the role `view`. */
export function fleetOf(clusters: number, groups: number): AccessFile {
  const names = Array.from({ length: groups }, (_, index) => `eks-${index + 1}`);
  return {
    okta: { orgName: 'dev-123456' },
    groups: Object.fromEntries(names.map((name) => [name, {}])),
    clusters: Object.fromEntries(
      Array.from({ length: clusters }, (_, index) => [`cluster-${index + 1}`, { kind: 'eks', region: 'us-west-1' }]),
    ),
    grants: names.map((group, index) => ({ group, role: index === 0 ? 'cluster-admin' : 'view', clusters: '*' })),
  };
}

/** Writes an access file with `count` clusters, each with its own app and five grants, and returns its path. */
export function writeFleet(folder: string, count: number): string {
  const keys = Array.from({ length: count }, (_, index) => `cluster-${index + 1}`);
  // Two teams of five groups, each with every second cluster.
  const grants = ['blue', 'green'].flatMap((team, parity) =>
    ROLES.map((role, member) => ({
      group: `eks-${team}-${member + 1}`,
      role,
      clusters: keys.filter((_, index) => index % 2 === parity),
    })),
  );
  const fleet: AccessFile = {
    okta: { orgName: 'dev-123456' },
    groups: Object.fromEntries(grants.map(({ group }) => [group, {}])),
    clusters: Object.fromEntries(keys.map((key) => [key, { kind: 'eks', region: 'us-west-1' }])),
    // If there is only one cluster, the second team has none.
    grants: grants.filter(({ clusters }) => clusters.length > 0),
  };
  const file = join(folder, `fleet-${count}.json`);
  writeFileSync(file, JSON.stringify(fleet, null, 2));
  return file;
}
