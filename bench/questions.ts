import { accessMatrix, readAccess } from '../model';
import { answersOf } from '../model/review/can-i';
import type { AccessRequest } from '../rbac';
import type { Figure } from './figure';
import { fleetOf } from './fleet';

const DAY = '2026-06-15';

/** What reports and questions cost, measured in this process: both are pure functions. */
export function questions(): readonly Figure[] {
  return [matrixOfFleet(), answersPerSecond()];
}

/** The matrix of 1000 clusters on each of which 100 groups have a role. */
function matrixOfFleet(): Figure {
  const access = readAccess(fleetOf(1000, 100), DAY);
  const seconds = least(3, () => accessMatrix(access));
  const rows = accessMatrix(access).length;
  return {
    what: 'matrix of 1000 clusters and 100 groups',
    value: seconds,
    unit: 's',
    goal: { most: 2 },
    from: `${rows} rows`,
  };
}

const VERBS = ['get', 'list', 'create', 'delete'];
const RESOURCES = ['pods', 'secrets', 'deployments', 'nodes', 'configmaps'];
const NAMESPACES = [undefined, 'default', 'team-a', 'kube-system'];

/** Questions of every kind about one cluster with its built-in roles, each of another group. */
function answersPerSecond(): Figure {
  const access = readAccess(fleetOf(1, 60), DAY);
  const groups = Object.keys(access.groups);
  const [cluster] = Object.values(access.clusters);
  if (cluster === undefined) throw new Error('The fleet has no cluster.');
  const answer = answersOf(access, cluster);
  const requests = VERBS.flatMap((verb) =>
    RESOURCES.flatMap((resource) =>
      NAMESPACES.map(
        (namespace): AccessRequest => ({
          verb,
          apiGroup: resource === 'deployments' ? 'apps' : '',
          resource,
          namespace,
        }),
      ),
    ),
  );
  const rounds = 50;
  const seconds = least(3, () => {
    for (let round = 0; round < rounds; round += 1) {
      for (const group of groups) for (const request of requests) answer([group], request);
    }
  });
  const count = rounds * groups.length * requests.length;
  return {
    what: 'can-i answers a second',
    value: count / seconds,
    unit: '/s',
    goal: { least: 100_000 },
    from: `${count} questions of ${groups.length} groups`,
  };
}

/** The least of some runs in seconds: whatever else the machine does only adds. */
function least(runs: number, run: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const start = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - start) / 1e9;
  });
  return Math.min(...times);
}
