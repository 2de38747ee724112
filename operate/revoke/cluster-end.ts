import { minorOf } from '../../constraints/kubernetes/known-version';
import type { Access, Cluster } from '../../model';
import { isEks } from '../../model/derived/cluster-kinds';
import { groupBy } from '../../model/derived/group-by';
import { hasUnknownRules, type Placement } from '../../model/derived/placements';
import { type Becomes, type BecomesOf, sortedBecomes } from '../../model/review/becomes';
import { compileRule } from '../../rbac';
import type { LivePerson } from './live-person';
import { type UserName, userNameOn } from './user-name';

/** A role that a person has on a cluster. */
export interface PersonRole {
  readonly group: string;
  readonly role: string;
  /** Null for the whole cluster. */
  readonly namespace: string | null;
  /** Whether the person is known to be in the group. */
  readonly isCertain: boolean;
}

/** What a person has on a cluster, and what stays when their access has ended. */
export interface ClusterEnd {
  readonly cluster: string;
  readonly kind: Cluster['kind'];
  readonly userName: UserName;
  readonly roles: readonly PersonRole[];
  /** What the roles lead to: whoever became it needs no token of Okta. */
  readonly becomes: readonly Becomes[];
  /** What can stay there, in words: what the roles allow to make or open. */
  readonly stays: readonly string[];
  /** Why a guard on their user name would not hold them, in words; empty where it would, as far as it holds anybody. */
  readonly passesGuardBy: readonly string[];
}

/** What a person has on each cluster that they reach, in the order of the file. */
export function clusterEnds(
  access: Access,
  props: {
    readonly login: string;
    readonly live: LivePerson | undefined;
    /** Groups that the person is or may be in, with whether that is certain. */
    readonly groups: ReadonlyMap<string, boolean>;
    readonly becomes: BecomesOf;
  },
): readonly ClusterEnd[] {
  const { login, live, groups, becomes } = props;
  const ofPerson = access.placements.filter(({ group }) => groups.has(group));
  const byCluster = groupBy(ofPerson, ({ cluster }) => cluster);
  return Object.values(access.clusters).flatMap((cluster) => {
    const placements = byCluster.get(cluster.key);
    if (placements === undefined) return [];
    const names = [...new Set(placements.map(({ group }) => group))];
    return [
      {
        ...{ cluster: cluster.key, kind: cluster.kind, userName: userNameOn(access, cluster, login, live) },
        roles: placements.map(({ group, role, namespace }) => ({
          ...{ group, role, namespace },
          isCertain: groups.get(group) === true,
        })),
        becomes: sortedBecomes(names.flatMap((group) => becomes(cluster.key, group))),
        stays: staysOn(cluster, placements),
        passesGuardBy: guardGaps(cluster, placements),
      },
    ];
  });
}

/** What rules allow: one of the verbs on one of the resources. */
type Permission = readonly [text: string, verbs: readonly string[], apiGroup: string, resources: readonly string[]];

const WRITE = ['create', 'update', 'patch'];

/** What outlives the access of whoever made or opened it. */
const STAYS: readonly Permission[] = [
  [
    'open connections to pods (exec, attach, port-forward)',
    ['create', 'get'],
    '',
    ['pods/exec', 'pods/attach', 'pods/portforward'],
  ],
  ['tokens of service accounts, valid for as long as they were asked for', ['create'], '', ['serviceaccounts/token']],
  ['Secrets with tokens of service accounts, which do not expire', ['create'], '', ['secrets']],
  ['bindings', WRITE, 'rbac.authorization.k8s.io', ['rolebindings', 'clusterrolebindings']],
  ['CronJobs and Jobs', WRITE, 'batch', ['cronjobs', 'jobs']],
  ['workloads', WRITE, 'apps', ['deployments', 'statefulsets', 'daemonsets', 'replicasets']],
  ['pods', WRITE, '', ['pods']],
];

/** EKS signs no client certificates. */
const OUTSIDE_EKS: Permission = [
  'client certificates, which nothing revokes',
  ['create'],
  'certificates.k8s.io',
  ['certificatesigningrequests'],
];

const IMPERSONATE = 'impersonate others';

/**
 * No admission policy sees reads, changes of admission policies, requests to kubelets, or the name of whoever impersonates
 * somebody.
 */
const PASS_GUARD: readonly Permission[] = [
  [IMPERSONATE, ['impersonate'], '', ['users', 'serviceaccounts']],
  [
    'change admission policies',
    ['update', 'patch', 'delete', 'deletecollection'],
    'admissionregistration.k8s.io',
    ['validatingadmissionpolicies', 'validatingadmissionpolicybindings'],
  ],
  ['read Secrets, with the tokens in them', ['get', 'list', 'watch'], '', ['secrets']],
  ['run commands in pods through kubelets', ['get', 'create'], '', ['nodes/proxy']],
];

/** A RoleBinding gives nothing on these. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  ...['users', 'nodes', 'clusterrolebindings', 'certificatesigningrequests'],
  ...['validatingadmissionpolicies', 'validatingadmissionpolicybindings'],
]);

function staysOn(cluster: Cluster, placements: readonly Placement[]): readonly string[] {
  const allowed = allowedOf(placements, isEks(cluster) ? STAYS : [...STAYS, OUTSIDE_EKS]);
  const canWatch = hasVerb(placements, (verb) => verb === 'watch' || verb === '*');
  return [...(canWatch ? ['open watches'] : []), ...allowed, ...unknownRoles(placements)];
}

function guardGaps({ kubernetesVersion }: Cluster, placements: readonly Placement[]): readonly string[] {
  const isConstrained =
    minorOf(kubernetesVersion) >= FIRST_WITH_MODES && hasVerb(placements, (verb) => verb.startsWith('impersonate:'));
  const allowed = allowedOf(placements, PASS_GUARD);
  return [...new Set([...(isConstrained ? [IMPERSONATE] : []), ...allowed, ...unknownRoles(placements)])];
}

/** The minor version of Kubernetes from which a verb can allow a mode of impersonation. */
const FIRST_WITH_MODES = 36;

function hasVerb(placements: readonly Placement[], fits: (verb: string) => boolean): boolean {
  return placements.some(({ rules }) => rules.some(({ verbs }) => verbs.some(fits)));
}

function unknownRoles(placements: readonly Placement[]): readonly string[] {
  return [...new Set(placements.filter(hasUnknownRules).map(({ role }) => `whatever the role ${role} allows`))];
}

/** The texts of the permissions that placements give in some place, for some object. */
function allowedOf(placements: readonly Placement[], permissions: readonly Permission[]): readonly string[] {
  const compiled = placements.flatMap(({ namespace, rules }) =>
    rules.map(({ resourceNames: _, ...rule }) => ({ namespace, ...compileRule(rule) })),
  );
  return permissions.flatMap(([text, verbs, apiGroup, resources]) => {
    const requests = resources.flatMap((written) => {
      const [resource = '', subresource] = written.split('/');
      return verbs.map((verb) => ({ verb, apiGroup, resource, subresource }));
    });
    const isAllowed = requests.some((request) =>
      compiled.some(
        ({ namespace, allows }) => (namespace === null || !CLUSTER_SCOPED.has(request.resource)) && allows(request),
      ),
    );
    return isAllowed ? [text] : [];
  });
}
