import { z } from 'zod';
import type { AuthenticationPolicy, AuthenticationRule, Status } from '../objects';
import type { Organization } from '../organization';
import { type Call, list, NO_CONTENT, ok, type Routes, withQuery } from './call';
import { dates } from './dates';
import type { ManagementWorld } from './management-world';
import { ALREADY_EXISTS, BLANK, invalid, notAllowedNow, notFound } from './okta-error';
import { partyOf } from './parties';
import { showApp } from './show-app';

const NAME = z.string().min(1, BLANK).max(50);
const POLICY = z.object({
  type: z.literal('ACCESS_POLICY', 'The local Okta only has policies of the type ACCESS_POLICY'),
  name: NAME,
  description: z.string().nullish(),
});
const RULE = z.object({
  type: z.literal('ACCESS_POLICY').default('ACCESS_POLICY'),
  name: NAME,
  priority: z.number().int().min(0).max(99).nullish(),
  conditions: z.unknown(),
  actions: z.object({ appSignOn: z.looseObject({ access: z.enum(['ALLOW', 'DENY']) }) }),
});

/** Authentication policies of apps. The local Okta keeps them, and does not evaluate them. */
export function authenticationPolicyRoutes({ organization }: ManagementWorld): Routes {
  const { authenticationPolicies: policies, register } = organization;
  // The organization always has the policy of the system.
  organization.systemPolicy();
  const found = (call: Call) => {
    const policy = policies.get(call.path('policyId'));
    if (policy === undefined) throw notFound(call.path('policyId'), 'Policy');
    return policy;
  };
  const foundRule = (call: Call) => {
    const rule = found(call).rules.find(({ id }) => id === call.path('ruleId'));
    if (rule === undefined) throw notFound(call.path('ruleId'), 'PolicyRule');
    return rule;
  };
  const show = (call: Call) => (policy: AuthenticationPolicy) => showPolicy(organization, call, policy);
  const showRule = (call: Call) => (rule: AuthenticationRule) => showPolicyRule(organization, call, rule);
  const given = (call: Call, me?: AuthenticationPolicy) => {
    const { name, description } = call.input(POLICY);
    if (policies.find((policy) => policy.name === name && policy.id !== me?.id)) throw invalid('name', ALREADY_EXISTS);
    return { name, description: description ?? '' };
  };
  const users = ({ id }: AuthenticationPolicy) =>
    organization.allApps().filter(({ policyId }) => (policyId ?? organization.systemPolicy().id) === id);
  const setRules = (call: Call, rules: readonly AuthenticationRule[]) =>
    policies.change(found(call).id, { rules: [...rules].sort((a, b) => a.priority - b.priority) });
  const changeRule = (call: Call, changes: Partial<AuthenticationRule>) => {
    const rule = { ...foundRule(call), ...changes };
    register.touch(rule.id);
    setRules(
      call,
      found(call).rules.map((other) => (other.id === rule.id ? rule : other)),
    );
    return rule;
  };
  const setStatus = (call: Call, status: Status) => {
    const policy = found(call);
    if (policy.system) throw notAllowedNow('The policy of the system cannot be changed');
    policies.change(policy.id, { status });
    call.log(
      status === 'ACTIVE' ? 'policy.lifecycle.activate' : 'policy.lifecycle.deactivate',
      partyOf('PolicyEntity', policy),
    );
    return NO_CONTENT;
  };
  const setRuleStatus = (call: Call, status: Status) => {
    if (foundRule(call).system) throw notAllowedNow('The catch-all rule cannot be deactivated');
    const rule = changeRule(call, { status });
    call.log(status === 'ACTIVE' ? 'policy.rule.activate' : 'policy.rule.deactivate', partyOf('PolicyRule', rule));
    return NO_CONTENT;
  };

  return {
    'GET /policies': list(['type', 'status', 'q'], (call) => {
      const [type, status, q] = [call.query('type'), call.query('status'), call.query('q')?.toLowerCase()];
      if (type !== 'ACCESS_POLICY')
        throw invalid('type', `The local Okta only has policies of the type ACCESS_POLICY, not ${type}`);
      const fits = (policy: AuthenticationPolicy) =>
        (status === undefined || policy.status === status) &&
        (q === undefined || policy.name.toLowerCase().startsWith(q));
      return call.page(policies.all().filter(fits), show(call), 100, 20);
    }),
    'POST /policies': withQuery(['activate'], (call) => {
      const status = call.flag('activate', true) ? 'ACTIVE' : 'INACTIVE';
      const { id } = organization.addAuthenticationPolicy({ ...given(call), system: false });
      const policy = policies.change(id, { status });
      call.log('policy.lifecycle.create', partyOf('PolicyEntity', policy));
      return ok(show(call)(policy));
    }),
    'GET /policies/{policyId}': (call) => ok(show(call)(found(call))),
    'PUT /policies/{policyId}': (call) => {
      const policy = policies.change(found(call).id, given(call, found(call)));
      call.log('policy.lifecycle.update', partyOf('PolicyEntity', policy));
      return ok(show(call)(policy));
    },
    'DELETE /policies/{policyId}': (call) => {
      const policy = found(call);
      if (policy.system) throw notAllowedNow('The policy of the system cannot be deleted');
      if (users(policy).length > 0) throw invalid('policy', 'This policy is assigned to an application');
      policies.remove(policy.id);
      call.log('policy.lifecycle.delete', partyOf('PolicyEntity', policy));
      return NO_CONTENT;
    },
    'POST /policies/{policyId}/lifecycle/activate': (call) => setStatus(call, 'ACTIVE'),
    'POST /policies/{policyId}/lifecycle/deactivate': (call) => setStatus(call, 'INACTIVE'),
    'GET /policies/{policyId}/app': (call) => ok(users(found(call)).map((app) => showApp(organization, call, app))),
    'GET /policies/{policyId}/mappings': (call) =>
      ok(
        users(found(call)).map(({ id }) => ({
          id: `mapping ${id}`,
          _links: { application: call.link(`/apps/${id}`) },
        })),
      ),
    'GET /policies/{policyId}/rules': list([], (call) => call.page(found(call).rules, showRule(call))),
    'POST /policies/{policyId}/rules': withQuery(['activate'], (call) => {
      const status = call.flag('activate', true) ? 'ACTIVE' : 'INACTIVE';
      const { name, priority, conditions, actions } = call.input(RULE);
      const others = found(call).rules;
      const rule: AuthenticationRule = {
        ...{ id: register.newId('rul'), name, status, system: false, conditions, actions },
        priority: priority ?? others.length - 1,
      };
      register.touch(rule.id);
      setRules(call, [...others, rule]);
      call.log('policy.rule.add', partyOf('PolicyRule', rule), partyOf('PolicyEntity', found(call)));
      return ok(showRule(call)(rule));
    }),
    'GET /policies/{policyId}/rules/{ruleId}': (call) => ok(showRule(call)(foundRule(call))),
    'PUT /policies/{policyId}/rules/{ruleId}': (call) => {
      const { name, priority, conditions, actions } = call.input(RULE);
      const { system, priority: before } = foundRule(call);
      const rule = changeRule(call, { name, conditions, actions, priority: system ? before : (priority ?? before) });
      call.log('policy.rule.update', partyOf('PolicyRule', rule), partyOf('PolicyEntity', found(call)));
      return ok(showRule(call)(rule));
    },
    'DELETE /policies/{policyId}/rules/{ruleId}': (call) => {
      const rule = foundRule(call);
      if (rule.system) throw notAllowedNow('The catch-all rule cannot be deleted');
      setRules(
        call,
        found(call).rules.filter(({ id }) => id !== rule.id),
      );
      call.log('policy.rule.delete', partyOf('PolicyRule', rule), partyOf('PolicyEntity', found(call)));
      return NO_CONTENT;
    },
    'POST /policies/{policyId}/rules/{ruleId}/lifecycle/activate': (call) => setRuleStatus(call, 'ACTIVE'),
    'POST /policies/{policyId}/rules/{ruleId}/lifecycle/deactivate': (call) => setRuleStatus(call, 'INACTIVE'),
  };
}

function showPolicy(organization: Organization, call: Call, policy: AuthenticationPolicy): unknown {
  const { id, name, description, status, system } = policy;
  return {
    // Okta returns the priority 1 for each of these policies.
    ...{ type: 'ACCESS_POLICY', id, status, name, description, priority: 1, system, conditions: null },
    ...dates(organization, id),
    _links: { self: call.link(`/policies/${id}`), rules: call.link(`/policies/${id}/rules`) },
  };
}

function showPolicyRule(organization: Organization, call: Call, rule: AuthenticationRule): unknown {
  return {
    ...{ type: 'ACCESS_POLICY', ...rule, ...dates(organization, rule.id) },
    _links: { self: call.link(`/policies/${call.path('policyId')}/rules/${rule.id}`) },
  };
}
