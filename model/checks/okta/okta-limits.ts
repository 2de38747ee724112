import {
  CALLS_PER_MINUTE,
  MOST_GROUP_RULES,
  type OktaApi,
  type OktaCounts,
  oktaApiCalls,
} from '../../../constraints/okta/api-calls';
import { loginKey } from '../../../constraints/okta/login';
import type { Access } from '../../derived/access';
import type { Check, PlacedFinding } from '../check';

/** A plan has to get through Okta's limits. */
export const oktaLimits: Check = {
  name: 'okta-limits',
  severity: 'warning',
  reason:
    'Okta answers 429 beyond its calls a minute, and Terraform then waits up to five minutes for each; some counts end.',
  fix: 'Let clusters share an app, put people in by rules, or ask Okta for higher limits.',
  source: 'https://developer.okta.com/docs/reference/rl-global-mgmt/',
  restsOn: ['groups', 'clusters', 'grants', 'signIn'],
  find: (access) => {
    const counts = oktaCounts(access);
    const { byApi, total } = oktaApiCalls(counts);
    const tight = Object.entries(byApi).filter(([api, calls]) => calls > CALLS_PER_MINUTE[api as OktaApi]);
    const calls = tight.map(
      ([api, number]): PlacedFinding => ({
        path: PLACES[api as OktaApi],
        message: `One plan makes about ${number} calls of ${api}, of ${total} in all, and Okta takes ${CALLS_PER_MINUTE[api as OktaApi]} a minute.`,
        given: `${number} calls`,
        allowed: `${CALLS_PER_MINUTE[api as OktaApi]} a minute in most organizations`,
        fix: 'Let clusters share an app, put people in by rules, or set MAX_API_CAPACITY=50 so that the provider slows down.',
      }),
    );
    if (counts.rules <= MOST_GROUP_RULES) return calls;
    return [
      ...calls,
      {
        path: 'groups',
        message: `The file has ${counts.rules} group rules, and an organization takes ${MOST_GROUP_RULES}.`,
        given: `${counts.rules} rules`,
        allowed: `${MOST_GROUP_RULES} rules, those of others included`,
        fix: 'Put people in by logins, or from the directory that Okta reads.',
      },
    ];
  },
};

const PLACES: Readonly<Record<OktaApi, string>> = {
  '/api/v1/apps': 'clusters',
  '/api/v1/apps/{id}': 'clusters',
  '/api/v1/groups': 'groups',
  '/api/v1/groups/{id}': 'groups',
  '/api/v1/users': 'groups',
  '/api/v1': 'clusters',
};

/** What a plan of a file reads from Okta. */
export function oktaCounts(access: Access): OktaCounts {
  const groups = Object.values(access.groups);
  const lists = groups.flatMap(({ logins }) => (logins === undefined ? [] : [logins]));
  const apps = access.apps.length;
  const { assignment, authenticationPolicy } = access.signIn;
  const policy =
    authenticationPolicy !== undefined && !('id' in authenticationPolicy) ? authenticationPolicy : undefined;
  return {
    groups: groups.filter(({ existing }) => !existing).length,
    existingGroups: groups.filter(({ existing }) => existing).length,
    memberships: lists.map((logins) => logins.length),
    logins: new Set(lists.flat().map(loginKey)).size,
    rules: groups.filter(({ rule }) => rule !== undefined).length,
    apps,
    everyoneApps: assignment === 'everyone' ? apps : 0,
    authorizationServers: 1,
    accessPolicies: apps,
    authenticationPolicies: policy === undefined ? 0 : 1,
    networkZones: policy?.networkZones.length ?? 0,
  };
}
