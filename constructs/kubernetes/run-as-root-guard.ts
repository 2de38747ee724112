import { Construct } from 'constructs';
import { AdmissionGuard, type GuardedResources, type GuardMembers } from './admission-guard';

export interface RunAsRootGuardProps extends GuardMembers {}

/**
 * Only the named groups run containers that could be root: those without `runAsNonRoot: true`, and those with
 * `runAsUser: 0`, of their own or their pod's. It looks at pods and at all that pods are made from, since those
 * are made by a controller and not by the person.
 */
export class RunAsRootGuard extends Construct {
  constructor(scope: Construct, id: string, props: RunAsRootGuardProps) {
    super(scope, id);
    for (const { guard, name, path, resources } of POD_SPECS) {
      new AdmissionGuard(this, guard, {
        ...props,
        name,
        resources,
        variables: {
          pod: path,
          nonRoot: 'variables.pod.?securityContext.?runAsNonRoot.orValue(false)',
          user: 'variables.pod.?securityContext.?runAsUser.orValue(-1)',
          roots: ['containers', 'initContainers', 'ephemeralContainers'].map(rootsOf).join(' + '),
        },
        unless: 'variables.roots.size() == 0',
        action: 'run containers as root',
        detail: '"; set runAsNonRoot: true, and no runAsUser: 0, for " + variables.roots.join(", ")',
      });
    }
  }
}

interface PodSpecs {
  /** Id of the guard. */
  readonly guard: string;
  /** Name of the policy. */
  readonly name: string;
  /** Where the pod's spec is. */
  readonly path: string;
  readonly resources: readonly GuardedResources[];
}

const WRITTEN = { apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'] } as const;

// One policy for each path: Kubernetes checks the types of an expression for every kind that it is put to.
const POD_SPECS: readonly PodSpecs[] = [
  {
    guard: 'Pods',
    name: 'oidc-run-as-root-pods',
    path: 'object.spec',
    resources: [{ ...WRITTEN, apiGroups: [''], resources: ['pods', 'pods/ephemeralcontainers'] }],
  },
  {
    guard: 'Templates',
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
    guard: 'CronJobs',
    name: 'oidc-run-as-root-cron-jobs',
    path: 'object.spec.jobTemplate.spec.template.spec',
    resources: [{ ...WRITTEN, apiGroups: ['batch'], resources: ['cronjobs'] }],
  },
];

/** The names of a pod's containers of one kind that could be root. */
function rootsOf(containers: string): string {
  const nonRoot = 'container.?securityContext.?runAsNonRoot.orValue(variables.nonRoot)';
  const user = 'container.?securityContext.?runAsUser.orValue(variables.user)';
  return (
    `variables.pod.?${containers}.orValue([])` +
    `.filter(container, !${nonRoot} || ${user} == 0).map(container, container.name)`
  );
}
