import type { App } from 'cdktf';
import { AccessError } from '../constraints/access-error';

/**
 * Runs every validation of every stack. Call it before `app.synth()`, which validates and writes one stack at a time:
 * it would stop at the first stack with an error, after it has written the stacks before.
 * @throws AccessError with every problem and the path of its construct.
 */
export function validateAll(app: App): void {
  const problems = app.node
    .findAll()
    .flatMap((construct) => construct.node.validate().map((problem) => `  ${construct.node.path}\n    ${problem}`));
  if (problems.length > 0) throw new AccessError(problems.join('\n\n'));
}
