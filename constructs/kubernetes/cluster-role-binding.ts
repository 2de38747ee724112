import { Construct } from 'constructs';
import { ClusterRoleBindingV1 } from '#kubernetes/cluster-role-binding-v1';
import { bindingName } from '../../constraints/kubernetes/binding-name';
import { validateFindings } from '../validate-findings';
import { sortedSubjects, subjectFindings } from './binding-subjects';
import type { GroupSubject } from './group-subject';

export interface ClusterRoleBindingProps {
  /**
   * Name of the binding.
   * @default - `oidc-<role>`
   */
  readonly name?: string;
  /** Name of the ClusterRole. Terraform does not check that it exists; without it, the binding has no effect. */
  readonly role: string;
  /** Every group that gets the role on the whole cluster, at least one. */
  readonly subjects: readonly GroupSubject[];
}

/** A binding of a role on the whole cluster to all of its groups, so that a new group is an update in place. */
export class ClusterRoleBinding extends Construct {
  constructor(scope: Construct, id: string, props: ClusterRoleBindingProps) {
    super(scope, id);
    const { role, subjects } = props;
    validateFindings(this, () => subjectFindings(role, subjects));

    new ClusterRoleBindingV1(this, 'Resource', {
      metadata: { name: props.name ?? bindingName(role) },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subject: sortedSubjects(subjects),
    });
  }
}
