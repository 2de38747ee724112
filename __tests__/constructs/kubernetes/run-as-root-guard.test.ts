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

const rootsOf = (containers: string) =>
  `variables.pod.?${containers}.orValue([]).filter(container, ` +
  '!container.?securityContext.?runAsNonRoot.orValue(variables.nonRoot) || ' +
  'container.?securityContext.?runAsUser.orValue(variables.user) == 0).map(container, container.name)';

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
            '"; set runAsNonRoot: true and remove runAsUser: 0 for " + variables.roots.join(", ")',
          reason: 'Forbidden',
        },
      ],
    });
  });

  test('is three policies, each with its binding', () => {
    expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual(
      ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'].flatMap((kind) =>
        ['cron-jobs', 'pods', 'templates'].map((name) => `${kind} oidc-run-as-root-${name}`),
      ),
    );
  });
});
