import { Construct } from 'constructs';
import { AdmissionGuard, type GuardedResources, type GuardMembers } from './admission-guard';

export interface RunAsRootGuardProps extends GuardMembers {}

/**
 * A guard that lets only its members run containers that could be root: without `runAsNonRoot: true`, or with
 * `runAsUser: 0`, on the container or its pod. It checks pods and everything with a pod template, because a controller,
 * not the user, creates pods from templates.
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
        detail: '"; set runAsNonRoot: true and remove runAsUser: 0 for " + variables.roots.join(", ")',
      });
    }
  }
}

interface PodSpecs {
  /** Construct id of the guard. */
  readonly guard: string;
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

/** CEL for the names of a pod's containers of one kind that could be root. */
function rootsOf(containers: string): string {
  const nonRoot = 'container.?securityContext.?runAsNonRoot.orValue(variables.nonRoot)';
  const user = 'container.?securityContext.?runAsUser.orValue(variables.user)';
  return (
    `variables.pod.?${containers}.orValue([])` +
    `.filter(container, !${nonRoot} || ${user} == 0).map(container, container.name)`
  );
}
