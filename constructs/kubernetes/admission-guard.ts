import { Construct } from 'constructs';
import { Manifest } from '#kubernetes/manifest';
import { BREAK_GLASS_GROUP } from '../../constraints/eks/break-glass';
import { type Finding, shown } from '../../constraints/finding';
import { isServiceAccountGroup } from '../../constraints/kubernetes/service-account-group';
import { unlessToken, validateFindings } from '../validate-findings';
import type { GroupSubject } from './group-subject';

/** What of the API a guard looks at. */
export interface GuardedResources {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly operations: readonly ('CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT')[];
  readonly resources: readonly string[];
  /** @default - either */
  readonly scope?: 'Cluster' | 'Namespaced';
}

/** Who passes a guard, apart from the control plane and break-glass access. */
export interface GuardMembers {
  readonly subjects: readonly GroupSubject[];
  /**
   * Groups of service accounts, such as `system:serviceaccounts:cert-manager`.
   * @default - none but that of kube-system
   */
  readonly serviceAccountGroups?: readonly string[];
}

export interface AdmissionGuardProps extends GuardMembers {
  /** Name of the policy and its binding. */
  readonly name: string;
  readonly resources: readonly GuardedResources[];
  /**
   * Name of the only namespace that is guarded, with the namespace itself.
   * @default - the whole cluster
   */
  readonly namespace?: string;
  /**
   * Starts of the names of users who pass, each with / at its end, such as the sessions of an IAM role:
   * `arn:aws:sts::111122223333:assumed-role/deployer/`.
   * @default - none
   */
  readonly usersStartingWith?: readonly string[];
  /**
   * Names for expressions in CEL.
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * Expression in CEL for what everyone may do.
   * @default - nothing
   */
  readonly unless?: string;
  /** What only members may, such as `delete Secrets`. */
  readonly action: string;
  /**
   * Expression in CEL for a text that follows the message.
   * @default - none
   */
  readonly detail?: string;
}

/**
 * Takes from everyone but its members what RBAC gives them: an admission policy, which every request is put before
 * that RBAC let through, and its binding. Whoever may write admission policies can remove it, which the next plan shows;
 * what they add to it, such as excludeResourceRules or a selector of objects, no plan does.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export class AdmissionGuard extends Construct {
  constructor(scope: Construct, id: string, props: AdmissionGuardProps) {
    super(scope, id);
    const { name, namespace, serviceAccountGroups = [], subjects, usersStartingWith = [] } = props;
    validateFindings(this, () => [
      ...subjects.map((subject) => subject.finding()),
      ...serviceAccountGroups.map((group) => unlessToken(group, serviceAccountGroupFinding)),
      ...usersStartingWith.map((start) => unlessToken(start, userStartFinding)),
    ]);

    const groups = [...new Set([...subjects.map((subject) => subject.name), ...serviceAccountGroups])].sort();
    const isMember = isInGroup(groups);
    const message = JSON.stringify(`Only ${[...groups, BREAK_GLASS_GROUP].join(', ')} may ${props.action}`);
    const policy = new Manifest(this, 'Resource', {
      manifest: {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name },
        spec: {
          failurePolicy: 'Fail',
          matchConstraints: {
            resourceRules: props.resources,
            ...(namespace !== undefined && { namespaceSelector: isNamespace(namespace) }),
          },
          matchConditions: [
            ...EXEMPT,
            ...(usersStartingWith.length === 0
              ? []
              : [{ name: 'not-an-exempt-user', expression: startsWithNone(usersStartingWith) }]),
          ],
          ...(props.variables && {
            variables: Object.entries(props.variables).map(([variable, expression]) => ({
              name: variable,
              expression,
            })),
          }),
          validations: [
            {
              expression: props.unless === undefined ? isMember : `${isMember} || ${props.unless}`,
              messageExpression: props.detail === undefined ? message : `${message} + ${props.detail}`,
              reason: 'Forbidden',
            },
          ],
        },
      },
      // A change by hand belongs to kubectl, and would stay as a conflict.
      fieldManager: { forceConflicts: true },
    });
    new Manifest(this, 'Binding', {
      manifest: {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name },
        spec: { policyName: name, validationActions: ['Deny'] },
      },
      fieldManager: { forceConflicts: true },
      dependsOn: [policy],
    });
  }
}

/** Without these a guard would stop the cluster itself, or the people who are to mend it. */
const EXEMPT = [
  {
    name: 'not-the-control-plane',
    expression: `!(request.userInfo.username in ${JSON.stringify([
      'system:apiserver',
      'system:cloud-controller-manager',
      'system:kube-controller-manager',
      'system:kube-scheduler',
    ])})`,
  },
  {
    // EKS adds users as it grows and lists them nowhere, but all are eks: and a plain name. An address is none of them,
    // nor is Okta's id of a user, so that a user name prefix eks: exempts nobody.
    // https://docs.aws.amazon.com/eks/latest/userguide/default-roles-users.html
    name: 'not-eks',
    expression: `!request.userInfo.username.matches(${JSON.stringify('^eks:[a-z][a-z0-9-]*$')})`,
  },
  {
    name: 'not-an-exempt-group',
    expression: `!${isInGroup([BREAK_GLASS_GROUP, 'system:nodes', 'system:serviceaccounts:kube-system'])}`,
  },
];

function isInGroup(groups: readonly string[]): string {
  return `request.userInfo.groups.exists(group, group in ${JSON.stringify(groups)})`;
}

function startsWithNone(starts: readonly string[]): string {
  const sorted = [...new Set(starts)].sort();
  return `!${JSON.stringify(sorted)}.exists(start, request.userInfo.username.startsWith(start))`;
}

function isNamespace(name: string): object {
  return { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [name] }] };
}

function serviceAccountGroupFinding(group: string): Finding | undefined {
  if (isServiceAccountGroup(group)) return undefined;
  return {
    message: 'This is no group of service accounts.',
    given: shown(group),
    allowed: 'system:serviceaccounts, or system:serviceaccounts:<namespace>',
    fix: 'Name a group of people among the subjects.',
  };
}

function userStartFinding(start: string): Finding | undefined {
  if (/[^/]\/$/.test(start) && !start.endsWith(':assumed-role/')) return undefined;
  return {
    message: 'Others whose names go on from here would pass the guard as well.',
    given: shown(start),
    allowed: 'the start of user names with / at its end, and with the role where it is that of an IAM role',
    fix: 'Write arn:aws:sts::<account>:assumed-role/<role>/ for an IAM role.',
  };
}
