import { Construct } from 'constructs';
import { ClusterRoleV1 } from '#kubernetes/cluster-role-v1';
import { ruleFindings } from '../../constraints/kubernetes/role-rules';
import type { PolicyRule } from '../../rbac/policy-rule';
import { validateFindings } from '../validate-findings';
import { sortedRules } from './sorted-rules';

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
    validateFindings(this, () => ruleFindings(rules, 'cluster').map(({ finding }) => finding));

    new ClusterRoleV1(this, 'Resource', { metadata: { name }, rule: sortedRules(rules) });
  }
}
