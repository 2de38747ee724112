import { compare } from '../../constraints/compare';
import type { LiveFacts } from '../../live/facts/live-facts';
import { type Access, type Cluster, isEks, type Placement, roleDefinition } from '../../model';
import { endingWithin } from '../../model/derived/ending-soon';
import { groupBy } from '../../model/derived/group-by';
import { WORST_CASE_REVOCATION } from '../../model/derived/revocation';
import { guardsOfPlacement } from '../../model/review/applying-guards';
import { plainAllowances } from '../../model/review/plain-allowances';
import { roleNotes } from '../../model/review/role-notes';
import { PRESETS, type PresetRole } from '../../rbac/presets';
import { appSettings } from '../kubeconfig/sign-in-data-of';
import { LONGEST_TEXT, type PortalCluster, type PortalData } from './portal-data';

/** Access that ends within so many days ends soon. */
const SOON_DAYS = 30;

type Row = PortalData['access'][number];

/**
 * The portal of an organization on the day of its access file, without people, reasons, accounts, and paths of the file.
 * The same file, day, and facts give the same bytes.
 */
export function portalOf(access: Access, facts: LiveFacts): PortalData {
  const clusters = Object.values(access.clusters).sort((a, b) => compare(a.key, b.key));
  const groups = [...new Set(access.placements.map(({ group }) => group))].sort(compare);
  const { signIn } = access;
  return {
    schemaVersion: 1,
    organization: `${access.okta.orgName}.${access.okta.baseUrl}`,
    day: access.day,
    issuerUrl: facts.issuerUrl?.value ?? null,
    apps: access.apps.map((app) => ({
      ...appSettings(access, app),
      clientId: facts.clientIds.get(app.name)?.value ?? null,
    })),
    clusters: clusters.map((cluster) => portalCluster(cluster, facts)),
    groups: groups.map((name) => ({ name, description: textOrNull(access.groups[name]?.description) })),
    ...rolesAndAccess(access, groups, clusters),
    lifetimes: {
      idTokenMinutes: WORST_CASE_REVOCATION.minutes,
      refresh: signIn.refresh ? { lifetimeMinutes: signIn.refresh.lifetime, idleMinutes: signIn.refresh.idle } : null,
    },
    endsSoon: endingWithin(access, SOON_DAYS)
      .map(({ what, expires }) => ({ what, expires }))
      .sort((a, b) => compare(a.expires, b.expires) || compare(a.what, b.what)),
  };
}

function portalCluster(cluster: Cluster, { endpoints, certificateAuthorities }: LiveFacts): PortalCluster {
  const { key, kind, app } = cluster;
  const endpoint = endpoints.get(key)?.value;
  const certificateAuthority = certificateAuthorities.get(key)?.value;
  return {
    key,
    name: isEks(cluster) ? cluster.name : key,
    kind,
    region: isEks(cluster) ? cluster.settings.region : null,
    app,
    server: endpoint === undefined || certificateAuthority === undefined ? null : { endpoint, certificateAuthority },
  };
}

/** Each role with what it allows once, and the access of the groups, with the places that are alike in one row. */
function rolesAndAccess(
  access: Access,
  groups: readonly string[],
  clusters: readonly Cluster[],
): Pick<PortalData, 'roles' | 'access'> {
  const groupAt = new Map(groups.map((name, index) => [name, index]));
  const clusterAt = new Map(clusters.map(({ key }, index) => [key, index]));
  const roles = new RoleList(access);
  // First the namespaces of a cluster, then the clusters with the same ones.
  const byCluster = groupBy(
    access.placements.map((placement) => {
      const cluster = access.clusters[placement.cluster] as Cluster;
      return {
        group: groupAt.get(placement.group) as number,
        role: roles.positionOf(placement, cluster),
        until: placement.grant.expires ?? null,
        refused: guardsOfPlacement(cluster.guards, placement).map(refusalWords),
        isWhole: placement.namespace === null,
        cluster: clusterAt.get(placement.cluster) as number,
        namespace: placement.namespace,
      };
    }),
    ({ namespace: _, ...rest }) => JSON.stringify(Object.values(rest)),
  );
  const places = [...byCluster.values()].map((same) => {
    const { group, role, until, refused, isWhole, cluster } = same[0] as (typeof same)[number];
    const namespaces = isWhole ? null : [...new Set(same.flatMap(({ namespace }) => namespace ?? []))].sort(compare);
    return { cluster, row: { group, role, namespaces, until, refused } };
  });
  const alike = groupBy(places, ({ row }) => JSON.stringify(row));
  const rows = [...alike.values()].map((same): Row => {
    const { group, role, ...rest } = (same[0] as (typeof same)[number]).row;
    return { group, role, clusters: same.map(({ cluster }) => cluster).sort((a, b) => a - b), ...rest };
  });
  const order = roles.order();
  const sorted = rows
    .map((row) => ({ ...row, role: order.indexOf(row.role) }))
    .sort(
      (a, b) =>
        a.group - b.group ||
        a.role - b.role ||
        compare(
          JSON.stringify([a.namespaces, a.until, a.clusters]),
          JSON.stringify([b.namespaces, b.until, b.clusters]),
        ),
    );
  return { roles: order.map((at) => roles.roles[at] as PortalData['roles'][number]), access: sorted };
}

/** The roles that are granted, each once for what it allows: which can differ by version of Kubernetes and by place. */
class RoleList {
  readonly roles: PortalData['roles'] = [];
  /** By what decides what a role allows and what is noted; placements with equal rules share the list. */
  private readonly known = new Map<string, Map<Placement['rules'], number>>();
  private readonly positions = new Map<string, number>();

  constructor(private readonly access: Access) {}

  /** The position of the role of a placement in the list, to which it is added. */
  positionOf(placement: Placement, cluster: Cluster): number {
    const { settings } = cluster;
    const version = 'version' in settings ? settings.version : undefined;
    const key = JSON.stringify([placement.role, placement.namespace === null, version]);
    const byRules = this.known.get(key) ?? new Map<Placement['rules'], number>();
    this.known.set(key, byRules);
    const at = byRules.get(placement.rules) ?? this.add(placement, cluster);
    byRules.set(placement.rules, at);
    return at;
  }

  /** The positions in the order of names, then of what the roles allow. */
  order(): readonly number[] {
    const keys = this.roles.map((role) => JSON.stringify(role));
    return [...keys.keys()].sort((a, b) => compare(keys[a] as string, keys[b] as string));
  }

  private add(placement: Placement, cluster: Cluster): number {
    const { role: name, rules, namespace } = placement;
    const { kubernetesName } = roleDefinition(name, this.access);
    const notes = roleNotes(kubernetesName, placement, cluster).map(cut);
    const allows = plainAllowances(rules, namespace).map(({ does, verbs, things }) => ({
      does: does.map(cut),
      verbs: verbs.map(cut),
      things: things.map(cut),
    }));
    const role = { name, description: descriptionOf(name, this.access), allows, notes };
    const key = JSON.stringify(role);
    const at = this.positions.get(key) ?? this.roles.push(role) - 1;
    this.positions.set(key, at);
    return at;
  }
}

function descriptionOf(role: string, { roles }: Access): string | null {
  const preset = Object.hasOwn(PRESETS, role) ? PRESETS[role as PresetRole] : undefined;
  const own = Object.hasOwn(roles, role) ? roles[role] : undefined;
  return textOrNull((preset ?? own)?.description);
}

const REFUSALS: Readonly<Record<string, string>> = {
  secretDeletion: 'deleting Secrets, and namespaces with their Secrets',
  runAsRoot: 'containers that can run as root',
  systemNamespaces: 'changes in the namespaces of Kubernetes itself',
};

/** What a guard refuses, by its path under `guards`. */
function refusalWords(guard: string): string {
  return REFUSALS[guard] ?? `changes in the namespace ${guard.replace(/^namespaces\./, '')}`;
}

function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : cut(text);
}

function cut(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
