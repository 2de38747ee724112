import { bindingName } from '../../constraints/kubernetes/binding-name';
import { loginKey } from '../../constraints/okta/login';
import type { Access } from '../derived/access';
import { pathText } from '../file/path';
import { type MatrixRow, matrixRow } from './matrix';

/** One role that a group has in one place, and why. */
export interface Explanation extends MatrixRow {
  /** Name of the binding in Kubernetes. */
  readonly binding: string;
  /** Line of the file that gives it, such as `grants[2]`. */
  readonly grant: string;
  /** Last day of the grant; null for no end. */
  readonly expires: string | null;
  /** Line of the file that puts the person into the group, such as `groups.eks-admins.logins[0]`; null for a group. */
  readonly membership: string | null;
}

/** Everything that a group may do, and by which line of the file. */
export function explainGroup(access: Access, group: string): readonly Explanation[] {
  return explained(access, [{ group, membership: null }]);
}

/**
 * Everything that a person may do by the groups whose `logins` name them, and by which lines of the file.
 * Groups that are filled by a rule or from elsewhere cannot be known from the file.
 */
export function explainLogin(access: Access, login: string): readonly Explanation[] {
  return explained(access, membershipsOf(access, login));
}

/** The groups whose `logins` name a person, with the place in the file; Okta ignores the case of a login. */
export function membershipsOf(access: Access, login: string): readonly { group: string; membership: string }[] {
  return Object.entries(access.groups).flatMap(([group, { logins = [] }]) => {
    const index = logins.findIndex((name) => loginKey(name) === loginKey(login));
    return index < 0 ? [] : [{ group, membership: pathText(['groups', group, 'logins', index]) }];
  });
}

function explained(
  access: Access,
  groups: readonly { group: string; membership: string | null }[],
): readonly Explanation[] {
  return groups.flatMap(({ group, membership }) =>
    access.placements
      .filter((placement) => placement.group === group)
      .map((placement) => ({
        ...matrixRow(placement),
        binding: bindingName(placement.role),
        grant: placement.grant.path,
        expires: placement.grant.expires ?? null,
        membership,
      })),
  );
}
