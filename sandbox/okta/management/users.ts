import { z } from 'zod';
import { loginFinding } from '../../../constraints/okta/login';
import type { User } from '../objects';
import type { Organization } from '../organization';
import { type Call, list, NO_CONTENT, ok, type Routes, withQuery } from './call';
import { dates } from './dates';
import { EQUAL, parseFilter, SEARCHED, TIMES } from './filter';
import type { ManagementWorld } from './management-world';
import { ALREADY_EXISTS, BLANK, invalid, notFound, OktaError } from './okta-error';
import { userParty } from './parties';
import { showGroup } from './show-group';
import { showUser, userOf } from './show-user';

const PROFILE = z.record(z.string(), z.unknown());

const INPUT = z.object({
  profile: PROFILE.optional(),
  credentials: z.object({ password: z.object({ value: z.string().min(8) }).optional() }).optional(),
  groupIds: z.array(z.string()).optional(),
});

/** `GET /users?filter=` compares only a few attributes; `search` compares all. */
const FILTERED = {
  status: EQUAL,
  id: EQUAL,
  lastUpdated: TIMES,
  'profile.login': EQUAL,
  'profile.email': EQUAL,
  'profile.firstName': EQUAL,
  'profile.lastName': EQUAL,
};
const SEARCHABLE = {
  ...{ id: SEARCHED, status: SEARCHED, created: SEARCHED, lastUpdated: SEARCHED, activated: SEARCHED },
  ...{ statusChanged: SEARCHED, 'profile.*': SEARCHED },
};

/** Users: list, search, create, change, and life cycle. */
export function userRoutes({ organization, tokens }: ManagementWorld): Routes {
  const { users } = organization;
  const found = (call: Call) => userOf(organization, call);
  const show = (call: Call) => (user: User) => showUser(organization, call, user);

  /** Moves a user to another status, if the present one allows it. */
  const move = (call: Call, from: readonly User['status'][], status: User['status'], event: LifecycleEvent) => {
    const user = found(call);
    if (!from.includes(user.status)) {
      if (event === 'activate') throw new OktaError(403, 'E0000016', ALREADY_ACTIVE);
      throw invalid('status', `The user is ${user.status}, and must be ${from.join(' or ')}`);
    }
    users.change(user.id, { status });
    if (status === 'DEPROVISIONED') {
      tokens.endSessions(user.id);
      tokens.endTokens(user.id);
    }
    call.log(`user.lifecycle.${event}`, userParty(user));
    return ok({});
  };

  return {
    'GET /users': list(['q', 'filter', 'search'], (call) => {
      const shown = users.all().map((user) => ({ id: user.id, json: show(call)(user) }));
      const [q, filter, search] = [call.query('q'), call.query('filter'), call.query('search')];
      if ([q, filter, search].filter((text) => text !== undefined).length > 1) {
        throw invalid('search', 'Only one of q, filter, and search can be used');
      }
      if (filter !== undefined || search !== undefined) {
        const fits =
          search === undefined
            ? parseFilter(String(filter), { parameter: 'filter', attributes: FILTERED })
            : parseFilter(search, { parameter: 'search', attributes: SEARCHABLE });
        return call.page(
          shown.filter(({ json }) => fits(json)),
          ({ json }) => json,
        );
      }
      // Without a condition on the status, Okta leaves out the users who were deactivated.
      const listed = users
        .all()
        .filter(
          ({ status, profile }) =>
            status !== 'DEPROVISIONED' && startsWith(q, [profile.firstName, profile.lastName, profile.email]),
        );
      return call.page(listed, show(call));
    }),
    'POST /users': withQuery(['activate'], (call) => {
      const activate = call.flag('activate', true);
      const { profile = {}, credentials, groupIds = [] } = call.input(INPUT);
      checkProfile(organization, profile);
      for (const id of groupIds) if (organization.groups.get(id) === undefined) throw notFound(id, 'UserGroup');
      const password = credentials?.password?.value;
      const user = organization.addUser({
        login: String(profile.login),
        profile,
        ...(password !== undefined && { password }),
        status: !activate ? 'STAGED' : password === undefined ? 'PROVISIONED' : 'ACTIVE',
      });
      for (const id of groupIds) organization.addMemberById(id, user.id);
      call.log('user.lifecycle.create', userParty(user));
      if (activate) call.log('user.lifecycle.activate', userParty(user));
      return ok(show(call)(user));
    }),
    'GET /users/{userId}': (call) => ok(show(call)(found(call))),
    'POST /users/{userId}': (call) => change(call, (before, changes) => ({ ...before, ...changes })),
    'PUT /users/{userId}': (call) => change(call, (_before, after) => after),
    'DELETE /users/{userId}': withQuery(['sendEmail'], (call) => {
      const user = found(call);
      if (user.status !== 'DEPROVISIONED') move(call, [user.status], 'DEPROVISIONED', 'deactivate');
      else {
        organization.removeUser(user.id);
        call.log('user.lifecycle.delete.initiated', userParty(user));
      }
      return NO_CONTENT;
    }),
    'POST /users/{userId}/lifecycle/activate': withQuery(['sendEmail'], (call) => {
      const { status, passwordDigest } = found(call);
      const isReady = status === 'STAGED' && passwordDigest !== undefined;
      return move(call, ['STAGED', 'PROVISIONED', 'DEPROVISIONED'], isReady ? 'ACTIVE' : 'PROVISIONED', 'activate');
    }),
    'POST /users/{userId}/lifecycle/reactivate': withQuery(['sendEmail'], (call) =>
      move(call, ['PROVISIONED'], 'PROVISIONED', 'reactivate'),
    ),
    'POST /users/{userId}/lifecycle/deactivate': withQuery(['sendEmail'], (call) =>
      move(call, ['STAGED', 'PROVISIONED', 'ACTIVE', 'SUSPENDED'], 'DEPROVISIONED', 'deactivate'),
    ),
    'POST /users/{userId}/lifecycle/suspend': (call) => move(call, ['ACTIVE'], 'SUSPENDED', 'suspend'),
    'POST /users/{userId}/lifecycle/unsuspend': (call) => move(call, ['SUSPENDED'], 'ACTIVE', 'unsuspend'),
    'GET /users/{userId}/groups': list([], (call) =>
      call.page(organization.groupsOf(found(call).id), (group) => showGroup(organization, call, group)),
    ),
    'GET /users/{userId}/appLinks': (call) => {
      const { id } = found(call);
      const apps = organization.allApps().filter((app) => app.status === 'ACTIVE' && organization.isAssigned(app, id));
      return ok(
        apps.map((app) => ({
          ...{ id: `${app.id}-${id}`, label: app.label, linkUrl: call.link(`/apps/${app.id}`).href },
          ...{ appName: 'oidc_client', appInstanceId: app.id, appAssignmentId: `${app.id}-${id}` },
          ...{ credentialsSetup: false, hidden: true, sortOrder: 0 },
        })),
      );
    },
    'GET /users/{userId}/roles': (call) => {
      const { id, adminRole } = found(call);
      return ok(adminRole === undefined ? [] : [{ ...role(adminRole), ...dates(organization, id) }]);
    },
  };

  function change(call: Call, profileAfter: (before: User['profile'], given: User['profile']) => User['profile']) {
    const user = found(call);
    const { profile: given, credentials } = call.input(INPUT);
    if (given !== undefined) {
      const profile = profileAfter(user.profile, given);
      checkProfile(organization, profile, user);
      organization.setProfile(user.id, profile);
    }
    if (credentials?.password !== undefined) organization.setPassword(user.id, credentials.password.value);
    call.log('user.account.update_profile', userParty(user));
    return ok(show(call)(users.known(user.id)));
  }
}

const ALREADY_ACTIVE = 'Activation failed because the user is already active';

type LifecycleEvent = 'activate' | 'reactivate' | 'deactivate' | 'suspend' | 'unsuspend';

function role(type: NonNullable<User['adminRole']>) {
  const label = type === 'SUPER_ADMIN' ? 'Super Administrator' : 'Read Only Administrator';
  return { id: `ra1${type}`, label, type, status: 'ACTIVE', assignmentType: 'USER' };
}

function checkProfile(organization: Organization, profile: User['profile'], me?: User): void {
  // A user of a people file has no names; Okta demands them from new users.
  const needed = ['login', 'email', ...(me === undefined ? ['firstName', 'lastName'] : [])];
  const missing = needed.find((name) => typeof profile[name] !== 'string' || profile[name] === '');
  if (missing !== undefined) throw invalid(missing, BLANK);
  const login = String(profile.login);
  const finding = loginFinding(login);
  if (finding !== undefined) throw invalid('login', finding.message);
  const other = organization.userByLogin(login);
  if (other !== undefined && other.id !== me?.id) throw invalid('login', ALREADY_EXISTS);
}

function startsWith(q: string | undefined, texts: readonly unknown[]): boolean {
  return (
    q === undefined ||
    texts.some((text) =>
      String(text ?? '')
        .toLowerCase()
        .startsWith(q.toLowerCase()),
    )
  );
}
