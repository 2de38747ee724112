import { shown } from '../../../constraints/finding';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** A role that nobody is granted and a namespace that no cluster has make nothing. */
export const withoutEffect: Check = {
  name: 'without-effect',
  severity: 'warning',
  reason: 'A role is made where it is granted, and a namespace where a cluster lists it or a grant names it.',
  fix: 'Grant the role, list the namespace on a cluster, or remove it.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  restsOn: ['grants', 'clusters'],
  find: (access) => {
    const granted = new Set(access.grants.map(({ role }) => role));
    const present = new Set(Object.values(access.clusters).flatMap(({ namespaces }) => namespaces));
    const unused = [
      ...Object.keys(access.roles)
        .filter((name) => !granted.has(name))
        .map((name) => ({ place: ['roles', name], what: 'role', fix: 'Add a grant of it, or remove it.' })),
      ...Object.keys(access.namespaces)
        .filter((name) => !present.has(name))
        .map((name) => ({
          place: ['namespaces', name],
          what: 'namespace',
          fix: "Add it to a cluster's namespaces or to a grant's, or remove it.",
        })),
    ];
    return unused.map(({ place, what, fix }) => ({
      path: pathText(place),
      message: `The ${what} ${shown(place[1])} is made on no cluster.`,
      given: 'no use',
      allowed: `a ${what} that is used`,
      fix,
    }));
  },
};
