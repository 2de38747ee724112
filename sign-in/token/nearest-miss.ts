import type { Access, Cluster } from '../../model';

/**
 * Groups of a token that are almost a group with a grant on a cluster, in sentences. Kubernetes compares the texts of
 * subjects exactly, so each of them grants nothing.
 * @param groups as the token has them, without prefix.
 */
export function nearestMisses(
  { placements }: Pick<Access, 'placements'>,
  { key, identityProvider: { prefix } }: Cluster,
  groups: readonly string[],
): readonly string[] {
  const granted = new Set(placements.filter(({ cluster }) => cluster === key).map(({ group }) => group));
  const missing = [...granted].filter((group) => !groups.includes(group)).sort();
  return missing.flatMap((group) => {
    const near = groups.find((candidate) => !granted.has(candidate) && looseName(candidate) === looseName(group));
    if (near === undefined) return [];
    return [
      `The token has the group '${near}', which Kubernetes sees as '${prefix.groups}${near}'. The binding wants '${prefix.groups}${group}'. ${causeOf(near, group)}`,
    ];
  });

  /** A name without what people and systems change by mistake: its case, spaces around it, and a prefix. */
  function looseName(name: string): string {
    const lower = name.trim().toLowerCase();
    const own = prefix.groups.toLowerCase();
    return own !== '' && lower.startsWith(own) ? lower.slice(own.length) : lower.replace(/^okta:/, '');
  }
}

function causeOf(near: string, group: string): string {
  if (near.toLowerCase() === group.toLowerCase()) {
    return `Okta ignores case in filters, and Kubernetes does not: rename the group in Okta to '${group}', or write '${near}' in the access file.`;
  }
  return near.trim() === group
    ? 'Remove the spaces from the name of the group in Okta.'
    : 'The prefix is in the token already: remove it from the claim, or from the identity provider of the cluster.';
}
