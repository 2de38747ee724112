import type { ClusterRoleBindingV1Subject } from '#kubernetes/cluster-role-binding-v1';
import type { Finding } from '../../constraints/finding';
import { subjectFinding } from '../../constraints/kubernetes/reserved-names';
import { subjectName } from '../../constraints/kubernetes/subject-name';

/** An Okta group as an RBAC subject: prefix and name. */
export class GroupSubject {
  /** Name of the group in Kubernetes, such as `okta:eks-admins`. */
  readonly name: string;

  /**
   * @param group name of the Okta group; case matters.
   * @param prefix group prefix of the cluster's identity provider; `''` for none.
   */
  constructor(
    private readonly group: string,
    private readonly prefix = 'okta:',
  ) {
    this.name = subjectName(prefix, group);
  }

  /** The group as a subject of a binding. */
  toSubject(): ClusterRoleBindingV1Subject {
    // The provider's default namespace is "default", which a Group subject must not have.
    return { kind: 'Group', name: this.name, apiGroup: 'rbac.authorization.k8s.io', namespace: '' };
  }

  /** Checks the subject, for the construct that uses it. */
  finding(): Finding | undefined {
    return subjectFinding(this.prefix, this.group);
  }
}
