import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Finding } from '../constraints/finding';

/**
 * Checks that a construct is in the stack of another one that it must wait for, or be replaced with: Terraform supports
 * neither across stacks.
 * @param what kind of the other construct, such as `cluster`.
 * @param fix how to get it into this stack.
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
    message: `The ${what} is in another stack, and Terraform cannot depend on it from this one.`,
    given: `the ${what} in the stack ${there}`,
    allowed: `one in the stack ${here}`,
    fix,
  };
}
