import { compare } from '../../constraints/compare';
import type { Grant, ParsedFile } from '../file/parsed-file';

/** What somebody accepts: names of sensitive permissions and boundaries, each with its reason. */
export type Accepted = Readonly<Record<string, string>>;

/**
 * What a grant and its role accept; the reason of the grant wins. Equal results are one frozen object: a fleet has 100 000
 * grants and few reasons.
 * @param roles the roles of the file, without acceptances that have expired.
 */
export function acceptedByGrant({ roles }: Pick<ParsedFile, 'roles'>): (grant: Grant) => Accepted {
  const known = new Map<string, Accepted>();
  return ({ role, accept }) => {
    const ofRole = Object.hasOwn(roles, role) ? roles[role]?.accept : undefined;
    const reasons = Object.entries({ ...ofRole, ...accept })
      .map(([name, acceptance]) => [name, typeof acceptance === 'string' ? acceptance : acceptance.reason] as const)
      .sort(([a], [b]) => compare(a, b));
    const identity = JSON.stringify(reasons);
    const accepted = known.get(identity) ?? Object.freeze(Object.fromEntries(reasons));
    known.set(identity, accepted);
    return accepted;
  };
}
