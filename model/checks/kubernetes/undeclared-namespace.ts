import { shown } from '../../../constraints/finding';
import { KUBERNETES_NAMESPACES } from '../../../constraints/kubernetes/initial-namespaces';
import { nameList } from '../../../constraints/nearest-name';
import { groupBy } from '../../derived/group-by';
import type { Check } from '../check';

/** A grant names only namespaces that the file declares: any other may be a typo. */
export const undeclaredNamespace: Check = {
  name: 'undeclared-namespace',
  severity: 'warning',
  reason: 'If the namespace does not exist, Terraform fails when it creates the binding.',
  fix: 'Declare the namespace in namespaces, with create: true if Terraform should create it, or in the list of the cluster.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
  requires: ['namespaces', 'clusters'],
  find: (access) => {
    const byGrant = groupBy(access.placements, ({ grant }) => grant);
    return access.grants.flatMap((grant) =>
      (grant.namespaces ?? []).flatMap((name, index) => {
        if (KUBERNETES_NAMESPACES.has(name) || Object.hasOwn(access.namespaces, name)) return [];
        const without = (byGrant.get(grant) ?? [])
          .filter(({ namespace }) => namespace === name)
          .map(({ cluster }) => cluster)
          .filter((key) => !access.clusters[key]?.settings.namespaces.includes(name));
        return without.length === 0
          ? []
          : [
              {
                path: `${grant.path}.namespaces[${index}]`,
                message: `The file does not declare the namespace ${shown(name)} for ${nameList(without)}.`,
                given: shown(name),
                allowed: nameList([...new Set([...Object.keys(access.namespaces), ...KUBERNETES_NAMESPACES])]),
                fix: `Add namespaces: { ${shown(name)}: {} } if it exists, or { ${shown(name)}: { create: true } } if Terraform should create it.`,
              },
            ];
      }),
    );
  },
};
