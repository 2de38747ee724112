import { shown } from '../../constraints/finding';
import type { Boundary } from '../../rbac/boundary';
import type { Access } from '../derived/access';
import { type Crossing, crossings } from '../derived/crossings';
import { groupBy } from '../derived/group-by';
import type { Placement } from '../derived/placements';
import { pathText } from '../file/path';
import type { Check, PlacedFinding } from './check';

/** A check that warns of a boundary that a group crosses for certain, once for each role in a kind of place. */
export function boundaryCheck(boundary: Boundary, texts: Pick<Check, 'reason' | 'fix' | 'source'>): Check {
  return {
    name: boundary,
    severity: 'warning',
    ...texts,
    requires: ['clusters', 'grants', 'roles', 'namespaces', 'guards'],
    find: (access) => {
      const open = crossings(access).filter((crossing) => crossing.boundary === boundary && !isAccepted(crossing));
      return [...groupBy(open, causeOf).values()].map((crossed) => finding(crossed, access, texts.fix));
    },
  };
}

function isAccepted({ boundary, causes }: Crossing): boolean {
  return causes.some(({ accepted }) => Object.hasOwn(accepted, boundary));
}

/** The roles in a kind of place: one finding for all groups and clusters for which the same roles are the cause. */
function causeOf({ causes, chain }: Crossing): string {
  const roles = causes.map(({ role, namespace }) => [role, kindOfPlace(namespace)]);
  return JSON.stringify([[...new Set(roles.map((role) => JSON.stringify(role)))].sort(), chain.target.kind]);
}

function kindOfPlace(namespace: string | null): string {
  if (namespace === null) return 'on the whole cluster';
  return namespace === 'kube-system' ? 'in kube-system' : 'in namespaces';
}

function finding(crossed: readonly Crossing[], { roles }: Access, fix: string): PlacedFinding {
  const { boundary, group, cluster, chain, causes } = crossed[0] as Crossing;
  const [first] = causes as readonly [Placement, ...Placement[]];
  const names = [...new Set(causes.map(({ role }) => role))];
  const isOwn = names.length === 1 && Object.hasOwn(roles, first.role);
  const others = crossed.length - 1;
  const steps = chain.steps.map(({ permission, does }) => `${permission}: ${does}`).join('; then ');
  const also =
    others === 0
      ? ''
      : ` The same holds for ${others} other ${others === 1 ? 'group or cluster' : 'groups or clusters'}.`;
  return {
    path: isOwn ? pathText(['roles', first.role]) : first.grant.path,
    message: `The ${names.length === 1 ? 'role' : 'roles'} ${names.map(shown).join(' and ')} ${kindOfPlace(first.namespace)} ${names.length === 1 ? 'lets' : 'let'} the group ${shown(group)} on ${shown(cluster)} become ${chain.to}: ${steps}.${also}`,
    given: `${names.join(', ')} ${kindOfPlace(first.namespace)}`,
    allowed: 'roles that do not lead there, or that accept names with a reason',
    fix: `${fix} Or add accept: { ${shown(boundary)}: 'the reason' } to the ${isOwn ? 'role' : 'grant'}.`,
  };
}
