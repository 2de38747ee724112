import type { OktaCredentials } from '../../../live/okta/okta-credentials';
import { type DoctorWorld, EDITOR } from './doctor-world';
import { type Breakage, entriesOf } from './laptop-breakages';

/** The credentials of an Okta administrator who may only read. */
export function administrator({ world }: DoctorWorld): OktaCredentials {
  const { apiToken = '' } = world.issuer.management?.credentials({ role: 'READ_ONLY_ADMIN' }) ?? {};
  return { kind: 'api-token', token: apiToken };
}

type Call = readonly [method: string, path: string, body?: object];

/** The IDs of what the world has in Okta. */
export interface Ids {
  readonly user: string;
  readonly group: string;
  readonly app: string;
  readonly server: string;
  readonly policy: string;
  readonly rule: string;
  readonly claim: string;
  readonly tenant: string;
}

interface Named {
  readonly id: string;
  readonly name?: string;
  readonly label?: string;
}

async function idsOf({ okta }: DoctorWorld): Promise<Ids> {
  const list = async (path: string) => (await okta('GET', path)) as readonly Named[];
  const named = (things: readonly Named[], name: string) =>
    things.find((thing) => thing.name === name || thing.label === name)?.id ?? '';
  const user = ((await okta('GET', `/users/${EDITOR}`)) as Named).id;
  const [group] = await list('/groups?q=eks-editors');
  const app = named(await list('/apps'), 'prod');
  const server = named(await list('/authorizationServers'), 'EKS');
  const path = `/authorizationServers/${server}`;
  const policies = (await list(`${path}/policies`)) as readonly (Named & {
    conditions: { clients: { include: readonly string[] } };
  })[];
  const policy = policies.find(({ conditions }) => conditions.clients.include.includes(app))?.id ?? '';
  const [rule] = await list(`${path}/policies/${policy}/rules`);
  const claims = await list(`${path}/claims`);
  const [claim, tenant] = ['groups', 'tenant'].map((name) => named(claims, name)) as [string, string];
  return { user, group: group?.id ?? '', app, server, policy, rule: rule?.id ?? '', claim, tenant };
}

/** Something that an administrator of Okta changes by hand, and what puts it back. */
function inOkta(
  check: string,
  name: string,
  change: (ids: Ids) => Call,
  undo: (ids: Ids) => Call,
  also: readonly string[] = [],
): Breakage {
  return {
    ...{ check, name, also },
    async make(laptop, world) {
      laptop.okta = administrator(world);
      const ids = await idsOf(world);
      await world.okta(...change(ids));
      return () => world.okta(...undo(ids));
    },
  };
}

/** The same for an object that is changed as a whole. */
function changedInOkta(
  check: string,
  name: string,
  path: (ids: Ids) => string,
  change: (object: Record<string, unknown>) => object,
  also: readonly string[] = [],
): Breakage {
  return {
    ...{ check, name, also },
    async make(laptop, world) {
      laptop.okta = administrator(world);
      const at = path(await idsOf(world));
      const before = (await world.okta('GET', at)) as Record<string, unknown>;
      await world.okta('PUT', at, change(structuredClone(before)));
      return () => world.okta('PUT', at, before);
    },
  };
}

const serverPath = ({ server }: Ids) => `/authorizationServers/${server}`;
const policyPath = (ids: Ids) => `${serverPath(ids)}/policies/${ids.policy}`;
const rulePath = (ids: Ids) => `${policyPath(ids)}/rules/${ids.rule}`;
const claimPath = (ids: Ids) => `${serverPath(ids)}/claims/${ids.claim}`;
const appPath = ({ app }: Ids) => `/apps/${app}`;

/** A change that happened after the token was made: its content is still what it was. */
export const OKTA_BREAKAGES: readonly Breakage[] = [
  inOkta(
    'okta-person',
    'a person who is suspended',
    ({ user }) => ['POST', `/users/${user}/lifecycle/suspend`],
    ({ user }) => ['POST', `/users/${user}/lifecycle/unsuspend`],
  ),
  inOkta(
    'okta-membership',
    'a person who left the group',
    ({ group, user }) => ['DELETE', `/groups/${group}/users/${user}`],
    ({ group, user }) => ['PUT', `/groups/${group}/users/${user}`],
    ['okta-assignment'],
  ),
  inOkta(
    'okta-assignment',
    'an app to which the group is not assigned',
    ({ app, group }) => ['DELETE', `/apps/${app}/groups/${group}`],
    ({ app, group }) => ['PUT', `/apps/${app}/groups/${group}`, {}],
  ),
  inOkta(
    'okta-policy',
    'an access policy that is off',
    (ids) => ['POST', `${policyPath(ids)}/lifecycle/deactivate`],
    (ids) => ['POST', `${policyPath(ids)}/lifecycle/activate`],
  ),
  inOkta(
    'okta-rule',
    'a rule that is off',
    (ids) => ['POST', `${rulePath(ids)}/lifecycle/deactivate`],
    (ids) => ['POST', `${rulePath(ids)}/lifecycle/activate`],
  ),
  changedInOkta('okta-rule', 'a rule for other groups', rulePath, (rule) => ({
    ...rule,
    conditions: { ...(rule.conditions as object), people: { groups: { include: [] }, users: { include: [] } } },
  })),
  changedInOkta('okta-rule', 'a rule without a requested scope', rulePath, (rule) => ({
    ...rule,
    conditions: { ...(rule.conditions as object), scopes: { include: ['openid'] } },
  })),
  changedInOkta('okta-groups-claim', 'a groups claim that is off', claimPath, (claim) => ({
    ...claim,
    status: 'INACTIVE',
  })),
  changedInOkta('okta-groups-claim', 'a groups claim that is not always in tokens', claimPath, (claim) => ({
    ...claim,
    alwaysIncludeInToken: false,
  })),
  changedInOkta('okta-groups-claim', 'a filter that leaves the group out', claimPath, (claim) => ({
    ...claim,
    value: 'k8s-',
  })),
  changedInOkta('okta-groups-claim', 'a groups claim for access tokens', claimPath, (claim) => ({
    ...claim,
    claimType: 'RESOURCE',
  })),
  inOkta(
    'okta-app',
    'an app that is off',
    (ids) => ['POST', `${appPath(ids)}/lifecycle/deactivate`],
    (ids) => ['POST', `${appPath(ids)}/lifecycle/activate`],
    ['authorize-request'],
  ),
  changedInOkta(
    'okta-app-settings',
    'an app without the redirect addresses',
    appPath,
    (app) => {
      const settings = app.settings as { oauthClient: { redirect_uris: readonly string[] } };
      settings.oauthClient.redirect_uris = ['http://localhost:1'];
      return app;
    },
    ['authorize-request'],
  ),
  inOkta(
    'okta-server',
    'an authorization server that is off',
    (ids) => ['POST', `${serverPath(ids)}/lifecycle/deactivate`],
    (ids) => ['POST', `${serverPath(ids)}/lifecycle/activate`],
    ['issuer-reachable'],
  ),
  changedInOkta(
    'okta-claims',
    'a required claim that is off',
    (ids) => `${serverPath(ids)}/claims/${ids.tenant}`,
    (claim) => ({ ...claim, status: 'INACTIVE' }),
  ),
  {
    name: 'a scope that the server does not have, seen by an administrator',
    check: 'kubeconfig-scopes',
    also: ['okta-scopes', 'authorize-request'],
    async make(laptop, world) {
      laptop.okta = administrator(world);
      entriesOf(laptop).exec.args.push('--oidc-extra-scope=groups');
      return undefined;
    },
  },
  {
    name: 'an earlier policy for every app',
    check: 'okta-rule',
    async make(laptop, world) {
      laptop.okta = administrator(world);
      const path = `${serverPath(await idsOf(world))}/policies`;
      const { id } = (await world.okta('POST', path, {
        ...{
          type: 'OAUTH_AUTHORIZATION_POLICY',
          name: 'By hand',
          description: 'By hand',
          priority: 1,
          status: 'ACTIVE',
        },
        conditions: { clients: { include: ['ALL_CLIENTS'] } },
      })) as { id: string };
      return () => world.okta('DELETE', `${path}/${id}`);
    },
  },
  {
    name: 'a sign-in that Okta refused',
    check: 'okta-log',
    async make(laptop, world) {
      laptop.okta = administrator(world);
      const { app, group } = await idsOf(world);
      await world.okta('DELETE', `/apps/${app}/groups/${group}`);
      await expect(world.laptopOf(EDITOR)).rejects.toThrow('User is not assigned to the client application.');
      await world.okta('PUT', `/apps/${app}/groups/${group}`, {});
      // A sign-in that works ends it.
      return () => world.laptopOf(EDITOR);
    },
  },
  {
    name: 'a token from before the person joined the group',
    check: 'token-granted-group',
    also: ['token-current'],
    async make(laptop, world) {
      laptop.okta = administrator(world);
      laptop.idToken = await world.tokenWith({ groups: ['eks-others'] });
      return undefined;
    },
  },
];
