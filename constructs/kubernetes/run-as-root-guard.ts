import { Construct } from 'constructs';
import { AdmissionGuard, type GuardedResources, type GuardProps } from './admission-guard';

export interface RunAsRootGuardProps extends GuardProps {
  /**
   * Whether containers of others may allow privilege escalation, with which a program with the setuid bit of root makes
   * them root. `false` demands `allowPrivilegeEscalation: false` from every container.
   * @default true
   */
  readonly allowPrivilegeEscalation?: boolean;
}

/**
 * A guard that lets only its members run containers that could be root: without `runAsNonRoot: true`, with
 * `runAsUser: 0`, privileged, or with the capability `SYS_ADMIN`, on the container or its pod. It checks pods and
 * everything with a pod template, because a controller, not the user, creates pods from templates. Only members write
 * ControllerRevisions, from which the controllers of StatefulSets and DaemonSets take templates. It does not stop who
 * scales a workload that ran as root before the guard. `hostUsers: false` does not let root pass: a node with a kubelet
 * before 1.33 ignores it.
 */
export class RunAsRootGuard extends Construct {
  constructor(scope: Construct, id: string, props: RunAsRootGuardProps) {
    super(scope, id);
    const { allowPrivilegeEscalation = true, ...guard } = props;
    const could = allowPrivilegeEscalation ? COULD_BE_ROOT : [...COULD_BE_ROOT, ESCALATES];
    const fix = `set runAsNonRoot: true${allowPrivilegeEscalation ? '' : ' and allowPrivilegeEscalation: false'}, and remove runAsUser: 0, privileged, and SYS_ADMIN`;
    for (const { id, name, path, resources } of POD_SPECS) {
      new AdmissionGuard(this, id, {
        ...guard,
        name,
        resources,
        variables: {
          pod: path,
          nonRoot: 'variables.pod.?securityContext.?runAsNonRoot.orValue(false)',
          user: 'variables.pod.?securityContext.?runAsUser.orValue(-1)',
          roots: ['containers', 'initContainers', 'ephemeralContainers']
            .map((list) => rootsOf(list, could))
            .join(' + '),
        },
        unless: 'variables.roots.size() == 0',
        action: 'run containers as root',
        detail: `"; ${fix} for " + variables.roots.join(", ")`,
      });
    }
    new AdmissionGuard(this, 'ControllerRevisions', {
      ...guard,
      name: 'oidc-run-as-root-controller-revisions',
      // A revision can be a patch that only takes runAsNonRoot away, so its data does not say who could be root.
      resources: [{ ...WRITTEN, apiGroups: ['apps'], resources: ['controllerrevisions'] }],
      action: 'write ControllerRevisions, from which controllers run containers as root',
    });
  }
}

interface PodSpecs {
  /** Construct id of the guard. */
  readonly id: string;
  /** Name of the policy. */
  readonly name: string;
  /** CEL path to the pod spec. */
  readonly path: string;
  readonly resources: readonly GuardedResources[];
}

const WRITTEN = { apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'] } as const;

// One policy for each path: Kubernetes type-checks an expression for every kind that its policy matches.
const POD_SPECS: readonly PodSpecs[] = [
  {
    id: 'Pods',
    name: 'oidc-run-as-root-pods',
    path: 'object.spec',
    resources: [{ ...WRITTEN, apiGroups: [''], resources: ['pods', 'pods/ephemeralcontainers'] }],
  },
  {
    id: 'Templates',
    name: 'oidc-run-as-root-templates',
    path: 'object.spec.template.spec',
    resources: [
      {
        ...WRITTEN,
        apiGroups: ['apps'],
        resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
      },
      { ...WRITTEN, apiGroups: ['batch'], resources: ['jobs'] },
      { ...WRITTEN, apiGroups: [''], resources: ['replicationcontrollers'] },
    ],
  },
  {
    id: 'CronJobs',
    name: 'oidc-run-as-root-cron-jobs',
    path: 'object.spec.jobTemplate.spec.template.spec',
    resources: [{ ...WRITTEN, apiGroups: ['batch'], resources: ['cronjobs'] }],
  },
];

/** CEL for each way in which a container could be root. */
const COULD_BE_ROOT: readonly string[] = [
  '!container.?securityContext.?runAsNonRoot.orValue(variables.nonRoot)',
  'container.?securityContext.?runAsUser.orValue(variables.user) == 0',
  'container.?securityContext.?privileged.orValue(false)',
  // Runtimes take names of capabilities in any case, and some with CAP_ in front.
  'container.?securityContext.?capabilities.?add.orValue([])' +
    '.exists(name, name.upperAscii() in ["SYS_ADMIN", "CAP_SYS_ADMIN", "ALL"])',
];

/** CEL for a container in which a program with the setuid bit of root becomes root. */
const ESCALATES = 'container.?securityContext.?allowPrivilegeEscalation.orValue(true)';

/** CEL for the names of a pod's containers of one kind that could be root. */
function rootsOf(containers: string, could: readonly string[]): string {
  return (
    `variables.pod.?${containers}.orValue([])` +
    `.filter(container, ${could.join(' || ')}).map(container, container.name)`
  );
}
