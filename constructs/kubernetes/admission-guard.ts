import { Construct } from 'constructs';
import { Manifest } from '#kubernetes/manifest';
import { BREAK_GLASS_GROUP } from '../../constraints/eks/break-glass';
import { type Finding, shown } from '../../constraints/finding';
import {
  EXEMPT_USER_PATTERN,
  EXEMPT_USERS,
  exemptAccountUsers,
  exemptGroups,
} from '../../constraints/kubernetes/guard-exemptions';
import { serviceAccountFinding } from '../../constraints/kubernetes/service-account';
import { isServiceAccountGroup } from '../../constraints/kubernetes/service-account-group';
import { unlessToken, validateFindings } from '../validate-findings';
import type { GroupSubject } from './group-subject';

/** The API resources and operations that a guard checks. */
export interface GuardedResources {
  /** API groups; `''` is the core group, `*` every group. */
  readonly apiGroups: readonly string[];
  /** Versions of the API groups; `*` is every version. */
  readonly apiVersions: readonly string[];
  /** Operations that the guard checks. */
  readonly operations: readonly ('CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT')[];
  /** Resources, with their subresource after `/`. */
  readonly resources: readonly string[];
  /**
   * Whether only cluster-scoped or only namespaced resources are checked.
   * @default - both
   */
  readonly scope?: 'Cluster' | 'Namespaced';
}

/** Who a guard lets pass, in addition to the control plane and break-glass access. */
export interface GuardMembers {
  /** Okta groups that the guard lets pass. */
  readonly subjects: readonly GroupSubject[];
  /**
   * Groups of service accounts that the guard lets pass, such as `system:serviceaccounts:cert-manager`.
   * @default - only the service accounts of kube-system
   */
  readonly serviceAccountGroups?: readonly string[];
  /**
   * Starts of user names that the guard lets pass, each ending with `/`, such as the sessions of Terraform's IAM role:
   * `arn:aws:sts::111122223333:assumed-role/deployer/`.
   * @default - none
   */
  readonly usersStartingWith?: readonly string[];
  /**
   * Service accounts that the guard lets pass instead of every service account of kube-system, as `<namespace>/<name>`.
   * It also lets the controllers of Kubernetes pass.
   * @default - every service account of kube-system
   */
  readonly exemptServiceAccounts?: readonly string[];
  /**
   * Kubernetes version of the cluster. If it is newer than the known ones, its controllers are not known: with
   * `exemptServiceAccounts`, the guard also lets every service account of kube-system pass.
   * @default - a known version
   */
  readonly kubernetesVersion?: string;
}

/** What a guard does about a request of others: `warn` answers with a warning and writes it into the audit log. */
export type GuardMode = 'warn' | 'deny';

/** Who a guard lets pass, and what it does about others. */
export interface GuardProps extends GuardMembers {
  /** @default 'deny' */
  readonly mode?: GuardMode;
}

export interface AdmissionGuardProps extends GuardProps {
  /** Name of the policy and its binding. */
  readonly name: string;
  /** The resources and operations that the guard checks. */
  readonly resources: readonly GuardedResources[];
  /**
   * Name of the only namespace to guard, including the namespace itself, or the names of several.
   * @default - the whole cluster
   */
  readonly namespace?: string | readonly string[];
  /**
   * CEL expressions by name, for use in the other expressions.
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * CEL expression for what everyone may do.
   * @default - nothing
   */
  readonly unless?: string;
  /** What only members may do, such as `delete Secrets`; part of the message. */
  readonly action: string;
  /**
   * CEL expression for a text that follows the message.
   * @default - none
   */
  readonly detail?: string;
}

/**
 * An admission policy and its binding that deny everyone except members what RBAC allows, or warn them of it. Whoever can write admission
 * policies can remove the guard, which the next plan shows, or add to it, such as excludeResourceRules or an object
 * selector, which no plan shows.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export class AdmissionGuard extends Construct {
  constructor(scope: Construct, id: string, props: AdmissionGuardProps) {
    super(scope, id);
    const { name, namespace, serviceAccountGroups = [], subjects, mode = 'deny' } = props;
    const { usersStartingWith = [], exemptServiceAccounts = [] } = props;
    const accountUsers = exemptAccountUsers(props);
    validateFindings(this, () => [
      ...subjects.map((subject) => subject.finding()),
      ...serviceAccountGroups.map((group) => unlessToken(group, serviceAccountGroupFinding)),
      ...usersStartingWith.map((start) => unlessToken(start, userStartFinding)),
      ...exemptServiceAccounts.map((account) => unlessToken(account, serviceAccountFinding)),
    ]);

    const groups = [...new Set([...subjects.map((subject) => subject.name), ...serviceAccountGroups])].sort();
    const isMember = isInGroup(groups);
    const message = JSON.stringify(`Only members of ${[...groups, BREAK_GLASS_GROUP].join(', ')} may ${props.action}`);
    const policy = new Manifest(this, 'Resource', {
      manifest: {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name },
        spec: {
          failurePolicy: 'Fail',
          matchConstraints: {
            resourceRules: props.resources,
            ...(namespace !== undefined && { namespaceSelector: isNamespace([namespace].flat()) }),
          },
          matchConditions: [
            ...EXEMPT_BY_NAME,
            { name: 'not-an-exempt-group', expression: `!${isInGroup(exemptGroups(props))}` },
            ...(accountUsers.length === 0
              ? []
              : [
                  {
                    name: 'not-an-exempt-service-account',
                    expression: `!(request.userInfo.username in ${JSON.stringify(accountUsers)})`,
                  },
                ]),
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
      // kubectl owns what it changed by hand; without force, the apply would end with a conflict.
      fieldManager: { forceConflicts: true },
    });
    new Manifest(this, 'Binding', {
      manifest: {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name },
        spec: { policyName: name, validationActions: ACTIONS[mode] },
      },
      fieldManager: { forceConflicts: true },
      dependsOn: [policy],
    });
  }
}

const ACTIONS: Readonly<Record<GuardMode, readonly string[]>> = { deny: ['Deny'], warn: ['Warn', 'Audit'] };

interface MatchCondition {
  readonly name: string;
  readonly expression: string;
}

/** Without these conditions, and those about groups, a guard would stop the cluster itself, or the people who repair it. */
const EXEMPT_BY_NAME: readonly MatchCondition[] = [
  { name: 'not-the-control-plane', expression: `!(request.userInfo.username in ${JSON.stringify(EXEMPT_USERS)})` },
  { name: 'not-eks', expression: `!request.userInfo.username.matches(${JSON.stringify(EXEMPT_USER_PATTERN)})` },
];

function isInGroup(groups: readonly string[]): string {
  return `request.userInfo.groups.exists(group, group in ${JSON.stringify(groups)})`;
}

function startsWithNone(starts: readonly string[]): string {
  const sorted = [...new Set(starts)].sort();
  return `!${JSON.stringify(sorted)}.exists(start, request.userInfo.username.startsWith(start))`;
}

function isNamespace(names: readonly string[]): object {
  return { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: names }] };
}

function serviceAccountGroupFinding(group: string): Finding | undefined {
  if (isServiceAccountGroup(group)) return undefined;
  return {
    message: 'This is not a group of service accounts.',
    given: shown(group),
    allowed: 'system:serviceaccounts, or system:serviceaccounts:<namespace>',
    fix: 'Add an Okta group to the subjects instead.',
  };
}

function userStartFinding(start: string): Finding | undefined {
  if (/[^/]\/$/.test(start) && !start.endsWith(':assumed-role/')) return undefined;
  return {
    message: 'The guard would also let other users pass whose names start like this.',
    given: shown(start),
    allowed: 'a start of user names that ends with /, and for an IAM role includes its name',
    fix: 'For an IAM role, use arn:aws:sts::<account>:assumed-role/<role>/.',
  };
}
