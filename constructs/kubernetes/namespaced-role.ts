import { Construct } from 'constructs';
import { RoleV1 } from '#kubernetes/role-v1';
import type { PolicyRule } from '../../rbac/policy-rule';
import { type INamespace, inNamespace } from './namespace';
import { sortedRules } from './sorted-rules';
import { validateRules } from './validate-rules';

export interface NamespacedRoleProps {
  /** Name of the role. */
  readonly name: string;
  /** The namespace of the role. */
  readonly namespace: INamespace;
  /** Rules of the role, at least one, without URLs. */
  readonly rules: readonly PolicyRule[];
}

/** A Role, which can be bound only in its namespace. */
export class NamespacedRole extends Construct {
  constructor(scope: Construct, id: string, { name, namespace, rules }: NamespacedRoleProps) {
    super(scope, id);
    validateRules(this, rules, 'namespace');

    new RoleV1(this, 'Resource', {
      ...inNamespace(this, namespace, name),
      rule: sortedRules(rules).map(({ apiGroups = [], resources = [], verbs, resourceNames }) => ({
        apiGroups,
        resources,
        verbs,
        resourceNames,
      })),
    });
  }
}
