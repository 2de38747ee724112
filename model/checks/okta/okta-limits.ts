import {
  CALLS_PER_MINUTE,
  MOST_GROUP_RULES,
  type OktaApi,
  type OktaCounts,
  oktaApiCalls,
} from '../../../constraints/okta/api-calls';
import { loginKey } from '../../../constraints/okta/login';
import type { Access } from '../../derived/access';
import { madeClaims } from '../../derived/token-claims';
import type { Check, PlacedFinding } from '../check';

/** A plan stays within the limits of Okta. */
export const oktaLimits: Check = {
  name: 'okta-limits',
  severity: 'warning',
  reason:
    'Okta answers calls beyond its limit per minute with 429, and Terraform waits up to five minutes before each retry. Okta also limits the number of group rules.',
  fix: 'Let clusters share an app, select members by rules, or ask Okta for higher limits.',
  source: 'https://developer.okta.com/docs/reference/rl-global-mgmt/',
  requires: ['groups', 'clusters', 'grants', 'signIn'],
  find: (access) => {
    const counts = oktaCounts(access);
    const { byApi, total } = oktaApiCalls(counts);
    const tight = Object.entries(byApi).filter(([api, calls]) => calls > CALLS_PER_MINUTE[api as OktaApi]);
    const calls = tight.map(
      ([api, number]): PlacedFinding => ({
        path: PLACES[api as OktaApi],
        message: `A plan makes about ${number} of its ${total} calls to ${api}, and Okta allows ${CALLS_PER_MINUTE[api as OktaApi]} per minute.`,
        given: `${number} calls`,
        allowed: `${CALLS_PER_MINUTE[api as OktaApi]} per minute in most organizations`,
        fix: 'Let clusters share an app, select members by rules, or set MAX_API_CAPACITY=50 so that the provider slows down.',
      }),
    );
    if (counts.rules <= MOST_GROUP_RULES) return calls;
    return [
      ...calls,
      {
        path: 'groups',
        message: `The file has ${counts.rules} group rules, and an Okta organization can have ${MOST_GROUP_RULES}.`,
        given: `${counts.rules} rules`,
        allowed: `${MOST_GROUP_RULES} rules, including those outside this file`,
        fix: 'Use logins instead of rules, or assign members in the directory that Okta imports.',
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

/** Counts what a plan of the file reads from Okta. */
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
    claims: Object.keys(madeClaims(access)).length,
    accessPolicies: apps,
    authenticationPolicies: policy === undefined ? 0 : 1,
    networkZones: policy?.networkZones.length ?? 0,
  };
}
