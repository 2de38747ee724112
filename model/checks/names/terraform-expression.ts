import { shown } from '../../../constraints/finding';
import { settingsOf } from '../../derived/access';
import { pathInside } from '../../file/path';
import type { Check, PlacedFinding } from '../check';

/** No text of the file is an expression for Terraform. */
export const terraformExpression: Check = {
  name: 'terraform-expression',
  severity: 'error',
  reason: 'Terraform evaluates ${ and %{ in every text.',
  fix: 'Remove ${ and %{ from the text.',
  source: 'https://developer.hashicorp.com/terraform/language/expressions/strings#string-templates',
  requires: [],
  find: (access) => [
    ...expressions(settingsOf(access), ''),
    ...access.grants.flatMap((grant) => expressions(grant, grant.path)),
  ],
};

function expressions(value: unknown, path: string): readonly PlacedFinding[] {
  if (typeof value === 'string') return /[$%]\{/.test(value) ? [finding(value, path)] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => expressions(item, pathInside(path, index)));
  return Object.entries(value).flatMap(([key, item]) => {
    const inside = pathInside(path, key);
    return [...expressions(key, inside), ...expressions(item, inside)];
  });
}

function finding(text: string, path: string): PlacedFinding {
  return {
    path,
    message: 'Terraform would evaluate this text as an expression.',
    given: shown(text),
    allowed: 'text without ${ and %{',
    fix: 'Remove the brace.',
  };
}
