import type { Credentials } from './client';
import { ELSEWHERE, KUBE_SYSTEM, type PlayingField } from './playing-field';
import { FOR_A_MOMENT, IN_A_NAMESPACE, ON_THE_CLUSTER } from './techniques';

/** Somebody as whom the attacker sends requests. */
export interface Identity {
  /** The user name, with groups that were chosen. */
  readonly name: string;
  readonly credentials: Credentials;
  /** Roles of which the attacker knows that they are bound to it. */
  readonly roles: readonly OwnRole[];
  /** Namespaces in which the attacker makes every attempt. */
  readonly namespaces: readonly string[];
  /** Admission policies that stop the attacker in a namespace, each with a binding of the same name. */
  readonly guards: readonly { readonly name: string; readonly namespace: string }[];
  /** Whether the cluster lets in whom the ConfigMap aws-auth names. */
  readonly readsAwsAuth: boolean;
}

export interface OwnRole {
  readonly name: string;
  readonly kind: 'ClusterRole' | 'Role';
  /** Where it is bound; null for the whole cluster. */
  readonly namespace: string | null;
}

/** What an attempt gained. */
export interface Gain {
  /** The step, in the words of the table of steps. */
  readonly does: string;
  /** `more` is more for the same identity. */
  readonly to: 'cluster-admin' | 'node' | 'more' | Identity;
}

/** What a technique knows. */
export interface Attempt {
  readonly field: PlayingField;
  readonly me: Identity;
  readonly send: (...request: SendArguments) => ReturnType<PlayingField['client']['send']>;
  /** Names of objects in the attacker's own rules, which everybody may ask for. */
  readonly names: (namespace: string) => Promise<readonly string[]>;
  /** The credentials of a service account. */
  readonly serviceAccount: (namespace: string, name: string, credentials: Credentials) => Identity;
  readonly user: (name: string, credentials: Credentials) => Identity;
}

type Sender = PlayingField['client']['send'];
type SendArguments = Sender extends (who: Credentials, ...rest: infer Rest) => unknown ? Rest : never;

/** What an attacker reached, from one start. */
export interface Reached {
  /** Steps that succeeded, of whomever the attacker became. */
  readonly walked: ReadonlySet<string>;
  readonly isClusterAdmin: boolean;
  readonly isNode: boolean;
  /** Namespaces of which the attacker became a service account. */
  readonly serviceAccountsOf: ReadonlySet<string>;
}

const EVERYTHING = { verb: '*', group: '*', resource: '*' };

/** An attacker who makes every attempt as everybody whom the attempts before gave. */
export function attacker(field: PlayingField): (start: Identity) => Promise<Reached> {
  const known = new Map<string, Promise<readonly Gain[]>>();

  /** What is gained in one step. It is the same whoever became that identity. */
  const gainsOf = (identity: Identity): Promise<readonly Gain[]> => {
    const { impersonated, certificate } = identity.credentials;
    const key = `${identity.name} by ${impersonated ? 'impersonation' : certificate ? 'certificate' : 'token'}`;
    // One after the other for one user, because what it gives itself for a moment counts for both.
    const gains = known.get(key) ?? field.alone(identity.name, () => attempts(field, identity));
    known.set(key, gains);
    return gains;
  };

  return async (start) => {
    const seen = new Set([start.name]);
    const walked = new Set<string>();
    const targets = new Set<Gain['to']>();
    const serviceAccountsOf = new Set<string>();
    let wave: readonly Identity[] = [start];
    while (wave.length > 0) {
      const gains = (await Promise.all(wave.map(gainsOf))).flat();
      const next: Identity[] = [];
      for (const { does, to } of gains) {
        walked.add(does);
        targets.add(to);
        if (typeof to === 'string') continue;
        const [, namespace] = /^system:serviceaccount:([^:]+):/.exec(to.name) ?? [];
        if (namespace !== undefined) serviceAccountsOf.add(namespace);
        if (seen.has(to.name)) continue;
        seen.add(to.name);
        next.push(to);
      }
      wave = next;
    }
    const isClusterAdmin = targets.has('cluster-admin');
    // Whoever may do everything runs a privileged pod.
    return { walked, isClusterAdmin, isNode: isClusterAdmin || targets.has('node'), serviceAccountsOf };
  };
}

/** Makes every attempt, and again after each that gave the identity more. */
async function attempts(field: PlayingField, me: Identity): Promise<readonly Gain[]> {
  let gains: readonly Gain[] = [];
  for (;;) {
    if (await field.isAllowed(me.credentials, EVERYTHING)) {
      return [...gains, { does: 'has it already', to: 'cluster-admin' }];
    }
    const attempt = newAttempt(field, me);
    const found = await Promise.all([
      ...ON_THE_CLUSTER.map((technique) => technique(attempt)),
      ...me.namespaces.flatMap((place) => IN_A_NAMESPACE.map((technique) => technique(attempt, place))),
    ]);
    for (const technique of FOR_A_MOMENT) found.push(await technique(attempt));
    const more = found.flat().filter((gain) => !gains.some((old) => old.does === gain.does && isSame(old.to, gain.to)));
    gains = [...gains, ...more];
    if (!more.some(({ to }) => to === 'more')) return gains;
  }
}

function newAttempt(field: PlayingField, me: Identity): Attempt {
  const send: Attempt['send'] = (...request) => field.client.send(me.credentials, ...request);
  const asked = new Map<string, Promise<readonly string[]>>();
  const ask = async (namespace: string) => {
    const path = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';
    const { body } = await send('POST', path, { spec: { namespace } });
    const rules: readonly { resourceNames?: readonly string[] }[] = body.status?.resourceRules ?? [];
    return [...new Set(rules.flatMap(({ resourceNames = [] }) => resourceNames))];
  };
  return {
    ...{ field, me, send },
    names(namespace) {
      const names = asked.get(namespace) ?? ask(namespace);
      asked.set(namespace, names);
      return names;
    },
    serviceAccount: (namespace, name, credentials) => ({
      ...{ credentials, guards: [], readsAwsAuth: false },
      name: `system:serviceaccount:${namespace}:${name}`,
      roles: [{ name: `system:controller:${name}`, kind: 'ClusterRole', namespace: null }],
      namespaces: [...new Set([namespace, KUBE_SYSTEM, ELSEWHERE])],
    }),
    user: (name, credentials) => ({
      ...{ name, credentials, roles: [], guards: [], readsAwsAuth: false },
      namespaces: [KUBE_SYSTEM, ELSEWHERE],
    }),
  };
}

function isSame(a: Gain['to'], b: Gain['to']): boolean {
  return typeof a === 'string' || typeof b === 'string' ? a === b : a.name === b.name;
}
