import { escaped } from '../../../constraints/finding';
import { nameList } from '../../../constraints/nearest-name';
import { type GroupsFilter, isInClaim } from '../../../constraints/okta/claim-filter';
import type { OktaClaim, OktaGroup, OktaLogEvent, OktaPolicyRule } from '../../../live/okta/okta-objects';
import { signInScopes } from '../../../model/derived/sign-in-scopes';
import { nearestMisses } from '../../token/nearest-miss';
import { couldNotCheck, type DoctorCheck, ok, problem } from '../doctor-check';
import type { DoctorContext } from '../doctor-context';
import { grantedGroups, groupsOf } from './token';

const DEPLOY = 'Deploy the stack `okta`.';

const oktaServer: DoctorCheck = {
  name: 'okta-server',
  link: 'Okta',
  level: 'okta',
  title:
    'Okta has the authorization server of the access file, it is active, and its issuer does not depend on the host name.',
  fix: `${DEPLOY} A server that was made again has another issuer, which every cluster and every kubeconfig needs.`,
  symptoms: ['no-such-issuer', 'issuer-differs'],
  async look({ okta, access, kubeconfig }) {
    const server = await okta.server();
    const { name } = access.authorizationServer;
    if (server === undefined) return problem(`Okta has no authorization server ${escaped(name)}.`);
    const { status, issuer, issuerMode } = server;
    if (status !== 'ACTIVE')
      return problem(`The authorization server ${escaped(name)} is ${status}.`, 'Activate it in Okta: Security, API.');
    if (issuerMode === 'DYNAMIC') {
      return problem(
        'The issuer mode is Dynamic: the issuer in a token is the host name of its sign-in, and a cluster trusts one text.',
        'Set `authorizationServer.issuerMode` of the access file to `ORG_URL` or `CUSTOM_URL`, and deploy the stack `okta`.',
      );
    }
    const own = kubeconfig().issuer;
    return own === issuer
      ? ok(escaped(issuer))
      : problem(`Okta has the issuer ${escaped(issuer)}, and the kubeconfig has ${escaped(own ?? 'none')}.`);
  },
};

const oktaApp: DoctorCheck = {
  name: 'okta-app',
  link: 'Okta',
  level: 'okta',
  title: 'Okta has the app of the cluster, it is active, and its client ID is that of the kubeconfig.',
  fix: `${DEPLOY} An app that was made again has another client ID, which every cluster and every kubeconfig needs.`,
  symptoms: ['unknown-client'],
  async look({ okta, cluster, kubeconfig }) {
    const app = await okta.app();
    if (app === undefined) return problem(`Okta has no app ${escaped(cluster.app)}.`);
    if (app.status !== 'ACTIVE')
      return problem(`The app ${escaped(cluster.app)} is ${app.status}.`, 'Activate the app in Okta.');
    const clientId = app.credentials?.oauthClient?.client_id ?? 'no client ID';
    const own = kubeconfig().clientId;
    return own === clientId
      ? ok(escaped(clientId))
      : problem(`The app has ${escaped(clientId)}, and the kubeconfig has ${escaped(own ?? 'none')}.`);
  },
};

const oktaAppSettings: DoctorCheck = {
  name: 'okta-app-settings',
  link: 'Okta',
  level: 'okta',
  title: 'The app allows what kubelogin does: its redirect addresses, its grant types, and PKCE without a secret.',
  fix: DEPLOY,
  symptoms: ['redirect-not-allowed', 'no-pkce'],
  async look({ okta, access, cluster }) {
    const app = await okta.app();
    if (app === undefined) return couldNotCheck('Okta has no such app (see okta-app).');
    const { grant_types: grants, redirect_uris: addresses } = app.settings?.oauthClient ?? {};
    const method = app.credentials?.oauthClient?.token_endpoint_auth_method;
    const { redirectPorts, refresh, deviceCode } = access.signIn;
    const wanted = [
      'authorization_code',
      ...(refresh === undefined ? [] : ['refresh_token']),
      ...(deviceCode ? ['urn:ietf:params:oauth:grant-type:device_code'] : []),
    ];
    const lackingGrants = wanted.filter((grant) => !(grants ?? []).includes(grant));
    const lackingAddresses = redirectPorts
      .map((port) => `http://localhost:${port}`)
      .filter((address) => !(addresses ?? []).includes(address));
    const problems = [
      ...(lackingAddresses.length === 0 ? [] : [`It lacks the redirect addresses ${nameList(lackingAddresses)}.`]),
      ...(lackingGrants.length === 0 ? [] : [`It lacks the grant types ${nameList(lackingGrants)}.`]),
      ...(method === undefined || method === 'none'
        ? []
        : [`It authenticates clients with ${escaped(String(method))}, and kubelogin has no secret.`]),
    ];
    return problems.length === 0
      ? ok(`ports ${redirectPorts.join(', ')}, ${nameList(grants ?? [])}`)
      : problem(`The app ${escaped(cluster.app)}: ${problems.join(' ')}`);
  },
};

/** The scopes that a sign-in requests. */
function requestedScopes({ access, cluster, kubeconfig }: DoctorContext): readonly string[] {
  const own = kubeconfig().call?.flags.get('oidc-extra-scope');
  return [...new Set(['openid', ...(own ?? signInScopes(access, { clusters: [cluster.key] }))])];
}

const oktaScopes: DoctorCheck = {
  name: 'okta-scopes',
  link: 'Okta',
  level: 'okta',
  title: 'The authorization server has every scope that the kubeconfig requests.',
  fix: 'Get a new kubeconfig, which requests only scopes that the server has.',
  symptoms: ['unknown-scope'],
  async look(context) {
    const scopes = await context.okta.scopes();
    const lacking = requestedScopes(context).filter((scope) => !scopes.includes(scope));
    return lacking.length === 0
      ? ok(nameList(requestedScopes(context)))
      : problem(`The server does not have ${nameList(lacking)}.`);
  },
};

/** What keeps people with another status than `ACTIVE` from signing in. @see https://help.okta.com/en-us/content/topics/users-groups-profiles/usgp-end-user-states.htm */
const STATUS_FIXES: Readonly<Record<string, string>> = {
  SUSPENDED: 'Somebody suspended the person. If that was a mistake, unsuspend them in Okta.',
  LOCKED_OUT: 'Too many wrong passwords: unlock the person in Okta, or wait.',
  PASSWORD_EXPIRED: 'The person signs in to Okta in a browser, and sets a new password.',
  RECOVERY: 'The person finishes the reset of their password, with the link in their mail.',
  STAGED: 'Activate the person in Okta.',
  PROVISIONED: 'The person finishes their activation, with the link in their mail.',
  DEPROVISIONED: 'The person was deactivated. If that was a mistake, activate them in Okta.',
};

const oktaPerson: DoctorCheck = {
  name: 'okta-person',
  link: 'Okta',
  level: 'okta',
  title: 'Okta has the person, and they are active.',
  fix: 'Correct the login, or activate the person in Okta.',
  async look({ okta, login: given }) {
    const login = escaped(await okta.login());
    const person = await okta.person();
    if (person === undefined && given === undefined) {
      return couldNotCheck(`Okta finds no ${login}, which the token has as address. Name the login: --login.`);
    }
    if (person === undefined)
      return problem(`Okta finds no ${login}: there is no such person, or they were deactivated.`);
    return person.status === 'ACTIVE'
      ? ok(login)
      : problem(`${login} is ${person.status}.`, STATUS_FIXES[person.status]);
  },
};

/** The granted groups of the cluster that a person is in. */
function grantedOf(groups: readonly OktaGroup[], context: DoctorContext): readonly OktaGroup[] {
  const granted = grantedGroups(context);
  return groups.filter(({ profile }) => granted.includes(profile.name));
}

const oktaMembership: DoctorCheck = {
  name: 'okta-membership',
  link: 'Okta',
  level: 'okta',
  title: 'The person is in a group that has a role on the cluster.',
  fix: 'Put the person into one of the groups: in the access file (`logins`), by the attributes that its rule reads, or in Okta.',
  symptoms: ['not-assigned', 'forbidden'],
  async look(context) {
    const { okta, access, cluster } = context;
    const groups = await okta.groups();
    const own = grantedOf(groups, context);
    if (own.length > 0) return ok(nameList(own.map(({ profile }) => profile.name)));
    const names = groups.map(({ profile }) => profile.name);
    const [miss] = nearestMisses(access, cluster, names);
    const because = miss?.replace(/^The token has/, 'The person is in') ?? (await exclusionText(context)) ?? '';
    return problem(
      `The person is in ${nameList(names)}, and the cluster ${escaped(cluster.key)} gives roles to ${nameList(grantedGroups(context))}. ${because}`.trim(),
    );
  },
};

/** Why no rule puts a person into a group of the cluster; undefined if no rule names them. */
async function exclusionText(context: DoctorContext): Promise<string | undefined> {
  const { okta, access } = context;
  const person = await okta.person();
  const withRule = grantedGroups(context).filter((group) => access.groups[group]?.rule !== undefined);
  if (person === undefined || withRule.length === 0) return undefined;
  const rules = (await okta.rules()).filter(({ conditions }) =>
    withRule.some((group) => conditions?.expression?.value === access.groups[group]?.rule),
  );
  const excluding = rules.find(({ conditions }) => conditions?.people?.users?.exclude?.includes(person.id));
  if (excluding !== undefined) {
    return `The rule ${escaped(excluding.name)} excludes them: somebody removed them from its group by hand. Take them out of its exclusions.`;
  }
  const inactive = rules.find(({ status }) => status !== 'ACTIVE');
  return inactive === undefined ? undefined : `The rule ${escaped(inactive.name)} is ${inactive.status}.`;
}

const oktaAssignment: DoctorCheck = {
  name: 'okta-assignment',
  link: 'Okta',
  level: 'okta',
  title: 'The person is assigned to the app of the cluster, by one of their groups.',
  fix: `${DEPLOY} It assigns the groups with a grant to the app.`,
  symptoms: ['not-assigned'],
  async look(context) {
    const { okta } = context;
    if (await okta.isAssigned()) return ok('assigned');
    const assigned = await okta.assignedGroups();
    const own = await okta.groups();
    const known = own.filter(({ id }) => assigned.includes(id)).map(({ profile }) => profile.name);
    if (known.length > 0)
      return couldNotCheck(
        `Okta has not assigned them yet, and their groups are assigned: ${nameList(known)}. Wait a minute.`,
      );
    return problem(
      assigned.length === 0
        ? 'No group is assigned to the app.'
        : `Of the person’s groups, none is assigned to the app: ${nameList(own.map(({ profile }) => profile.name))}.`,
    );
  },
};

const oktaPolicy: DoctorCheck = {
  name: 'okta-policy',
  link: 'Okta',
  level: 'okta',
  title: 'An active access policy of the authorization server is for the app. Okta evaluates only the first one.',
  fix: DEPLOY,
  symptoms: ['no-rule'],
  async look({ okta, cluster }) {
    const policies = await okta.policies();
    const [first] = policies.filter(({ status }) => status === 'ACTIVE');
    if (first !== undefined) return ok(escaped(first.name));
    return policies.length === 0
      ? problem(`No access policy is for the app ${escaped(cluster.app)}.`)
      : problem(
          `The access policy ${escaped(policies[0]?.name ?? '')} is ${policies[0]?.status}.`,
          'Activate the policy in Okta.',
        );
  },
};

const oktaRule: DoctorCheck = {
  name: 'okta-rule',
  link: 'Okta',
  level: 'okta',
  title:
    'An active rule of the policy is for this sign-in: its grant type, a group of the person, and all requested scopes.',
  fix: `${DEPLOY} If the scopes do not fit, get a new kubeconfig.`,
  symptoms: ['no-rule'],
  async look(context) {
    // Okta evaluates the first policy that is for the app, and no later one.
    const policy = (await context.okta.policies()).find(({ status }) => status === 'ACTIVE');
    if (policy === undefined) return couldNotCheck('No policy is for the app (see okta-policy).');
    const person = await context.okta.person();
    const groups = (await context.okta.groups()).map(({ id }) => id);
    const grant =
      context.kubeconfig().call?.flags.get('grant-type')?.at(-1) === 'device-code'
        ? 'urn:ietf:params:oauth:grant-type:device_code'
        : 'authorization_code';
    const request = { grant, scopes: requestedScopes(context), groups, userId: person?.id ?? '' };
    const reasons = policy.rules.map((rule) => ({ rule, reason: misfit(rule, request) }));
    const fitting = reasons.find(({ reason }) => reason === undefined);
    if (fitting !== undefined) return ok(escaped(fitting.rule.name));
    const told = reasons.map(({ rule, reason }) => `${escaped(rule.name)}: ${reason}`);
    const name = escaped(policy.name);
    return problem(
      told.length === 0 ? `The policy ${name} has no rule.` : `No rule of the policy ${name} fits. ${told.join('; ')}.`,
    );
  },
};

interface Requested {
  readonly grant: string;
  readonly scopes: readonly string[];
  readonly groups: readonly string[];
  readonly userId: string;
}

/** Why a rule does not fit a sign-in; undefined if it does. @see https://developer.okta.com/docs/concepts/api-access-management/ */
function misfit(
  { status, conditions }: OktaPolicyRule,
  { grant, scopes, groups, userId }: Requested,
): string | undefined {
  if (status !== 'ACTIVE') return `it is ${status}`;
  const { people, grantTypes, scopes: allowed } = conditions ?? {};
  if (!(grantTypes?.include ?? []).includes(grant)) return `it does not allow ${grant}`;
  const excludes =
    people?.users?.exclude?.includes(userId) || groups.some((id) => people?.groups?.exclude?.includes(id));
  if (excludes) return 'it excludes the person';
  const included = people?.groups?.include ?? [];
  const isIncluded =
    included.includes('EVERYONE') ||
    groups.some((id) => included.includes(id)) ||
    people?.users?.include?.includes(userId);
  if (!isIncluded) return 'it is for other groups';
  const lacking = (allowed?.include ?? []).includes('*')
    ? []
    : scopes.filter((scope) => !allowed?.include.includes(scope));
  return lacking.length === 0 ? undefined : `it does not allow the scopes ${nameList(lacking)}`;
}

const oktaGroupsClaim: DoctorCheck = {
  name: 'okta-groups-claim',
  link: 'Okta',
  level: 'okta',
  title: 'The groups claim is in every ID token, and its filter takes the person’s groups of the cluster.',
  fix: `${DEPLOY} A claim that somebody changed by hand, or one of another name, leaves groups out.`,
  symptoms: ['forbidden'],
  async look(context) {
    const { name } = context.access.groupsClaim;
    const claim = claimNamed(await context.okta.claims(), name);
    if (claim === undefined) return problem(`The server has no claim ${escaped(name)} for ID tokens.`);
    const wrong = claimProblem(claim, requestedScopes(context));
    if (wrong !== undefined) return problem(wrong);
    if (claim.valueType !== 'GROUPS') {
      return claim.valueType === 'EXPRESSION'
        ? couldNotCheck(`Only Okta can evaluate the expression of the claim ${escaped(name)}.`)
        : problem(`The claim ${escaped(name)} has the type ${escaped(claim.valueType)}, and not Groups.`);
    }
    const left = grantedOf(await context.okta.groups(), context).filter((group) => !takes(claim, group));
    const filter = `${claim.group_filter_type?.toLowerCase()} '${escaped(claim.value ?? '')}'`;
    return left.length === 0
      ? ok(`filter: ${filter}`)
      : problem(
          `The filter (${filter}) leaves out ${left.map(groupText).join(', ')}, with a role on the cluster.`,
          left.every(({ type }) => type === OKTA_GROUP)
            ? undefined
            : 'Groups of directories and apps need a claim of the type Expression: `groupsClaim.expression` of the access file.',
        );
  },
};

function claimNamed(claims: readonly OktaClaim[], name: string): OktaClaim | undefined {
  return claims.find((claim) => claim.name === name && claim.claimType === 'IDENTITY');
}

/** Why a claim is not in the ID token of a sign-in; undefined if it is. */
function claimProblem(
  { name, status, alwaysIncludeInToken, conditions }: OktaClaim,
  scopes: readonly string[],
): string | undefined {
  if (status !== 'ACTIVE') return `The claim ${escaped(name)} is ${status}.`;
  if (alwaysIncludeInToken === false)
    return `The claim ${escaped(name)} is not always in ID tokens: a sign-in with kubelogin gets none.`;
  const wanted = conditions?.scopes ?? [];
  return wanted.length === 0 || wanted.some((scope) => scopes.includes(scope))
    ? undefined
    : `The claim ${escaped(name)} is only for the scopes ${nameList(wanted)}, which the sign-in does not request.`;
}

const OKTA_GROUP = 'OKTA_GROUP';

function groupText({ type, profile }: OktaGroup): string {
  return `${escaped(profile.name)}${type === OKTA_GROUP ? '' : ` (of the type ${escaped(type)})`}`;
}

/**
 * Whether the filter of a claim takes a group: one that Okta itself owns, and no group of a directory. Okta ignores case,
 * except in regular expressions.
 */
function takes({ group_filter_type: type, value }: OktaClaim, { type: groupType, profile }: OktaGroup): boolean {
  const group = profile.name;
  const [name, text] = [group.toLowerCase(), (value ?? '').toLowerCase()];
  if (groupType !== OKTA_GROUP) return false;
  if (type === 'EQUALS') return name === text;
  if (type === 'CONTAINS') return name.includes(text);
  const filter: GroupsFilter = type === 'REGEX' ? { matches: value ?? '' } : { startsWith: value ?? '' };
  return isInClaim(group, filter) !== false;
}

const oktaClaims: DoctorCheck = {
  name: 'okta-claims',
  link: 'Okta',
  level: 'okta',
  title: 'The claims of the access file, for user names and required claims, are in every ID token.',
  fix: DEPLOY,
  symptoms: ['token-refused'],
  appliesTo: ({ access }) => Object.keys(access.claims).length > 0,
  async look(context) {
    const claims = await context.okta.claims();
    const problems = Object.keys(context.access.claims).flatMap((name) => {
      const claim = claimNamed(claims, name);
      if (claim === undefined) return [`The server has no claim ${escaped(name)} for ID tokens.`];
      return claimProblem(claim, requestedScopes(context)) ?? [];
    });
    return problems.length === 0 ? ok(nameList(Object.keys(context.access.claims))) : problem(problems.join(' '));
  },
};

/** Events of Okta’s log that end a sign-in to an app. @see https://developer.okta.com/docs/reference/api/event-types/ */
const SIGN_IN_EVENTS = [
  'user.session.start',
  'policy.evaluate_sign_on',
  'user.authentication.sso',
  'app.generic.unauth_app_access_attempt',
  'app.oauth2.as.authorize',
  'app.oauth2.as.authorize.code',
  'app.oauth2.as.token.grant',
  'app.oauth2.as.token.grant.id_token',
];
const FAILED = ['FAILURE', 'DENY'];

const oktaLog: DoctorCheck = {
  name: 'okta-log',
  link: 'Okta',
  level: 'okta',
  title: 'The last sign-in of the person that Okta has logged, in the last day, did not fail.',
  fix: 'The reason is Okta’s own: look at the event in the system log.',
  symptoms: ['not-assigned', 'no-rule', 'unknown-scope'],
  async look({ okta }) {
    const app = await okta.app();
    const events = (await okta.signIns()).filter(
      (event) => SIGN_IN_EVENTS.includes(event.eventType) && isAbout(event, app?.id),
    );
    const [last] = events;
    if (last === undefined) return ok('no sign-in in the last day');
    return FAILED.includes(last.outcome?.result ?? '') ? problem(`${eventText(last)}.`) : ok(eventText(last));
  },
};

/** Whether an event is about an app, or about none. @param appId undefined if the app is not known */
function isAbout({ target }: OktaLogEvent, appId: string | undefined): boolean {
  const apps = (target ?? []).filter(({ type }) => type === 'AppInstance' || type === 'PublicClientApp');
  return apps.length === 0 || apps.some(({ id }) => id === appId);
}

function eventText({ published, eventType, displayMessage, outcome }: OktaLogEvent): string {
  const reason = outcome?.reason ? `, ${escaped(outcome.reason)}` : '';
  return `${escaped(displayMessage ?? eventType)} at ${escaped(published)}: ${escaped(outcome?.result ?? 'no result')}${reason}`;
}

const tokenCurrent: DoctorCheck = {
  name: 'token-current',
  link: 'token',
  level: 'okta',
  title: 'The token is not older than a change of the person’s groups.',
  fix: 'Run `kubectl oidc-login clean`, and sign in again. Without it, the change arrives with the next token, after an hour at the latest.',
  symptoms: ['forbidden'],
  async look(context) {
    const inToken = groupsOf(await context.tokens.token(), context);
    const claim = claimNamed(await context.okta.claims(), context.access.groupsClaim.name);
    if (claim?.valueType !== 'GROUPS' || claimProblem(claim, requestedScopes(context)) !== undefined) {
      return couldNotCheck('It is not known which groups a new token would have (see okta-groups-claim).');
    }
    const lacking = grantedOf(await context.okta.groups(), context)
      .filter((group) => takes(claim, group))
      .map(({ profile }) => profile.name)
      .filter((name) => !inToken.includes(name));
    return lacking.length === 0
      ? ok('it has the groups that Okta would put into a new one')
      : problem(`Okta has the person in ${nameList(lacking)}, and the token does not.`);
  },
};

/** What Okta has for the cluster. */
export const OKTA_SERVER_CHECKS: readonly DoctorCheck[] = [oktaServer, oktaApp, oktaAppSettings, oktaScopes];

/** What Okta decides about the person. */
export const OKTA_PERSON_CHECKS: readonly DoctorCheck[] = [
  ...[oktaPerson, oktaMembership, oktaAssignment, oktaPolicy, oktaRule, oktaGroupsClaim, oktaClaims],
];

export const OKTA_LOG_CHECKS: readonly DoctorCheck[] = [oktaLog];

export const OKTA_TOKEN_CHECKS: readonly DoctorCheck[] = [tokenCurrent];
