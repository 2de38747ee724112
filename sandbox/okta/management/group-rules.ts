import { z } from 'zod';
import { AccessError } from '../../../constraints/access-error';
import { parseGroupCondition } from '../evaluate-expression';
import type { GroupRule } from '../objects';
import type { Organization } from '../organization';
import { type Answer, type Call, list, NO_CONTENT, ok, type Routes, withQuery } from './call';
import { dates } from './dates';
import type { ManagementWorld } from './management-world';
import { ALREADY_EXISTS, BLANK, invalid, notAllowedNow, notFound } from './okta-error';
import { partyOf } from './parties';
import { groupOf } from './show-group';

/** Okta excludes at most 100 users from a rule. */
const IDS = z.array(z.string()).max(100).default([]);

const INPUT = z.object({
  name: z.string().min(1, BLANK).max(50),
  conditions: z.object({
    expression: z.object({ value: z.string().min(1, BLANK), type: z.literal('urn:okta:expression:1.0') }),
    people: z
      .object({
        users: z.object({ exclude: IDS }).nullish(),
        groups: z.object({ exclude: z.array(z.string()).max(0, 'Groups cannot be excluded').default([]) }).nullish(),
      })
      .nullish(),
  }),
  actions: z.object({ assignUserToGroups: z.object({ groupIds: z.array(z.string()).min(1, BLANK) }) }),
});

/** Rules that add users to groups. */
export function groupRuleRoutes({ organization }: ManagementWorld): Routes {
  const { rules } = organization;
  const found = (call: Call) => {
    const rule = rules.get(call.path('ruleId'));
    if (rule === undefined) throw notFound(call.path('ruleId'), 'GroupRule');
    return rule;
  };
  const show = (rule: GroupRule) => showRule(organization, rule);
  const given = (call: Call, me?: GroupRule) => {
    const { name, conditions, actions } = call.input(INPUT);
    const { groupIds } = actions.assignUserToGroups;
    const excludedUserIds = conditions.people?.users?.exclude ?? [];
    if (rules.find((rule) => rule.name === name && rule.id !== me?.id)) throw invalid('name', ALREADY_EXISTS);
    for (const id of groupIds) {
      const { type } = groupOf(organization, id);
      if (type !== 'OKTA_GROUP')
        throw invalid(
          'actions.assignUserToGroups.groupIds',
          `${id} is a ${type}, and rules only add users to an OKTA_GROUP`,
        );
    }
    for (const id of excludedUserIds) if (organization.users.get(id) === undefined) throw notFound(id, 'User');
    const expression = conditions.expression.value;
    checkExpression('conditions.expression.value', () => parseGroupCondition(expression));
    return { name, expression, groupIds, excludedUserIds };
  };
  const lifecycle = (call: Call, act: (rule: GroupRule) => void): Answer => {
    const rule = found(call);
    if (rule.status === 'INVALID') {
      throw notAllowedNow('Cannot activate or deactivate a Group Rule with the status INVALID');
    }
    act(rule);
    return NO_CONTENT;
  };

  return {
    'GET /groups/rules': list(['search'], (call) => {
      const search = call.query('search')?.toLowerCase();
      const listed = rules.all().filter(({ name }) => search === undefined || name.toLowerCase().includes(search));
      return call.page(listed, show, 50);
    }),
    // A new rule is inactive.
    'POST /groups/rules': (call) => ok(show(organization.addGroupRule({ ...given(call), status: 'INACTIVE' }))),
    'GET /groups/rules/{ruleId}': withQuery(['expand'], (call) => ok(show(found(call)))),
    'PUT /groups/rules/{ruleId}': (call) => {
      const rule = found(call);
      if (rule.status !== 'INACTIVE') throw invalid('status', 'Only inactive rules can be updated');
      const { groupIds, ...changes } = given(call, rule);
      if ([...groupIds].sort().join() !== [...rule.groupIds].sort().join()) {
        throw invalid('actions.assignUserToGroups.groupIds', 'The groups of a rule cannot be changed');
      }
      return ok(show(rules.change(rule.id, changes)));
    },
    'DELETE /groups/rules/{ruleId}': withQuery(['removeUsers'], (call) => {
      const rule = found(call);
      const removeUsers = call.flag('removeUsers', false);
      if (rule.status === 'ACTIVE') throw notAllowedNow('Only inactive rules can be deleted');
      organization.removeRule(rule.id, removeUsers);
      return { status: 202 };
    }),
    'POST /groups/rules/{ruleId}/lifecycle/activate': (call) =>
      lifecycle(call, ({ id }) => organization.activateRule(id)),
    'POST /groups/rules/{ruleId}/lifecycle/deactivate': (call) =>
      lifecycle(call, (rule) => {
        if (rule.status === 'ACTIVE') organization.deactivateRule(rule.id);
        call.log('group.user_membership.rule.deactivated', partyOf('GroupRule', rule));
      }),
  };
}

/** Refuses an expression that Okta refuses, or that the local Okta does not evaluate. */
export function checkExpression(field: string, parse: () => unknown): void {
  try {
    parse();
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    throw invalid(field, error.message);
  }
}

function showRule(organization: Organization, rule: GroupRule): unknown {
  const { id, name, status, expression, excludedUserIds, groupIds } = rule;
  return {
    ...{ type: 'group_rule', id, status, name, ...dates(organization, id) },
    conditions: {
      people: { users: { exclude: excludedUserIds }, groups: { exclude: [] } },
      expression: { value: expression, type: 'urn:okta:expression:1.0' },
    },
    actions: { assignUserToGroups: { groupIds } },
  };
}
