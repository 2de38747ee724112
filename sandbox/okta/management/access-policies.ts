import { z } from 'zod';
import type { AccessPolicy, AccessRule, Status } from '../objects';
import type { Organization } from '../organization';
import { serverOf } from './authorization-servers';
import { type Call, created, list, NO_CONTENT, ok, type Routes } from './call';
import { dates } from './dates';
import type { ManagementWorld } from './management-world';
import { ALREADY_EXISTS, BLANK, invalid, notFound } from './okta-error';
import { partyOf } from './parties';
import { placed, renumbered } from './priorities';

const NAMES = z.array(z.string()).default([]);
const PEOPLE = z.object({ include: NAMES, exclude: NAMES }).partial().nullish();
const PRIORITY = z.number().int().min(1).nullish();

const POLICY = z.object({
  type: z.literal('OAUTH_AUTHORIZATION_POLICY').default('OAUTH_AUTHORIZATION_POLICY'),
  name: z.string().min(1, BLANK).max(100),
  description: z.string().nullish(),
  priority: PRIORITY,
  status: z.enum(['ACTIVE', 'INACTIVE']).optional(),
  conditions: z.object({ clients: z.object({ include: z.array(z.string()).min(1, BLANK) }) }),
});

const RULE = z.object({
  type: z.literal('RESOURCE_ACCESS').default('RESOURCE_ACCESS'),
  name: z.string().min(1, BLANK).max(100),
  priority: PRIORITY,
  status: z.enum(['ACTIVE', 'INACTIVE']).optional(),
  conditions: z.object({
    grantTypes: z.object({ include: z.array(z.string()).min(1, BLANK) }),
    scopes: z.object({ include: NAMES }).prefault({}),
    people: z.object({ groups: PEOPLE, users: PEOPLE }).nullish(),
  }),
  actions: z
    .object({
      token: z
        .object({
          accessTokenLifetimeMinutes: z.number().int().min(5).max(1440).default(60),
          refreshTokenLifetimeMinutes: z.number().int().min(0).default(0),
          refreshTokenWindowMinutes: z.number().int().min(10).max(2_628_000).default(10_080),
          inlineHook: z.object({ id: z.string().length(0, 'The local Okta has no inline hooks') }).nullish(),
        })
        .prefault({}),
    })
    .prefault({}),
});

/** The access policies of an authorization server, and their rules. */
export function accessPolicyRoutes({ organization }: ManagementWorld): Routes {
  const server = (call: Call) => serverOf(organization, call);
  const found = (call: Call) => {
    const policy = server(call).policies.find(({ id }) => id === call.path('policyId'));
    if (policy === undefined) throw notFound(call.path('policyId'), 'Policy');
    return policy;
  };
  const foundRule = (call: Call) => {
    const rule = found(call).rules.find(({ id }) => id === call.path('ruleId'));
    if (rule === undefined) throw notFound(call.path('ruleId'), 'PolicyRule');
    return rule;
  };
  const show = (call: Call) => (policy: AccessPolicy) => showPolicy(organization, call, policy);
  const showRule = (call: Call) => (rule: AccessRule) => showAccessRule(organization, call, rule);
  const setPolicies = (call: Call, policies: readonly AccessPolicy[]) =>
    organization.changeServer(server(call).id, { policies });
  const setRules = (call: Call, rules: readonly AccessRule[]) =>
    organization.changePolicy(server(call).id, found(call).id, { rules });

  const given = (call: Call, me?: AccessPolicy) => {
    const { name, description, priority, conditions } = call.input(POLICY);
    const clients = conditions.clients.include;
    const unknown = clients.find((id) => id !== 'ALL_CLIENTS' && organization.apps.get(id) === undefined);
    if (unknown !== undefined) throw invalid('conditions.clients', `Invalid client ${unknown}`);
    if (server(call).policies.some((policy) => policy.name === name && policy.id !== me?.id)) {
      throw invalid('name', ALREADY_EXISTS);
    }
    return { wanted: priority ?? me?.priority, policy: { name, description: description ?? '', clients } };
  };
  const givenRule = (call: Call, me?: AccessRule) => {
    const { name, priority, conditions, actions } = call.input(RULE);
    const {
      accessTokenLifetimeMinutes: access,
      refreshTokenLifetimeMinutes: lifetime,
      refreshTokenWindowMinutes: idle,
    } = actions.token;
    if (lifetime !== 0 && (idle < access || idle > lifetime)) {
      throw invalid('refreshTokenWindowMinutes', `must be between ${access} and ${lifetime}`);
    }
    const { groups, users } = conditions.people ?? {};
    for (const id of [...(groups?.include ?? []), ...(groups?.exclude ?? [])]) {
      if (id !== 'EVERYONE' && organization.group(id) === undefined) {
        throw invalid('conditions.people.groups', `Invalid group ${id}`);
      }
    }
    for (const id of [...(users?.include ?? []), ...(users?.exclude ?? [])]) {
      if (organization.users.get(id) === undefined) throw invalid('conditions.people.users', `Invalid user ${id}`);
    }
    const scopes = conditions.scopes.include;
    const unknown = scopes.find((text) => text !== '*' && !server(call).scopes.some((scope) => scope.name === text));
    if (unknown !== undefined) throw invalid('conditions.scopes', `The authorization server has no scope ${unknown}`);
    if (found(call).rules.some((rule) => rule.name === name && rule.id !== me?.id))
      throw invalid('name', ALREADY_EXISTS);
    return {
      wanted: priority ?? me?.priority,
      rule: {
        ...{ name, scopes, grantTypes: conditions.grantTypes.include },
        ...{ groups: groups?.include ?? [], excludedGroups: groups?.exclude ?? [] },
        ...{ users: users?.include ?? [], excludedUsers: users?.exclude ?? [] },
        ...{ accessTokenMinutes: access, refreshLifetimeMinutes: lifetime, refreshIdleMinutes: idle },
      },
    };
  };

  const POLICIES = '/authorizationServers/{serverId}/policies';
  const POLICY_PATH = `${POLICIES}/{policyId}`;
  const RULES = `${POLICY_PATH}/rules`;
  const RULE_PATH = `${RULES}/{ruleId}`;
  const changePolicy = (call: Call, changes: Partial<AccessPolicy>, wanted?: number) => {
    const policy = { ...found(call), ...changes };
    setPolicies(call, placed(server(call).policies, policy, wanted ?? policy.priority));
    organization.register.touch(policy.id);
    return found(call);
  };
  const changeRule = (call: Call, changes: Partial<AccessRule>, wanted?: number) => {
    const rule = { ...foundRule(call), ...changes };
    setRules(call, placed(found(call).rules, rule, wanted ?? rule.priority));
    organization.register.touch(rule.id);
    return foundRule(call);
  };
  const setStatus = (call: Call, status: Status) => {
    const event = status === 'ACTIVE' ? 'policy.lifecycle.activate' : 'policy.lifecycle.deactivate';
    call.log(event, policyParty(changePolicy(call, { status })));
    return NO_CONTENT;
  };
  const setRuleStatus = (call: Call, status: Status) => {
    const event = status === 'ACTIVE' ? 'policy.rule.activate' : 'policy.rule.deactivate';
    call.log(event, ruleParty(changeRule(call, { status })), policyParty(found(call)));
    return NO_CONTENT;
  };

  return {
    [`GET ${POLICIES}`]: list([], (call) => call.page(server(call).policies, show(call))),
    [`POST ${POLICIES}`]: (call) => {
      const { wanted, policy } = given(call);
      const { id } = organization.addPolicy(server(call).id, { ...policy, priority: Number.MAX_SAFE_INTEGER });
      const added = server(call).policies.find((other) => other.id === id) as AccessPolicy;
      setPolicies(call, placed(server(call).policies, added, wanted));
      const shown = server(call).policies.find((other) => other.id === id) as AccessPolicy;
      call.log('policy.lifecycle.create', policyParty(shown));
      return created(show(call)(shown));
    },
    [`GET ${POLICY_PATH}`]: (call) => ok(show(call)(found(call))),
    [`PUT ${POLICY_PATH}`]: (call) => {
      const { wanted, policy } = given(call, found(call));
      const changed = changePolicy(call, policy, wanted);
      call.log('policy.lifecycle.update', policyParty(changed));
      return ok(show(call)(changed));
    },
    [`DELETE ${POLICY_PATH}`]: (call) => {
      const policy = found(call);
      setPolicies(call, renumbered(server(call).policies.filter(({ id }) => id !== policy.id)));
      call.log('policy.lifecycle.delete', policyParty(policy));
      return NO_CONTENT;
    },
    [`POST ${POLICY_PATH}/lifecycle/activate`]: (call) => setStatus(call, 'ACTIVE'),
    [`POST ${POLICY_PATH}/lifecycle/deactivate`]: (call) => setStatus(call, 'INACTIVE'),
    [`GET ${RULES}`]: list([], (call) => call.page(found(call).rules, showRule(call))),
    [`POST ${RULES}`]: (call) => {
      const { wanted, rule } = givenRule(call);
      const { id } = organization.addRule(server(call).id, found(call).id, {
        ...rule,
        priority: Number.MAX_SAFE_INTEGER,
      });
      const added = found(call).rules.find((other) => other.id === id) as AccessRule;
      setRules(call, placed(found(call).rules, added, wanted));
      const shown = found(call).rules.find((other) => other.id === id) as AccessRule;
      call.log('policy.rule.add', ruleParty(shown), policyParty(found(call)));
      return created(showRule(call)(shown));
    },
    [`GET ${RULE_PATH}`]: (call) => ok(showRule(call)(foundRule(call))),
    [`PUT ${RULE_PATH}`]: (call) => {
      const { wanted, rule } = givenRule(call, foundRule(call));
      const changed = changeRule(call, rule, wanted);
      call.log('policy.rule.update', ruleParty(changed), policyParty(found(call)));
      return ok(showRule(call)(changed));
    },
    [`DELETE ${RULE_PATH}`]: (call) => {
      const rule = foundRule(call);
      setRules(call, renumbered(found(call).rules.filter(({ id }) => id !== rule.id)));
      call.log('policy.rule.delete', ruleParty(rule), policyParty(found(call)));
      return NO_CONTENT;
    },
    [`POST ${RULE_PATH}/lifecycle/activate`]: (call) => setRuleStatus(call, 'ACTIVE'),
    [`POST ${RULE_PATH}/lifecycle/deactivate`]: (call) => setRuleStatus(call, 'INACTIVE'),
  };
}

function policyParty(policy: AccessPolicy) {
  return partyOf('PolicyEntity', policy);
}

function ruleParty(rule: AccessRule) {
  return partyOf('PolicyRule', rule);
}

function showPolicy(organization: Organization, call: Call, policy: AccessPolicy): unknown {
  const { id, name, description, priority, status, clients } = policy;
  const self = `/authorizationServers/${call.path('serverId')}/policies/${id}`;
  return {
    ...{ type: 'OAUTH_AUTHORIZATION_POLICY', id, status, name, description, priority, system: false },
    conditions: { clients: { include: clients } },
    ...dates(organization, id),
    _links: { self: call.link(self), rules: call.link(`${self}/rules`) },
  };
}

function showAccessRule(organization: Organization, call: Call, rule: AccessRule): unknown {
  const { id, name, status, priority, grantTypes, scopes } = rule;
  const self = `/authorizationServers/${call.path('serverId')}/policies/${call.path('policyId')}/rules/${id}`;
  return {
    ...{ type: 'RESOURCE_ACCESS', id, status, name, priority, system: false, ...dates(organization, id) },
    conditions: {
      people: {
        users: { include: rule.users, exclude: rule.excludedUsers },
        groups: { include: rule.groups, exclude: rule.excludedGroups },
      },
      grantTypes: { include: grantTypes },
      scopes: { include: scopes },
    },
    actions: {
      token: {
        accessTokenLifetimeMinutes: rule.accessTokenMinutes,
        refreshTokenLifetimeMinutes: rule.refreshLifetimeMinutes,
        refreshTokenWindowMinutes: rule.refreshIdleMinutes,
        inlineHook: null,
      },
    },
    _links: { self: call.link(self) },
  };
}
