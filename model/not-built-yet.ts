import { type Problem, shown } from './finding';
import { pathText } from './path';
import { PRESET_ROLES } from './roles';
import { valuesAt } from './values-at';

interface Unbuilt {
  /** Segments of the place; `*` is any name or index. */
  readonly place: readonly string[];
  /** What the key will do. */
  readonly effect: string;
  /** Whether a value asks for nothing but what is built. */
  readonly isBuilt?: (value: unknown) => boolean;
}

const isFalse = (value: unknown) => value === false;
const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** Keys of the access file whose names are fixed and whose effect does not exist yet. */
const UNBUILT: readonly Unbuilt[] = [
  { place: ['authorizationServer', 'existing'], effect: 'looking up an authorization server', isBuilt: isFalse },
  { place: ['signIn', 'refresh'], effect: 'refresh tokens' },
  { place: ['signIn', 'deviceCode'], effect: 'the device grant', isBuilt: isFalse },
  { place: ['signIn', 'accessTokenMinutes'], effect: 'the lifetime of access tokens' },
  { place: ['signIn', 'authenticationPolicy'], effect: 'an authentication policy' },
  { place: ['groups', '*', 'logins'], effect: 'putting people into a group' },
  { place: ['groups', '*', 'rule'], effect: 'a group rule' },
  { place: ['roles'], effect: "roles of the file's own", isBuilt: isEmpty },
  { place: ['clusters', '*', 'kind'], effect: 'a self-managed cluster', isBuilt: (kind) => kind !== 'self-managed' },
  { place: ['clusters', '*', 'network'], effect: 'a network of your own', isBuilt: (value) => value === 'default-vpc' },
  { place: ['clusters', '*', 'endpoint'], effect: 'access to the endpoint' },
  { place: ['clusters', '*', 'logRetentionDays'], effect: 'log retention' },
  { place: ['clusters', '*', 'secretsKeyArn'], effect: 'encryption of secrets' },
  { place: ['clusters', '*', 'supportType'], effect: 'the support type' },
  { place: ['clusters', '*', 'deletionProtection'], effect: 'deletion protection', isBuilt: isFalse },
  { place: ['clusters', '*', 'namespaces'], effect: 'namespaces' },
  { place: ['clusters', '*', 'guards'], effect: 'guards' },
  { place: ['clusters', '*', 'breakGlass'], effect: 'break-glass access' },
  { place: ['clusters', '*', 'alarms'], effect: 'alarms' },
  { place: ['namespaces'], effect: 'namespaces', isBuilt: isEmpty },
  { place: ['guards'], effect: 'guards' },
  { place: ['clusterDefaults'], effect: 'settings that clusters share' },
  {
    place: ['grants', '*', 'role'],
    effect: 'the presets of roles',
    isBuilt: (role) => !(PRESET_ROLES as readonly unknown[]).includes(role),
  },
  { place: ['grants', '*', 'namespaces'], effect: 'a grant in namespaces' },
  { place: ['grants', '*', 'expires'], effect: 'a grant that expires' },
  { place: ['grants', '*', 'accept'], effect: 'accepting sensitive permissions' },
  { place: ['backend'], effect: 'state elsewhere than on this machine', isBuilt: (value) => value === 'local' },
];

/** A problem with the segments of its place, so that others at the same place can be left out. */
export interface UnbuiltProblem {
  readonly segments: readonly PropertyKey[];
  readonly problem: Problem;
}

/**
 * The keys of a file that would be read and do nothing.
 * @param file the file as written, of any shape.
 */
export function notBuiltYet(file: unknown): readonly UnbuiltProblem[] {
  return UNBUILT.flatMap(({ place, effect, isBuilt }) =>
    valuesAt(file, place)
      .filter(({ value }) => value !== undefined && isBuilt?.(value) !== true)
      .map(({ segments, value }) => ({
        segments,
        problem: {
          path: pathText(segments),
          check: 'not-built-yet',
          message: `This is not built yet: ${effect}. It is refused, because a setting without effect would mislead.`,
          given: shown(value),
          allowed: 'nothing here, until a later version',
          fix: 'Remove it, or use a version that builds it.',
        },
      })),
  );
}
