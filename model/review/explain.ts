import { bindingName } from '../../constraints/kubernetes/binding-name';
import { nearestName } from '../../constraints/nearest-name';
import { loginKey } from '../../constraints/okta/login';
import type { Access } from '../derived/access';
import { roleDefinition } from '../derived/roles';
import { pathText } from '../file/path';
import { type Allowance, allowancesOf } from './allowances';
import { type GroupRow, groupRow } from './group-row';
import { roleNotes } from './role-notes';

/** A role that a group has in one place, and why. */
export interface Explanation extends GroupRow {
  /** Name of the binding in Kubernetes. */
  readonly binding: string;
  /** Path of the grant, such as `grants[2]`. */
  readonly grant: string;
  /** Last day of the grant; null if it does not expire. */
  readonly expires: string | null;
  /** What the role allows there, by verbs. */
  readonly allows: readonly Allowance[];
  /** What the role allows beyond its rules, or less than they say, on that cluster. */
  readonly notes: readonly string[];
  /** Path of the user's login, such as `groups.eks-admins.logins[0]`; null in the explanation of a group. */
  readonly membership: string | null;
}

/** Every role that a group has, and the grant that gives it. */
export function explainGroup(access: Access, group: string): readonly Explanation[] {
  return explained(access, [{ group, membership: null }]);
}

/**
 * Every role that a user has through groups with their login in `logins`, and the lines of the file that give it.
 * The file does not tell who is in a group whose members come from a rule or from elsewhere.
 */
export function explainLogin(access: Access, login: string): readonly Explanation[] {
  return explained(access, membershipsOf(access, login));
}

/** The groups with a login in `logins`, with its path in the file. Okta ignores case in logins. */
export function membershipsOf(access: Access, login: string): readonly { group: string; membership: string }[] {
  return Object.entries(access.groups).flatMap(([group, { logins = [] }]) => {
    const index = logins.findIndex((name) => loginKey(name) === loginKey(login));
    return index < 0 ? [] : [{ group, membership: pathText(['groups', group, 'logins', index]) }];
  });
}

/** The login of the file that a mistyped one may mean; undefined if none is near. */
export function nearestLogin({ groups }: Pick<Access, 'groups'>, login: string): string | undefined {
  const known = Object.values(groups).flatMap(({ logins = [] }) => logins.map(loginKey));
  return nearestName(login, [...new Set(known)]);
}

function explained(
  access: Access,
  groups: readonly { group: string; membership: string | null }[],
): readonly Explanation[] {
  return groups.flatMap(({ group, membership }) =>
    access.placements
      .filter((placement) => placement.group === group)
      .map((placement) => {
        const cluster = access.clusters[placement.cluster];
        const { kubernetesName } = roleDefinition(placement.role, access);
        return {
          ...groupRow(placement),
          binding: bindingName(placement.role),
          grant: placement.grant.path,
          expires: placement.grant.expires ?? null,
          allows: allowancesOf(placement.rules),
          notes: cluster === undefined ? [] : roleNotes(kubernetesName, placement, cluster),
          membership,
        };
      }),
  );
}
