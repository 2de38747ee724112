import { Construct } from 'constructs';
import { ClusterRoleV1 } from '#kubernetes/cluster-role-v1';
import { ruleFindings } from '../../constraints/kubernetes/role-rules';
import type { PolicyRule } from '../../rbac/policy-rule';
import { validateFindings } from '../validate-findings';
import { sortedRules } from './sorted-rules';

export interface ClusterRoleProps {
  /** Not one that the cluster has: Kubernetes' own roles cannot be made again. */
  readonly name: string;
  /** At least one. */
  readonly rules: readonly PolicyRule[];
}

/** A role that can be bound on the whole cluster or in any namespace. */
export class ClusterRole extends Construct {
  constructor(scope: Construct, id: string, { name, rules }: ClusterRoleProps) {
    super(scope, id);
    validateFindings(this, () => ruleFindings(rules, 'cluster').map(({ finding }) => finding));

    new ClusterRoleV1(this, 'Resource', { metadata: { name }, rule: sortedRules(rules) });
  }
}
