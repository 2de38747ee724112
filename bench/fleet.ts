import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessFile } from '../model';

const ROLES = ['cluster-admin', 'admin', 'edit', 'view', 'view'] as const;

/** Writes an access file of so many clusters, each with an app of its own and five grants, and returns its path. */
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
    // A single cluster leaves the second team without one.
    grants: grants.filter(({ clusters }) => clusters.length > 0),
  };
  const file = join(folder, `fleet-${count}.json`);
  writeFileSync(file, JSON.stringify(fleet, null, 2));
  return file;
}
