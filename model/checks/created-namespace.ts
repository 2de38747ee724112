import type { Check } from '../check';
import { shown } from '../finding';
import { KUBERNETES_NAMESPACES } from '../kubernetes-namespaces';
import { nameList } from '../nearest-name';
import { pathText } from '../path';

/** The namespaces of Kubernetes exist. */
export const createdNamespace: Check = {
  name: 'created-namespace',
  severity: 'error',
  reason: 'Every cluster has the namespaces of Kubernetes, and Terraform refuses to make what exists.',
  fix: 'Leave create out for a namespace of Kubernetes.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces',
  restsOn: [],
  find: ({ namespaces }) =>
    Object.entries(namespaces)
      .filter(([name, { create }]) => create && KUBERNETES_NAMESPACES.has(name))
      .map(([name]) => ({
        path: pathText(['namespaces', name, 'create']),
        message: `The namespace ${shown(name)} exists on every cluster.`,
        given: 'true',
        allowed: `false for ${nameList([...KUBERNETES_NAMESPACES])}`,
        fix: 'Remove create.',
      })),
};
