import { type Finding, shown } from './finding';

interface NameLimit {
  readonly what: string;
  /** Most characters. */
  readonly most: number;
  readonly pattern: RegExp;
  /** The pattern in words. */
  readonly letters: string;
}

// No control characters, and no white space at the ends, which consoles and claims drop or hide.
const VISIBLE = /^(?!\s)[^\p{Cc}]*(?<!\s)$/u;
const VISIBLE_WORDS = 'without control characters and without white space at the ends';

const LIMITS = {
  oktaGroup: { what: 'an Okta group', most: 255, pattern: VISIBLE, letters: VISIBLE_WORDS },
  // The app's name is also that of its access policy, and policies and rules end at 50.
  app: { what: 'an Okta app with its access policy', most: 50, pattern: VISIBLE, letters: VISIBLE_WORDS },
  accessPolicy: { what: 'an Okta access policy', most: 50, pattern: VISIBLE, letters: VISIBLE_WORDS },
  accessRule: { what: 'an Okta access policy rule', most: 50, pattern: VISIBLE, letters: VISIBLE_WORDS },
  // Okta states no limit here: that of its other policies.
  authenticationPolicy: { what: 'an Okta authentication policy', most: 50, pattern: VISIBLE, letters: VISIBLE_WORDS },
  groupRule: { what: 'an Okta group rule', most: 50, pattern: VISIBLE, letters: VISIBLE_WORDS },
  networkZone: { what: 'an Okta network zone', most: 128, pattern: VISIBLE, letters: VISIBLE_WORDS },
  eksCluster: {
    what: 'an EKS cluster',
    most: 100,
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
    letters: 'letters, digits, - and _, the first a letter or digit',
  },
  iamRole: { what: 'an IAM role', most: 64, pattern: /^[\w+=,.@-]+$/, letters: 'letters, digits and +=,.@_-' },
  namespace: {
    what: 'a Kubernetes namespace',
    most: 63,
    pattern: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    letters: 'lower-case letters, digits and -, the first and last a letter or digit',
  },
  requiredClaim: { what: 'a required claim', most: 63, pattern: VISIBLE, letters: VISIBLE_WORDS },
  tagKey: {
    what: 'an AWS tag',
    most: 128,
    pattern: /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+@-]+$/iu,
    letters: 'letters, digits, spaces and _.:/=+-@, not starting with aws:',
  },
} as const satisfies Record<string, NameLimit>;

/** A kind of thing whose name is limited. */
export type NamedKind = keyof typeof LIMITS;

/** What is wrong with a name for the service that keeps it, or undefined. */
export function nameFinding(kind: NamedKind, name: string): Finding | undefined {
  const { what, most, pattern, letters } = LIMITS[kind];
  if (name.length >= 1 && name.length <= most && pattern.test(name)) return undefined;
  return {
    message: `The name of ${what} is beyond the service's limits.`,
    given: `${shown(name)}, ${name.length} characters`,
    allowed: `1 to ${most} characters, ${letters}`,
    fix: name.length > most ? `Shorten it by ${name.length - most}.` : 'Use only these characters.',
  };
}
