import { Construct } from 'constructs';
import { RoleBindingV1 } from '#kubernetes/role-binding-v1';
import { bindingName } from '../../constraints/kubernetes/binding-name';
import { validateFindings } from '../validate-findings';
import { sortedSubjects, subjectFindings } from './binding-subjects';
import type { GroupSubject } from './group-subject';
import { type INamespace, inNamespace } from './namespace';

export interface RoleBindingProps {
  /**
   * Name of the binding.
   * @default - `oidc-<role>`
   */
  readonly name?: string;
  /** The namespace in which the binding grants the role. */
  readonly namespace: INamespace;
  /** Name of the role. Terraform does not check that it exists; without it, the binding has no effect. */
  readonly role: string;
  /** Whether the role is a ClusterRole, or a Role of the namespace. A new kind or role replaces the binding. */
  readonly roleKind: 'ClusterRole' | 'Role';
  /** Every group that gets the role in the namespace, at least one. */
  readonly subjects: readonly GroupSubject[];
}

/** A binding of a role in a namespace to all of its groups, so that a new group is an update in place. */
export class RoleBinding extends Construct {
  constructor(scope: Construct, id: string, props: RoleBindingProps) {
    super(scope, id);
    const { namespace, role, roleKind, subjects } = props;
    validateFindings(this, () => subjectFindings(role, subjects));

    new RoleBindingV1(this, 'Resource', {
      ...inNamespace(this, namespace, props.name ?? bindingName(role)),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: roleKind, name: role },
      subject: sortedSubjects(subjects),
    });
  }
}
