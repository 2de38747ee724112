import { type Finding, shown } from '../../../constraints/finding';
import type { Check } from '../check';
import { findingsInTexts } from '../every-text';

/**
 * Texts that no library looks up in an object: they are written as they are. A group, cluster, role, app, namespace, zone,
 * or claim becomes the id of a construct or the name of a member.
 */
const WRITTEN_AS_IS =
  /\.(?:description|reason|rule|(?:verbs|apiGroups|resources|resourceNames|nonResourceURLs)\[\d+\])$/;

/** No name in the file is that of a property that every object of JavaScript has. */
export const propertyName: Check = {
  name: 'property-name',
  severity: 'error',
  reason:
    'The libraries that write the stacks look names up in objects, and would find a property of JavaScript instead.',
  fix: 'Choose another name, such as one with a prefix.',
  source: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Object',
  requires: [],
  find: (access) => findingsInTexts(access, propertyFinding).filter(({ path }) => !WRITTEN_AS_IS.test(path)),
};

function propertyFinding(text: string): Finding | undefined {
  if (!Object.hasOwn(Object.prototype, text)) return undefined;
  return {
    message: 'Every object of JavaScript has a property of this name.',
    given: shown(text),
    allowed: 'any other name',
    fix: 'Choose another name, such as one with a prefix.',
  };
}
