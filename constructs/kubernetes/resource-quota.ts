import { Construct } from 'constructs';
import { ResourceQuotaV1 } from '#kubernetes/resource-quota-v1';
import type { Finding } from '../../constraints/finding';
import { validateFindings } from '../validate-findings';
import { type INamespace, inNamespace } from './namespace';

export interface ResourceQuotaProps {
  /** The namespace to limit. */
  readonly namespace: INamespace;
  /**
   * Limit of each resource as a quantity, such as `{ pods: '20', 'requests.memory': '8Gi' }`, at least one.
   * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
   */
  readonly hard: Readonly<Record<string, string>>;
}

/** A quota: how much of each resource a namespace may use. */
export class ResourceQuota extends Construct {
  constructor(scope: Construct, id: string, { hard, namespace }: ResourceQuotaProps) {
    super(scope, id);
    validateFindings(this, () => [Object.keys(hard).length === 0 ? emptyFinding : undefined]);

    new ResourceQuotaV1(this, 'Resource', { ...inNamespace(this, namespace, 'quota'), spec: { hard: { ...hard } } });
  }
}

// Terraform's provider crashes on an empty quota.
const emptyFinding: Finding = {
  message: 'A quota without a resource limits nothing.',
  given: 'an empty object',
  allowed: 'at least one resource, such as pods',
  fix: 'Add a resource, or remove the quota.',
};
