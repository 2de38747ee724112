import { shown } from '../../../constraints/finding';
import { KUBERNETES_NAMESPACES } from '../../../constraints/kubernetes/initial-namespaces';
import { nameList } from '../../../constraints/nearest-name';
import { groupBy } from '../../derived/group-by';
import type { Check } from '../check';

/** A grant in a namespace that nothing in the file speaks of may be a typo. */
export const undeclaredNamespace: Check = {
  name: 'undeclared-namespace',
  severity: 'warning',
  reason: 'Where the namespace does not exist, Terraform fails when it makes the binding.',
  fix: 'Declare the namespace in namespaces, with create: true where it has to be made, or in the list of the cluster.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
  restsOn: ['namespaces', 'clusters'],
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
                message: `The file does not say that the namespace ${shown(name)} exists on ${nameList(without)}.`,
                given: shown(name),
                allowed: nameList([...Object.keys(access.namespaces), ...KUBERNETES_NAMESPACES]),
                fix: `Declare it: namespaces: { ${shown(name)}: {} } where it exists, { create: true } where it has to be made.`,
              },
            ];
      }),
    );
  },
};
