import { type Finding, shown } from '../../../constraints/finding';
import type { Check } from '../check';
import { findingsInTexts } from '../every-text';

/** No text of the file is an expression for Terraform, or a token, which cdktf makes one of. */
export const terraformExpression: Check = {
  name: 'terraform-expression',
  severity: 'error',
  reason: 'Terraform evaluates ${ and %{ in every text, and cdktf replaces TfToken[ by an expression.',
  fix: 'Remove ${, %{, and TfToken[ from the text.',
  source: 'https://developer.hashicorp.com/terraform/language/expressions/strings#string-templates',
  requires: [],
  find: (access) => findingsInTexts(access, expressionFinding),
};

/** Whether Terraform or cdktf would evaluate a text. Tokens for lists and maps begin with #{ and &{. */
export function isExpression(text: string): boolean {
  return /[$%]\{|TfToken\[/.test(text);
}

function expressionFinding(text: string): Finding | undefined {
  if (!isExpression(text)) return undefined;
  return {
    message: 'Terraform would evaluate this text as an expression.',
    given: shown(text),
    allowed: 'text without ${, %{, and TfToken[',
    fix: 'Remove the bracket.',
  };
}
