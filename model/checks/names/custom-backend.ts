import { backendTypeFinding, secretFindings, stackPlaceFinding } from '../../../constraints/custom-backend';
import type { Finding } from '../../../constraints/finding';
import { pathText } from '../../file/path';
import type { Check, PlacedFinding } from '../check';

/** A backend of another type exists in Terraform, keeps each state in a place of its own, and holds no secret. */
export const customBackend: Check = {
  name: 'custom-backend',
  severity: 'error',
  reason:
    'Stacks that share a state destroy what the others made, and the configuration of a backend is written into every stack.',
  fix: 'Use {stack} for the name of the stack, and environment variables for secrets.',
  source: 'https://developer.hashicorp.com/terraform/language/backend',
  requires: [],
  find: ({ backend }) => {
    if (backend === 'local' || !('custom' in backend)) return [];
    const { type, config } = backend.custom;
    const at = (place: readonly (string | number)[], finding: Finding | undefined): readonly PlacedFinding[] =>
      finding === undefined ? [] : [{ ...finding, path: pathText(['backend', 'custom', ...place]) }];
    return [
      ...at(['type'], backendTypeFinding(type)),
      ...at(['config'], stackPlaceFinding(config)),
      ...secretFindings(type, config).flatMap(({ place, finding }) => at(['config', ...place], finding)),
    ];
  },
};
