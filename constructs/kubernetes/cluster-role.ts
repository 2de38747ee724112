import { Construct } from 'constructs';
import { ClusterRoleV1 } from '#kubernetes/cluster-role-v1';
import { type AggregatedRole, aggregationLabels } from '../../rbac/built-in-roles';
import type { PolicyRule } from '../../rbac/policy-rule';
import { sortedRules } from './sorted-rules';
import { validateRules } from './validate-rules';

export interface ClusterRoleProps {
  /** Name of the role, which must not exist yet: Kubernetes' own roles cannot be created again. */
  readonly name: string;
  /** Rules of the role, at least one. */
  readonly rules: readonly PolicyRule[];
  /**
   * Kubernetes' own roles that get these rules too. `view` widens `edit` and `admin` with it, and `edit` widens `admin`.
   * @default - none
   */
  readonly aggregateTo?: readonly AggregatedRole[];
}

/** A ClusterRole, which can be bound on the whole cluster or in any namespace, and can widen Kubernetes' own roles. */
export class ClusterRole extends Construct {
  constructor(scope: Construct, id: string, { name, rules, aggregateTo = [] }: ClusterRoleProps) {
    super(scope, id);
    validateRules(this, rules, 'cluster');

    const labels = aggregateTo.length === 0 ? undefined : aggregationLabels(aggregateTo);
    new ClusterRoleV1(this, 'Resource', { metadata: { name, labels }, rule: sortedRules(rules) });
  }
}
