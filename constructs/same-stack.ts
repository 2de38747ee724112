import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Finding } from '../constraints/finding';

/**
 * What is wrong where a construct is in another stack than one that it has to wait for or be replaced with:
 * Terraform takes neither from another stack.
 * @param what what the other construct is, such as `cluster`.
 * @param fix how to have it in this stack.
 */
export function sameStackFinding(
  construct: Construct,
  other: Construct,
  what: string,
  fix: string,
): Finding | undefined {
  const here = TerraformStack.of(construct).node.path;
  const there = TerraformStack.of(other).node.path;
  if (here === there) return undefined;
  return {
    message: `The ${what} is of another stack, and Terraform cannot depend on it from here.`,
    given: `the ${what} of the stack ${there}`,
    allowed: `one of the stack ${here}`,
    fix,
  };
}
