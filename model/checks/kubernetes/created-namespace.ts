import { shown } from '../../../constraints/finding';
import { KUBERNETES_NAMESPACES } from '../../../constraints/kubernetes/initial-namespaces';
import { nameList } from '../../../constraints/nearest-name';
import { pathText } from '../../file/path';
import type { Check } from '../check';

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
