import type { ParsedFile } from '../../file/parsed-file';
import { type EffectsOf, flag, narrows, neutral, replaces, type Teller, type Told, together, widens } from './effect';
import { PRICE_OF_NAMESPACE } from './prices';

type Settings = ParsedFile['namespaces'][string];

/**
 * The Pod Security Standards by strictness. Without one, the cluster decides; the default of Kubernetes is `privileged`.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
const STRICTNESS = { privileged: 0, none: 1, baseline: 2, restricted: 3 };

/** Tells another Pod Security Standard of a namespace; undefined for none. */
export function podSecurity(old: string | undefined, now: string | undefined): Told {
  if (old === 'privileged' && strictness(now) === STRICTNESS.none) {
    return neutral('The default of the cluster decides, which is privileged unless somebody changed it');
  }
  return strictness(now) > strictness(old)
    ? narrows('The namespace refuses pods that it admitted')
    : widens('The namespace admits pods that it refused; a privileged pod has the rights of its node');
}

/** A level that Kubernetes does not know refuses nothing. */
function strictness(level = 'none'): number {
  return Object.hasOwn(STRICTNESS, level) ? STRICTNESS[level as keyof typeof STRICTNESS] : STRICTNESS.privileged;
}

type Source = Settings['allowIngressFrom'][number];

/** Whether a source of traffic includes another one. */
function includes(source: Source, other: Source): boolean {
  return (
    source.namespace === other.namespace &&
    (source.port === undefined || source.port === other.port) &&
    Object.entries(source.podLabels ?? {}).every(([name, value]) => other.podLabels?.[name] === value)
  );
}

/**
 * The traffic that reaches the pods; undefined for all. A policy that allows something isolates the pods, also without
 * `denyIngress`.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
 */
function sourcesOf(settings: Settings | undefined): readonly Source[] | undefined {
  const { denyIngress = false, allowIngressFrom = [] } = settings ?? {};
  return denyIngress || allowIngressFrom.length > 0 ? allowIngressFrom : undefined;
}

const ingress: Teller<unknown, Settings> = (_old, _now, { parents: [earlier, current] }) => {
  const [old, now] = [sourcesOf(earlier), sourcesOf(current)];
  const same = neutral('The same traffic reaches the pods of the namespace');
  if (old === undefined && now === undefined) return same;
  if (old === undefined) return narrows('Only traffic of allowIngressFrom reaches the pods of the namespace');
  if (now === undefined) return widens('Every pod of the cluster reaches the pods of the namespace');
  const without = (sources: readonly Source[], others: readonly Source[]) =>
    sources.filter((source) => !others.some((other) => includes(other, source)));
  return (
    together([
      ...(without(now, old).length > 0 ? [widens('Traffic reaches the pods of the namespace that did not')] : []),
      ...(without(old, now).length > 0 ? [narrows('Traffic no longer reaches the pods of the namespace')] : []),
    ]) ?? same
  );
};

/** The suffixes of a quantity, as powers of ten or of two. @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** The number of a quantity, such as 0.5 for `500m`. */
function amountOf(quantity: string): number {
  const [, digits, suffix = ''] = /^([\d.]+)(.*)$/.exec(quantity) ?? [];
  if (/^[eE][+-]?\d/.test(suffix)) return Number(quantity);
  const binary = BINARY.indexOf(suffix);
  return Number(digits) * (binary > 0 ? 1024 ** binary : 1000 ** (DECIMAL.indexOf(suffix) - DECIMAL.indexOf('')));
}

const limit: Teller<string> = (old, now) => {
  if (now === undefined) return widens('The namespace has no limit of this resource');
  if (old === undefined) return narrows('The namespace has a limit of this resource');
  const [earlier, current] = [amountOf(old), amountOf(now)];
  if (current === earlier) return neutral('The limit stays the same');
  return current > earlier ? widens('The limit is higher') : narrows('The limit is lower');
};

type Holds = NonNullable<Settings['holds']>;

/** What service accounts hold, without the reasons. */
function held(holds: Holds | undefined): string {
  return JSON.stringify(holds?.map((item) => (typeof item === 'string' ? item : item.awsRole)).sort());
}

const holds: Teller<Holds> = (old, now) =>
  held(old) === held(now)
    ? REASON
    : neutral('The file declares what the service accounts hold, which decides the paths that are certain');

const REASON: Told = { ...neutral('The reason changes, and nothing else'), isText: true };

const create: Teller<boolean, Settings> = (_, now, { parents: [, settings] }) => {
  if (now) return neutral('Terraform creates the namespace, which fails if it exists');
  // The key handOver tells it.
  return settings?.handOver ? undefined : replaces(PRICE_OF_NAMESPACE);
};

export const NAMESPACES_EFFECTS: EffectsOf<ParsedFile['namespaces']> = {
  each: {
    missing: { create: false, handOver: false, denyIngress: false, allowIngressFrom: [] },
    keys: {
      create,
      handOver: flag(
        neutral('Terraform forgets the namespace that it created, instead of deleting it'),
        neutral('Terraform no longer forgets the namespace, which it has done in the deployment before'),
      ),
      holds,
      podSecurity,
      denyIngress: ingress,
      allowIngressFrom: ingress,
      quota: { each: limit },
    },
  },
};

/** Whether settings limit what runs in a namespace, or what reaches it. */
function isSet(settings: Settings | undefined): boolean {
  return settings?.podSecurity !== undefined || sourcesOf(settings) !== undefined || settings?.quota !== undefined;
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
