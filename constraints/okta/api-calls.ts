/**
 * Most group rules of an organization.
 * @see https://help.okta.com/en-us/content/topics/users-groups-profiles/usgp-about-group-rules.htm
 */
export const MOST_GROUP_RULES = 2000;

/**
 * Most groups in a claim. Okta states that the authorization code flow has no such limit, and elsewhere that all have.
 * @see https://support.okta.com/help/s/article/error-the-groups-claim-matched-too-many-groups-and-must-be-configured-to-match-fewer-groups
 * @see https://support.okta.com/help/s/article/limitations-of-group-functions-dynamic-allowlists
 */
export const MOST_GROUPS_IN_TOKEN = 100;

/** The calls that Okta counts together, by the name that it gives them. */
export type OktaApi =
  | '/api/v1/apps'
  | '/api/v1/apps/{id}'
  | '/api/v1/groups'
  | '/api/v1/groups/{id}'
  | '/api/v1/users'
  | '/api/v1';

/**
 * Calls a minute that Okta takes from a whole One App or Enterprise organization; it answers more with 429. Other
 * editions, and single organizations, have other limits: the rate limit dashboard of an organization shows its own.
 * @see https://developer.okta.com/docs/reference/rl-global-mgmt/
 */
export const CALLS_PER_MINUTE: Readonly<Record<OktaApi, number>> = {
  '/api/v1/apps': 100,
  '/api/v1/apps/{id}': 600,
  '/api/v1/groups': 600,
  '/api/v1/groups/{id}': 600,
  '/api/v1/users': 600,
  '/api/v1': 600,
};

/** How many of each thing a plan reads from Okta. */
export interface OktaCounts {
  /** Groups that are made. */
  readonly groups: number;
  /** Groups that are looked up by name. */
  readonly existingGroups: number;
  /** The people of each group that has a list of them. */
  readonly memberships: readonly number[];
  /** Distinct people in those lists. */
  readonly logins: number;
  readonly rules: number;
  /** Apps, each with its assignments. */
  readonly apps: number;
  /** Apps among them that everyone is assigned to. */
  readonly everyoneApps: number;
  /** Authorization servers, made or looked up, each with its groups claim. */
  readonly authorizationServers: number;
  /** Access policies, each with its rule. */
  readonly accessPolicies: number;
  /** Authentication policies that are made, each with its rule. */
  readonly authenticationPolicies: number;
  /** Network zones, counted for each policy that names them. */
  readonly networkZones: number;
}

export interface OktaCalls {
  readonly byApi: Readonly<Record<OktaApi, number>>;
  /** Those whose limits Okta does not publish. */
  readonly unlisted: number;
  readonly total: number;
}

const PEOPLE_ON_A_PAGE = 200;

/** The calls with which one `terraform plan` reads an organization, as counted with provider 4.20 and an API token. */
export function oktaApiCalls(counts: OktaCounts): OktaCalls {
  const { apps, accessPolicies, authenticationPolicies, authorizationServers, networkZones } = counts;
  const pages = counts.memberships.map((people) => Math.max(1, Math.ceil(people / PEOPLE_ON_A_PAGE)));
  const byApi = {
    '/api/v1/apps': apps,
    '/api/v1/apps/{id}': apps,
    '/api/v1/groups': counts.existingGroups + counts.everyoneApps + counts.rules + sum(pages),
    '/api/v1/groups/{id}': counts.groups,
    '/api/v1/users': counts.logins,
    // A server and its claim, a policy and its rule; an authentication policy lists its rules as well.
    '/api/v1': 2 * authorizationServers + 2 * accessPolicies + 3 * authenticationPolicies + networkZones,
  };
  // Who the token is of, twice; the engine of the organization, about twice; an app's own groups claim.
  const unlisted = 2 + (apps + authenticationPolicies > 0 ? 2 : 0) + apps;
  return { byApi, unlisted, total: sum(Object.values(byApi)) + unlisted };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
