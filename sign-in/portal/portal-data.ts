import * as z from 'zod';
import { type SignInData, signInData } from '../sign-in-data';

/**
 * What a portal says about an organization, for its page and for `kubeconfig --portal`. Whoever reads it may have it from
 * anywhere, so it is data only: no command, no argument, no path, and no HTML. Each text that many clusters share is there
 * once, and numbers are positions in the lists.
 */
export type PortalData = z.output<typeof portalData>;

/** A cluster of a portal. */
export type PortalCluster = PortalData['clusters'][number];

/** Longest text of a portal, in UTF-16 code units; longer ones are cut. */
export const LONGEST_TEXT = 1000;

const text = z.string().min(1).max(LONGEST_TEXT);
const day = z.iso.date();
const minutes = z.int().positive();
const position = z.int().min(0);

const app = signInData.shape.apps.element;
const cluster = signInData.shape.clusters.element;

const allowance = z.strictObject({
  /** What a person may do, such as `see` or `run commands in`. */
  does: z.array(text).min(1),
  /** The verbs of Kubernetes behind it. */
  verbs: z.array(text).min(1),
  /** What a person may do it with, such as `Deployments`, the common ones first. */
  things: z.array(text).min(1),
});

const role = z.strictObject({
  name: text,
  description: text.nullable(),
  /** Empty if it allows nothing, or if nobody knows what it allows; a note then says so. */
  allows: z.array(allowance),
  /** What the role allows beyond that, or less. */
  notes: z.array(text),
});

const access = z.strictObject({
  /** Position in `groups`. */
  group: position,
  /** Position in `roles`. */
  role: position,
  /** Positions in `clusters`. */
  clusters: z.array(position).min(1),
  /** Namespaces; null for the whole cluster. */
  namespaces: z.array(text).min(1).nullable(),
  /** Last day; null if it does not end. */
  until: day.nullable(),
  /** What the guards of these clusters refuse all the same. */
  refused: z.array(text),
});

/** The schema of a portal's data, in its first version. */
export const portalData = z
  .strictObject({
    schemaVersion: z.literal(1),
    /** Host name of the Okta organization. */
    organization: text,
    /** Day for which the access file was read, in UTC. */
    day,
    /** The exact issuer of the ID tokens; null if it is not known yet. */
    issuerUrl: signInData.shape.issuerUrl.nullable(),
    /** Sign-in apps; the client ID is null if it is not known yet. */
    apps: z.array(app.extend({ clientId: app.shape.clientId.nullable() })),
    clusters: z.array(
      z.strictObject({
        key: cluster.shape.key,
        /** Name in EKS; the key of a cluster outside EKS. */
        name: text,
        kind: z.enum(['eks', 'existing-eks', 'self-managed']),
        /** AWS region; null outside EKS. */
        region: text.nullable(),
        app: cluster.shape.app,
        /** How to reach and recognize the API server; null if it is not known yet. */
        server: cluster.pick({ endpoint: true, certificateAuthority: true }).nullable(),
      }),
    ),
    /** Groups with access. */
    groups: z.array(z.strictObject({ name: text, description: text.nullable() })),
    roles: z.array(role),
    access: z.array(access),
    lifetimes: z.strictObject({
      /** How long an ID token lasts, and so how long access outlives a removal at most. */
      idTokenMinutes: minutes,
      /** How long a person stays signed in, at most and unused; null if a person signs in again for each ID token. */
      refresh: z.strictObject({ lifetimeMinutes: minutes, idleMinutes: minutes }).nullable(),
    }),
    /** What ends within 30 days, the next one first. */
    endsSoon: z.array(z.strictObject({ what: text, expires: day })),
  })
  .superRefine(({ apps, clusters, groups, roles, access }, context) => {
    const unknown = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const names = new Set(apps.map(({ name }) => name));
    for (const [index, { app }] of clusters.entries()) {
      if (!names.has(app)) unknown(['clusters', index, 'app'], 'the name of an app of the list apps');
    }
    if (new Set(clusters.map(({ key }) => key)).size < clusters.length) unknown(['clusters'], 'each key once');
    if (names.size < apps.length) unknown(['apps'], 'each name once');
    for (const [index, row] of access.entries()) {
      if (row.group >= groups.length) unknown(['access', index, 'group'], 'a position in the list groups');
      if (row.role >= roles.length) unknown(['access', index, 'role'], 'a position in the list roles');
      if (row.clusters.some((at) => at >= clusters.length)) {
        unknown(['access', index, 'clusters'], 'positions in the list clusters');
      }
    }
  });

/**
 * What a kubeconfig is built from, with the clusters of a portal of which everything is known; undefined if the issuer is
 * not known yet.
 */
export function signInOf({ issuerUrl, apps, clusters }: PortalData): SignInData | undefined {
  if (issuerUrl === null) return undefined;
  const known = apps.flatMap(({ clientId, ...rest }) => (clientId === null ? [] : [{ ...rest, clientId }]));
  const names = new Set(known.map(({ name }) => name));
  return {
    issuerUrl,
    apps: known,
    clusters: clusters.flatMap(({ key, app: name, server }) =>
      server === null || !names.has(name) ? [] : [{ key, app: name, ...server }],
    ),
  };
}

/** Keys of the clusters on which a group has anything. */
export function clustersOfGroup({ groups, clusters, access }: PortalData, group: string): ReadonlySet<string> {
  const rows = access.filter((row) => groups[row.group]?.name === group);
  return new Set(rows.flatMap((row) => row.clusters.flatMap((at) => clusters[at]?.key ?? [])));
}
