import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { type Finding, findingText } from '../constraints/finding';

/**
 * Reports what the constraints find in a construct's props when the app is validated,
 * together with the findings of every other construct.
 */
export function validateFindings(construct: Construct, find: () => readonly (Finding | undefined)[]): void {
  construct.node.addValidation({
    validate: () => find().flatMap((finding) => (finding === undefined ? [] : [findingText(finding)])),
  });
}

/** What a rule finds in a text, unless the text is a token, whose value Terraform will know. */
export function unlessToken(text: string, find: (text: string) => Finding | undefined): Finding | undefined {
  return Token.isUnresolved(text) ? undefined : find(text);
}
