import { abbreviated } from '../../constraints/abbreviated';
import { shown } from '../../constraints/finding';
import type { Boundary } from '../../rbac/boundary';
import { type Target, targetText } from '../../rbac/paths/find-paths';
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
  const names = new Set(causes.map(({ role }) => role));
  const isOwn = names.size === 1 && Object.hasOwn(roles, first.role);
  const steps = chain.steps.map(({ permission, does }) => `${permission}: ${does}`).join('; then ');
  return {
    path: isOwn ? pathText(['roles', first.role]) : first.grant.path,
    message: `${sentenceStart(rolesText(causes, shown))} ${names.size === 1 ? 'lets' : 'let'} the group ${shown(group)} on ${shown(cluster)} become ${targetWords(chain.target)}: ${steps}.${alsoText(crossed)}`,
    given: rolesText(causes, (name) => name),
    allowed: 'roles that do not lead there, or that accept names with a reason',
    fix: `${fix} Or add accept: { ${shown(boundary)}: 'the reason' } to the ${isOwn ? 'role' : 'grant'}.`,
  };
}

/** Roles by their kind of place, such as `the role 'edit' in namespaces and the role 'tokens' on the whole cluster`. */
function rolesText(causes: readonly Placement[], nameText: (name: string) => string): string {
  return [...groupBy(causes, ({ namespace }) => kindOfPlace(namespace))]
    .map(([place, placements]) => {
      const names = [...new Set(placements.map(({ role }) => nameText(role)))];
      return `the ${names.length === 1 ? 'role' : 'roles'} ${names.join(' and ')} ${place}`;
    })
    .join(' and ');
}

function sentenceStart(text: string): string {
  return text.replace(/^the /, 'The ');
}

const MOST_TARGETS = 3;

/** What else the same roles lead to, and for whom. */
function alsoText(crossed: readonly Crossing[]): string {
  const [, ...targets] = new Set(crossed.map(({ chain }) => targetWords(chain.target)));
  const places = new Set(crossed.map(({ group, cluster }) => JSON.stringify([group, cluster])));
  const others = places.size - 1;
  return [
    targets.length === 0 ? '' : ` The same permissions lead to ${abbreviated(targets, MOST_TARGETS)}, too.`,
    others === 0
      ? ''
      : ` The same holds for ${others} other ${others === 1 ? 'group or cluster' : 'groups or clusters'}.`,
  ].join('');
}

/** A target as somebody becomes it, such as `the AWS role arn:aws:iam::111122223333:role/ship`. */
function targetWords(target: Target): string {
  switch (target.kind) {
    case 'node':
      return 'root on a node';
    case 'aws-role':
      return `the AWS role ${target.arn}`;
    case 'service-accounts':
      return target.names === undefined ? `every service account of ${target.namespace}` : `the ${targetText(target)}`;
    case 'cluster-admin':
    case 'user':
    case 'group':
    case 'rules':
    case 'no-guards':
    case 'no-pod-security':
      return targetText(target);
  }
}
