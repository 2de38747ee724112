import type { ClusterRoleBindingV1Subject } from '#kubernetes/cluster-role-binding-v1';
import type { Finding } from '../../constraints/finding';
import { subjectFinding } from '../../constraints/kubernetes/reserved-names';
import { subjectName } from '../../constraints/kubernetes/subject-name';

/** An Okta group as Kubernetes sees it in RBAC: prefix and name. */
export class GroupSubject {
  /** What the token's group becomes in Kubernetes, such as `okta:eks-admins`. */
  readonly name: string;

  /**
   * @param group name of the Okta group, case included.
   * @param prefix groups prefix of the cluster's identity provider; `''` for none.
   */
  constructor(
    private readonly group: string,
    private readonly prefix = 'okta:',
  ) {
    this.name = subjectName(prefix, group);
  }

  /** The subject of a binding. */
  toSubject(): ClusterRoleBindingV1Subject {
    // The provider's default namespace is "default", which a Group subject must not have.
    return { kind: 'Group', name: this.name, apiGroup: 'rbac.authorization.k8s.io', namespace: '' };
  }

  /** What is wrong with the subject, for the construct that uses it. */
  finding(): Finding | undefined {
    return subjectFinding(this.prefix, this.group);
  }
}
