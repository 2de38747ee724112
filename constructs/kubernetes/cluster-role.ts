import { Construct } from 'constructs';
import { ClusterRoleV1 } from '#kubernetes/cluster-role-v1';
import type { PolicyRule } from '../../rbac/policy-rule';
import { sortedRules } from './sorted-rules';
import { validateRules } from './validate-rules';

export interface ClusterRoleProps {
  /** Name of the role, which must not exist yet: Kubernetes' own roles cannot be created again. */
  readonly name: string;
  /** Rules of the role, at least one. */
  readonly rules: readonly PolicyRule[];
}

/** A ClusterRole, which can be bound on the whole cluster or in any namespace. */
export class ClusterRole extends Construct {
  constructor(scope: Construct, id: string, { name, rules }: ClusterRoleProps) {
    super(scope, id);
    validateRules(this, rules, 'cluster');

    new ClusterRoleV1(this, 'Resource', { metadata: { name }, rule: sortedRules(rules) });
  }
}
