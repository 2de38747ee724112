import type { ParsedFile } from '../../file/parsed-file';
import {
  always,
  type EffectsOf,
  flag,
  members,
  narrows,
  neutral,
  replaces,
  type Teller,
  type Told,
  together,
  widens,
} from './effect';
import { PRICE_OF_NAMESPACE } from './prices';

type Settings = ParsedFile['namespaces'][string];

/**
 * The Pod Security Standards by strictness. Without one, the cluster decides; the default of Kubernetes is `privileged`.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
const STRICTNESS = { privileged: 0, none: 1, baseline: 2, restricted: 3 };

/** Tells another Pod Security Standard of a namespace; undefined for none. */
export function podSecurity(old: string | undefined, now: string | undefined): Told {
  return strictness(now) > strictness(old)
    ? narrows('The namespace refuses pods that it admitted')
    : widens('The namespace admits pods that it refused; a privileged pod has the rights of its node');
}

/** A level that Kubernetes does not know refuses nothing. */
function strictness(level = 'none'): number {
  return Object.hasOwn(STRICTNESS, level) ? STRICTNESS[level as keyof typeof STRICTNESS] : STRICTNESS.privileged;
}

export const NAMESPACES_EFFECTS: EffectsOf<ParsedFile['namespaces']> = {
  each: {
    missing: { create: false, denyIngress: false, allowIngressFrom: [] },
    keys: {
      create: flag(neutral('Terraform creates the namespace, which fails if it exists'), replaces(PRICE_OF_NAMESPACE)),
      holds: always(
        neutral('The file declares what the service accounts hold, which decides the paths that are certain'),
      ),
      podSecurity,
      denyIngress: flag(
        narrows('Only traffic of allowIngressFrom reaches the pods'),
        widens('Every pod of the cluster reaches the pods of the namespace'),
      ),
      allowIngressFrom: members(
        widens('More traffic reaches the pods of the namespace'),
        narrows('Less traffic reaches the pods of the namespace'),
      ),
      quota: {
        each: (old, now) =>
          now === undefined
            ? widens('The namespace has no limit of this resource')
            : old === undefined
              ? narrows('The namespace has a limit of this resource')
              : widens('The namespace has another limit of this resource, which may be higher'),
      },
    },
  },
};

/** Whether settings limit what runs in a namespace, or what reaches it. */
function isSet(settings: Settings | undefined): boolean {
  return settings?.podSecurity !== undefined || settings?.denyIngress === true || settings?.quota !== undefined;
}

/**
 * The namespaces of a cluster, those that its grants name included: each has its settings in `namespaces` there, which
 * Terraform removes when the cluster no longer has the namespace.
 */
export const namespacesOfCluster: Teller<readonly string[]> = (old = [], now = [], { before, after, segments }) => {
  const settingsOf = (name: string, { namespaces }: Pick<ParsedFile, 'namespaces'>) =>
    Object.hasOwn(namespaces, name) ? namespaces[name] : undefined;
  const removed = old.filter((name) => !now.includes(name)).map((name) => settingsOf(name, before));
  const deleted = removed.some((settings) => settings?.create);
  const opened = removed.some(isSet);
  const limited = now.some((name) => !old.includes(name) && isSet(settingsOf(name, after)));
  const told = together([
    ...(deleted
      ? [replaces('Terraform deletes a namespace of this cluster that it created, with everything in it')]
      : []),
    ...(opened
      ? [widens('The pod security, ingress rules, and quota of the file no longer hold in a namespace of this cluster')]
      : []),
    ...(limited ? [narrows('The settings of the file hold in more namespaces of this cluster')] : []),
  ]);
  // Losses and gains tell which namespaces grants name.
  const [listed, listedNow] = [before, after].map(({ clusters }) => clusters[String(segments[1])]?.settings.namespaces);
  const isListed = JSON.stringify(listed) !== JSON.stringify(listedNow);
  return told ?? (isListed ? neutral('The file sets nothing for these namespaces') : undefined);
};
