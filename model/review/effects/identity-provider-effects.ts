import type { IdentityProvider } from '../../derived/identity-providers';
import type { ParsedCluster } from '../../file/parsed-file';
import { type At, type EffectsOf, neutral, replaces, type Teller, type Told, together, widens } from './effect';
import { IDENTITY_PROVIDER_EFFECTS } from './okta-effects';
import { PRICE_OF_ASSOCIATION } from './prices';

const SAME = neutral('The cluster knows people as before: the file says the same');

/** Compares what the identity provider of a cluster is before and after: its own value, or else that of the file. */
function ofCluster<Value>(
  read: (provider: IdentityProvider) => Value,
  tell: Teller<NonNullable<Value>, never>,
): Teller<unknown> {
  return (_old, _now, at) => {
    const [old, now] = [at.before, at.after].map(({ clusters }) => {
      const provider = clusters[String(at.segments[1])]?.identityProvider;
      return provider && (read(provider) ?? undefined);
    });
    return JSON.stringify(old) === JSON.stringify(now) ? SAME : tell(old, now, at as At<never>);
  };
}

type Claims = NonNullable<IdentityProvider['requiredClaims']>;

/** The claims of a cluster replace all those of the file. */
const requiredClaims: Teller<Claims> = (old = {}, now = {}) => {
  const isLost = Object.entries(old).some(([claim, value]) => now[claim] !== value);
  const isNew = Object.keys(now).some((claim) => old[claim] === undefined);
  const told: readonly Told[] = [
    ...(isLost ? [widens(`Tokens without a claim that was required are accepted; ${PRICE_OF_ASSOCIATION}`)] : []),
    ...(isNew ? [replaces(`Tokens without a new claim are refused; ${PRICE_OF_ASSOCIATION}`)] : []),
  ];
  return together(told) ?? SAME;
};

const { keys } = IDENTITY_PROVIDER_EFFECTS;

/** The identity provider of a cluster, which overrides that of the file key by key. */
export const CLUSTER_IDENTITY_PROVIDER_EFFECTS = {
  keys: {
    name: ofCluster(({ name }) => name, keys.name),
    usernameClaim: ofCluster(({ usernameClaim }) => usernameClaim, keys.usernameClaim),
    prefix: {
      keys: {
        username: ofCluster(({ prefix }) => prefix.username, keys.prefix.keys.username),
        groups: ofCluster(({ prefix }) => prefix.groups, keys.prefix.keys.groups),
      },
    },
    requiredClaims: {
      whole: ofCluster((provider) => provider.requiredClaims, requiredClaims),
      // The whole tells them.
      each: () => undefined,
    },
    replaceable: ofCluster(({ replaceable }) => replaceable, keys.replaceable),
  },
} satisfies EffectsOf<ParsedCluster['identityProvider']>;
