import { rulesCover } from '../../../rbac/rules-cover';
import type { ParsedFile } from '../../file/parsed-file';
import { ACCEPT_EFFECTS } from './accept-effects';
import { always, type EffectsOf, neutral, replaces, type Teller, text, widens } from './effect';

type Rules = ParsedFile['roles'][string]['rules'];

/** Rows say what a role that is granted allows more or less. */
const rules: Teller<Rules> = (old = [], now = [], { before, after, segments }) => {
  if (now.every((rule) => rulesCover(old, rule)) && old.every((rule) => rulesCover(now, rule))) {
    return neutral('The rules are written differently and allow the same');
  }
  if (now.some((rule) => losesNames(rule, old))) {
    return widens('A rule that was for named objects is for all of them; gains say who has the role');
  }
  const isGranted = [before, after].some(({ placements }) => placements.some(({ role }) => role === segments[1]));
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
      if (old === undefined) return neutral('The file defines a role; gains say who has it');
      return now === undefined ? neutral('The file no longer defines a role; losses say who had it') : undefined;
    },
    keys: {
      scope: always(
        replaces('Terraform replaces the role and its bindings, so access by it is unavailable for a moment'),
      ),
      description: text('The description of the role'),
      accept: ACCEPT_EFFECTS,
      rules,
    },
  },
};
