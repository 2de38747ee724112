import type { AccessRequest } from '../../rbac';
import type { Access } from '../derived/access';
import type { Cluster } from '../derived/clusters';
import { type Answer, answersOf } from './can-i';
import { membershipsOf, nearestLogin } from './explain';

/** A question about what a person may do on a cluster. */
export interface PersonQuestion {
  readonly cluster: Cluster;
  /** The login of the person in Okta; case does not matter. */
  readonly login: string;
  readonly request: AccessRequest;
}

/**
 * Whether RBAC allows a person to do something on a cluster, through the groups that list their login. Who is in a group
 * whose members come from a rule or from elsewhere is in Okta, not in the file: if such a group decides, `allowed` is null.
 */
export function canPerson(access: Access, { cluster, login, request }: PersonQuestion): Answer {
  const answer = answersOf(access, cluster);
  const memberships = membershipsOf(access, login);
  const groups = memberships.map(({ group }) => group);
  const certain = answer(groups, request);
  const listed =
    memberships.length === 0
      ? `The file lists ${login} in no group${meant(access, login)}`
      : `${login} is in ${memberships.map(({ group, membership }) => `${group} (${membership})`).join(', ')}`;
  if (certain.allowed !== true) {
    for (const [group, { logins, rule }] of Object.entries(access.groups)) {
      if (logins !== undefined) continue;
      const { allowed, because } = answer([...groups, group], request);
      if (allowed === certain.allowed) continue;
      const source = rule === undefined ? 'membership from elsewhere' : 'membership by rule';
      const members = rule === undefined ? 'come from elsewhere' : `come from the rule ${rule}`;
      return {
        allowed: null,
        because: `Could not check: ${source}. The members of ${group} ${members}, and for them: ${because}. ${listed}`,
      };
    }
  }
  return { ...certain, because: `${listed}. ${certain.because}` };
}

/** The login that a mistyped one may mean. */
function meant(access: Access, login: string): string {
  const nearest = nearestLogin(access, login);
  return nearest === undefined ? '' : ` (did you mean ${nearest}?)`;
}
