import { accessMatrix, readAccess } from '../model';
import { answersOf } from '../model/review/can-i';
import { pathsOf } from '../model/review/paths';
import type { AccessRequest } from '../rbac';
import type { Figure } from './figure';
import { fleetOf } from './fleet';

const DAY = '2026-06-15';

/** The time of reports and questions, measured in this process because both are pure functions. */
export function questions(): readonly Figure[] {
  return [checkedFleet(), pathsOfFleet(), matrixOfFleet(), answersPerSecond()];
}

/** Reading and checking an access file whose grants have 100 000 places. */
function checkedFleet(): Figure {
  const file = fleetOf(1000, 100);
  let places = 0;
  const seconds = fastest(1, () => {
    places = readAccess(file, DAY).placements.length;
  });
  return {
    what: 'checks of 1000 clusters and 100 groups',
    value: seconds,
    unit: 's',
    goal: { most: 10 },
    from: `${places} places of grants`,
  };
}

/** What everybody can become on 1000 clusters with 100 groups on each. */
function pathsOfFleet(): Figure {
  const access = readAccess(fleetOf(1000, 100), DAY);
  // What the checks have found already is found again.
  const fresh = { ...access, placements: [...access.placements] };
  let paths = 0;
  const seconds = fastest(1, () => {
    paths = pathsOf(fresh).length;
  });
  return {
    what: 'paths of 1000 clusters and 100 groups',
    value: seconds,
    unit: 's',
    goal: { most: 5 },
    from: `${paths} paths`,
  };
}

/** The matrix of 1000 clusters with 100 groups on each. */
function matrixOfFleet(): Figure {
  const access = readAccess(fleetOf(1000, 100), DAY);
  const seconds = fastest(3, () => accessMatrix(access));
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

/** All kinds of questions about one cluster with built-in roles, for every group. */
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
  const seconds = fastest(3, () => {
    for (let round = 0; round < rounds; round += 1) {
      for (const group of groups) for (const request of requests) answer([group], request);
    }
  });
  const count = rounds * groups.length * requests.length;
  return {
    what: 'can-i answers per second',
    value: count / seconds,
    unit: '/s',
    goal: { least: 100_000 },
    from: `${count} questions about ${groups.length} groups`,
  };
}

/** The seconds of the fastest run: other load on the machine only adds time. */
function fastest(runs: number, run: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const start = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - start) / 1e9;
  });
  return Math.min(...times);
}
