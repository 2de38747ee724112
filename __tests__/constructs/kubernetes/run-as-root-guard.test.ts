import { GroupSubject } from '../../../constructs/kubernetes/group-subject';
import { RunAsRootGuard } from '../../../constructs/kubernetes/run-as-root-guard';
import { type Arguments, synthesizedConstructs } from '../../synthesized';
import { EXEMPT, guardResources } from './guards';

const manifests = guardResources(
  synthesizedConstructs(
    (scope) =>
      new RunAsRootGuard(scope, 'RunAsRoot', {
        subjects: [new GroupSubject('eks-admins')],
        serviceAccountGroups: ['system:serviceaccounts:cert-manager'],
      }),
  ),
).map(({ manifest }) => manifest);

const written = { apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'] };

const COULD_BE_ROOT =
  '!container.?securityContext.?runAsNonRoot.orValue(variables.nonRoot) || ' +
  'container.?securityContext.?runAsUser.orValue(variables.user) == 0 || ' +
  'container.?securityContext.?privileged.orValue(false) || ' +
  'container.?securityContext.?capabilities.?add.orValue([])' +
  '.exists(name, name.upperAscii() in ["SYS_ADMIN", "CAP_SYS_ADMIN", "ALL"])';

const rootsOf = (containers: string) =>
  `variables.pod.?${containers}.orValue([]).filter(container, ${COULD_BE_ROOT}).map(container, container.name)`;

describe('RunAsRootGuard', () => {
  test.each([
    [
      'oidc-run-as-root-pods',
      'object.spec',
      [{ ...written, apiGroups: [''], resources: ['pods', 'pods/ephemeralcontainers'] }],
    ],
    [
      'oidc-run-as-root-templates',
      'object.spec.template.spec',
      [
        { ...written, apiGroups: ['apps'], resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'] },
        { ...written, apiGroups: ['batch'], resources: ['jobs'] },
        { ...written, apiGroups: [''], resources: ['replicationcontrollers'] },
      ],
    ],
    [
      'oidc-run-as-root-cron-jobs',
      'object.spec.jobTemplate.spec.template.spec',
      [{ ...written, apiGroups: ['batch'], resources: ['cronjobs'] }],
    ],
  ])('%s finds containers that could be root in %s', (name, path, resourceRules) => {
    const policy = manifests.find(
      ({ kind, metadata }) => kind === 'ValidatingAdmissionPolicy' && metadata.name === name,
    );

    expect((policy as Arguments).spec).toEqual({
      failurePolicy: 'Fail',
      matchConstraints: { resourceRules },
      matchConditions: EXEMPT,
      variables: [
        { name: 'pod', expression: path },
        { name: 'nonRoot', expression: 'variables.pod.?securityContext.?runAsNonRoot.orValue(false)' },
        { name: 'user', expression: 'variables.pod.?securityContext.?runAsUser.orValue(-1)' },
        {
          name: 'roots',
          expression: ['containers', 'initContainers', 'ephemeralContainers'].map(rootsOf).join(' + '),
        },
      ],
      validations: [
        {
          expression:
            'request.userInfo.groups.exists(group, group in ' +
            '["okta:eks-admins","system:serviceaccounts:cert-manager"]) || variables.roots.size() == 0',
          messageExpression:
            '"Only members of okta:eks-admins, system:serviceaccounts:cert-manager, break-glass may run containers as root" + ' +
            '"; set runAsNonRoot: true, and remove runAsUser: 0, privileged, and SYS_ADMIN for " + variables.roots.join(", ")',
          reason: 'Forbidden',
        },
      ],
    });
  });

  test('lets only its members write ControllerRevisions, whatever is in them', () => {
    const policy = manifests.find(
      ({ kind, metadata }) =>
        kind === 'ValidatingAdmissionPolicy' && metadata.name === 'oidc-run-as-root-controller-revisions',
    );

    expect((policy as Arguments).spec).toEqual({
      failurePolicy: 'Fail',
      matchConstraints: { resourceRules: [{ ...written, apiGroups: ['apps'], resources: ['controllerrevisions'] }] },
      matchConditions: EXEMPT,
      validations: [
        {
          expression:
            'request.userInfo.groups.exists(group, group in ["okta:eks-admins","system:serviceaccounts:cert-manager"])',
          messageExpression:
            '"Only members of okta:eks-admins, system:serviceaccounts:cert-manager, break-glass may write ' +
            'ControllerRevisions, from which controllers run containers as root"',
          reason: 'Forbidden',
        },
      ],
    });
  });

  test('refuses privilege escalation only if it is told to', () => {
    const guard = (allowPrivilegeEscalation?: boolean) =>
      JSON.stringify(
        guardResources(
          synthesizedConstructs(
            (scope) => new RunAsRootGuard(scope, 'RunAsRoot', { subjects: [], allowPrivilegeEscalation }),
          ),
        ),
      );

    expect(guard(true)).toBe(guard());
    expect(guard()).not.toContain('allowPrivilegeEscalation');
    expect(guard(false)).toContain(' || container.?securityContext.?allowPrivilegeEscalation.orValue(true))');
    expect(guard(false)).toContain('set runAsNonRoot: true and allowPrivilegeEscalation: false, and remove');
  });

  test('is four policies, each with its binding', () => {
    expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual(
      ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'].flatMap((kind) =>
        ['controller-revisions', 'cron-jobs', 'pods', 'templates'].map((name) => `${kind} oidc-run-as-root-${name}`),
      ),
    );
  });
});
