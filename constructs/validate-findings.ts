import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { type Finding, findingText } from '../constraints/finding';

/**
 * Reports findings on a construct's props when the app is validated, together with those of every other construct.
 */
export function validateFindings(construct: Construct, find: () => readonly (Finding | undefined)[]): void {
  construct.node.addValidation({
    validate: () => find().flatMap((finding) => (finding === undefined ? [] : [findingText(finding)])),
  });
}

/** Checks a text, unless it is a token: only Terraform knows its value. */
export function unlessToken(text: string, find: (text: string) => Finding | undefined): Finding | undefined {
  return Token.isUnresolved(text) ? undefined : find(text);
}
