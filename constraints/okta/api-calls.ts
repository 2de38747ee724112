/**
 * The most group rules that an organization can have.
 * @see https://help.okta.com/en-us/content/topics/users-groups-profiles/usgp-about-group-rules.htm
 */
export const MOST_GROUP_RULES = 2000;

/**
 * The most groups that a claim can carry. One page of Okta says that the authorization code flow has no such limit,
 * another that every flow has it.
 * @see https://support.okta.com/help/s/article/error-the-groups-claim-matched-too-many-groups-and-must-be-configured-to-match-fewer-groups
 * @see https://support.okta.com/help/s/article/limitations-of-group-functions-dynamic-allowlists
 */
export const MOST_GROUPS_IN_TOKEN = 100;

/** The endpoints whose calls Okta counts together, as Okta names them. */
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

/** How many objects of each kind a plan reads from Okta. */
export interface OktaCounts {
  /** Groups that Terraform creates. */
  readonly groups: number;
  /** Groups that are looked up by name. */
  readonly existingGroups: number;
  /** The number of members of each group with a list of members. */
  readonly memberships: readonly number[];
  /** Distinct members in those lists. */
  readonly logins: number;
  readonly rules: number;
  /** Apps, each with its assignments. */
  readonly apps: number;
  /** How many of the apps have everyone assigned. */
  readonly everyoneApps: number;
  /** Authorization servers, created or looked up, each with its groups claim. */
  readonly authorizationServers: number;
  /** Claims besides the groups claim. */
  readonly claims: number;
  /** Access policies, each with its rule. */
  readonly accessPolicies: number;
  /** Authentication policies that Terraform creates, each with its rule. */
  readonly authenticationPolicies: number;
  /** Network zones, counted for each policy that names them. */
  readonly networkZones: number;
}

/** The number of calls of one plan. */
export interface OktaCalls {
  readonly byApi: Readonly<Record<OktaApi, number>>;
  /** Calls whose limits Okta does not publish. */
  readonly unlisted: number;
  readonly total: number;
}

const MEMBERS_PER_PAGE = 200;

/** The calls of one `terraform plan`, as counted with provider 4.20 and an API token. */
export function oktaApiCalls(counts: OktaCounts): OktaCalls {
  const { apps, accessPolicies, authenticationPolicies, authorizationServers, networkZones } = counts;
  const pages = counts.memberships.map((members) => Math.max(1, Math.ceil(members / MEMBERS_PER_PAGE)));
  const byApi = {
    '/api/v1/apps': apps,
    '/api/v1/apps/{id}': apps,
    '/api/v1/groups': counts.existingGroups + counts.everyoneApps + counts.rules + sum(pages),
    '/api/v1/groups/{id}': counts.groups,
    '/api/v1/users': counts.logins,
    // For a server its claim as well, for a policy its rule; an authentication policy also lists its rules.
    '/api/v1':
      2 * authorizationServers + counts.claims + 2 * accessPolicies + 3 * authenticationPolicies + networkZones,
  };
  // The owner of the token, twice; the organization's engine, about twice; the groups claim of each app.
  const unlisted = 2 + (apps + authenticationPolicies > 0 ? 2 : 0) + apps;
  return { byApi, unlisted, total: sum(Object.values(byApi)) + unlisted };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
