import { shown } from '../../../constraints/finding';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** Each role is granted, and each namespace is on a cluster. */
export const withoutEffect: Check = {
  name: 'without-effect',
  severity: 'warning',
  reason:
    'A role without aggregateTo is created where it is granted. The settings of a namespace apply where a cluster lists it or a grant names it.',
  fix: 'Grant the role, list the namespace on a cluster, or remove it.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  requires: ['grants', 'clusters'],
  find: (access) => {
    const granted = new Set(access.grants.map(({ role }) => role));
    const present = new Set(Object.values(access.clusters).flatMap(({ namespaces }) => namespaces));
    const unused = [
      ...Object.entries(access.roles)
        .filter(([name, { aggregateTo }]) => !granted.has(name) && aggregateTo.length === 0)
        .map(([name]) => ({ place: ['roles', name], what: 'role', fix: 'Grant the role, or remove it.' })),
      ...Object.entries(access.namespaces)
        // A namespace that is handed over is forgotten on every cluster.
        .filter(([name, { handOver }]) => !present.has(name) && !handOver)
        .map(([name]) => ({
          place: ['namespaces', name],
          what: 'namespace',
          fix: 'Add it to the namespaces of a cluster or a grant, or remove it.',
        })),
    ];
    return unused.map(({ place, what, fix }) => ({
      path: pathText(place),
      message: `The ${what} ${shown(place[1])} has no effect on any cluster.`,
      given: 'not used',
      allowed: `a ${what} that is used`,
      fix,
    }));
  },
};
