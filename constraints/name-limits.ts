import { type Finding, shown } from './finding';
import { unicodeFinding } from './unicode-text';

interface NameLimit {
  /** The kind of thing, with its article. */
  readonly thing: string;
  readonly maxLength: number;
  readonly pattern: RegExp;
  /** The pattern in words. */
  readonly characters: string;
}

// Consoles and claims drop or hide control characters and white space at the ends.
const VISIBLE = /^(?!\s)[^\p{Cc}]*(?<!\s)$/u;
const VISIBLE_WORDS = 'without control characters, and without white space at the start or end';

const LIMITS = {
  oktaGroup: { thing: 'an Okta group', maxLength: 255, pattern: VISIBLE, characters: VISIBLE_WORDS },
  // An app's access policy has the same name, and policies and rules have at most 50 characters.
  app: { thing: 'an Okta app and its access policy', maxLength: 50, pattern: VISIBLE, characters: VISIBLE_WORDS },
  accessPolicy: { thing: 'an Okta access policy', maxLength: 50, pattern: VISIBLE, characters: VISIBLE_WORDS },
  accessRule: { thing: 'an Okta access policy rule', maxLength: 50, pattern: VISIBLE, characters: VISIBLE_WORDS },
  // Okta documents no limit; its other policies have this one.
  authenticationPolicy: {
    thing: 'an Okta authentication policy',
    maxLength: 50,
    pattern: VISIBLE,
    characters: VISIBLE_WORDS,
  },
  groupRule: { thing: 'an Okta group rule', maxLength: 50, pattern: VISIBLE, characters: VISIBLE_WORDS },
  networkZone: { thing: 'an Okta network zone', maxLength: 128, pattern: VISIBLE, characters: VISIBLE_WORDS },
  eksCluster: {
    thing: 'an EKS cluster',
    maxLength: 100,
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
    characters: 'letters, digits, - and _, starting with a letter or digit',
  },
  iamRole: { thing: 'an IAM role', maxLength: 64, pattern: /^[\w+=,.@-]+$/, characters: 'letters, digits and +=,.@_-' },
  namespace: {
    thing: 'a Kubernetes namespace',
    maxLength: 63,
    pattern: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    characters: 'lowercase letters, digits and -, starting and ending with a letter or digit',
  },
  requiredClaim: { thing: 'a required claim', maxLength: 63, pattern: VISIBLE, characters: VISIBLE_WORDS },
  tagKey: {
    thing: 'an AWS tag',
    maxLength: 128,
    pattern: /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+@-]+$/iu,
    characters: 'letters, digits, spaces and _.:/=+-@, not starting with aws:',
  },
} as const satisfies Record<string, NameLimit>;

/** A kind of thing with a limited name. */
export type NamedKind = keyof typeof LIMITS;

/** Checks a name against the limits of its service. */
export function nameFinding(kind: NamedKind, name: string): Finding | undefined {
  const { thing, maxLength, pattern, characters } = LIMITS[kind];
  const invalid = unicodeFinding(name);
  if (invalid !== undefined) return invalid;
  if (name.length >= 1 && name.length <= maxLength && pattern.test(name)) return undefined;
  return {
    message: `This is not a valid name for ${thing}.`,
    given: `${shown(name)}, ${name.length} characters`,
    allowed: `1 to ${maxLength} characters, ${characters}`,
    fix: name.length > maxLength ? `Shorten it by ${name.length - maxLength}.` : 'Use only the allowed characters.',
  };
}
