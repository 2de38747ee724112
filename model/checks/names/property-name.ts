import { type Finding, shown } from '../../../constraints/finding';
import type { Check } from '../check';
import { findingsInTexts } from '../every-text';

/** No text of the file is the name of a property that every object of JavaScript has. */
export const propertyName: Check = {
  name: 'property-name',
  severity: 'error',
  reason:
    'The libraries that write the stacks look names up in objects, and would find a property of JavaScript instead.',
  fix: 'Choose another name, such as one with a prefix.',
  source: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Object',
  requires: [],
  find: (access) => findingsInTexts(access, propertyFinding),
};

function propertyFinding(text: string): Finding | undefined {
  if (!Object.hasOwn(Object.prototype, text)) return undefined;
  return {
    message: 'Every object of JavaScript has a property of this name.',
    given: shown(text),
    allowed: 'any other text',
    fix: 'Choose another name, such as one with a prefix.',
  };
}
