import { shown } from '../../../constraints/finding';
import { KUBERNETES_NAMESPACES } from '../../../constraints/kubernetes/initial-namespaces';
import { nameList } from '../../../constraints/nearest-name';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The file does not create a namespace that Kubernetes creates. */
export const createdNamespace: Check = {
  name: 'created-namespace',
  severity: 'error',
  reason: 'Kubernetes creates some namespaces in every cluster, and Terraform cannot create a namespace that exists.',
  fix: 'Omit create for a namespace that Kubernetes creates.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces',
  requires: [],
  find: ({ namespaces }) =>
    Object.entries(namespaces)
      .filter(([name, { create }]) => create && KUBERNETES_NAMESPACES.has(name))
      .map(([name]) => ({
        path: pathText(['namespaces', name, 'create']),
        message: `Kubernetes creates the namespace ${shown(name)} in every cluster, so Terraform cannot create it.`,
        given: 'true',
        allowed: `false for ${nameList([...KUBERNETES_NAMESPACES])}`,
        fix: 'Remove create.',
      })),
};
