import { AccessError } from '../../constraints/access-error';
import { type Finding, findingText } from '../../constraints/finding';

/**
 * Refuses what a target cannot express.
 * @throws AccessError with all findings, if there are any.
 */
export function refuse(findings: readonly Finding[]): void {
  if (findings.length > 0) throw new AccessError(findings.map(findingText).join('\n'));
}
