import type { Construct } from 'constructs';
import { type NamedKind, nameFinding } from '../constraints/name-limits';
import { unlessToken, validateFindings } from './validate-findings';

/** Checks a name against the limits of its service when the app is validated. */
export function validateName(construct: Construct, kind: NamedKind, name: string): void {
  validateFindings(construct, () => [unlessToken(name, (text) => nameFinding(kind, text))]);
}
