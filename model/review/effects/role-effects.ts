import { rulesCover } from '../../../rbac/rules-cover';
import type { ParsedFile } from '../../file/parsed-file';
import { ACCEPT_EFFECTS } from './accept-effects';
import { always, type EffectsOf, flag, members, narrows, neutral, replaces, type Teller, text, widens } from './effect';

/** Whoever gets the rules of a role with `aggregateTo`. */
const WIDENED = 'everyone who has the roles that it widens, by bindings that are not in the file, too';

type Rules = ParsedFile['roles'][string]['rules'];

/** Rows say what a role that is granted allows more or less. */
const rules: Teller<Rules> = (old = [], now = [], { before, after, segments }) => {
  if (now.every((rule) => rulesCover(old, rule)) && old.every((rule) => rulesCover(now, rule))) {
    return neutral('The rules are written differently and allow the same');
  }
  if (now.some((rule) => losesNames(rule, old))) {
    return widens('A rule that was for named objects is for all of them; gains say who has the role');
  }
  const name = String(segments[1]);
  const isWidening = [before, after].some(({ roles }) => (roles[name]?.aggregateTo.length ?? 0) > 0);
  if (isWidening && now.some((rule) => !rulesCover(old, rule))) return widens(`It gives more rules to ${WIDENED}`);
  if (isWidening) return narrows(`It gives fewer rules to ${WIDENED}`);
  const isGranted = [before, after].some(({ placements }) => placements.some(({ role }) => role === name));
  return isGranted ? undefined : neutral('The rules of a role change that no grant names');
};

/** Whether a rule for all objects replaces one for named objects. */
function losesNames({ resourceNames = [], ...rule }: Rules[number], old: Rules): boolean {
  return (
    resourceNames.length === 0 &&
    !rulesCover(old, rule) &&
    old.some((earlier) => (earlier.resourceNames?.length ?? 0) > 0 && rulesCover([rule], earlier))
  );
}

export const ROLES_EFFECTS: EffectsOf<ParsedFile['roles']> = {
  each: {
    whole: (old, now) => {
      if (old === undefined && now !== undefined && now.aggregateTo.length > 0) {
        return widens(`A new role gives its rules to ${WIDENED}`);
      }
      if (now === undefined && old !== undefined && old.aggregateTo.length > 0) {
        return narrows(`A role that leaves takes its rules from ${WIDENED}`);
      }
      if (old === undefined) return neutral('The file defines a role; gains say who has it');
      return now === undefined ? neutral('The file no longer defines a role; losses say who had it') : undefined;
    },
    keys: {
      scope: always(
        replaces('Terraform replaces the role and its bindings, so access by it is unavailable for a moment'),
      ),
      description: text('The description of the role'),
      existing: flag(
        widens('Terraform deletes the role, and somebody else has to make it, with rules that the file does not know'),
        replaces('Terraform makes the role, which fails while another one with this name exists'),
      ),
      aggregateTo: members(
        widens(`It gives its rules to ${WIDENED}`),
        narrows('It no longer gives its rules to a role of Kubernetes'),
      ),
      accept: ACCEPT_EFFECTS,
      rules,
    },
  },
};
