import { isInClaim } from '../../constraints/okta/claim-filter';
import type { OktaGroup, OktaGroupRule } from '../../live/okta/okta-objects';
import type { Access } from '../../model';
import { pathText } from '../../model/file/path';
import { membershipsOf } from '../../model/review/explain';
import type { LivePerson } from './live-person';
import { valueFor } from './profile-expression';

/** Who puts a person into a group, and puts them in again after a removal. */
export type Owner =
  /** A line of the access file. */
  | { readonly kind: 'file'; readonly path: string }
  /** A group rule. */
  | {
      readonly kind: 'rule';
      readonly name: string;
      readonly expression: string;
      /** Path in the access file; null for a rule that it does not have. */
      readonly path: string | null;
      /** Whether the rule selects the person; null if that could not be checked. */
      readonly selects: boolean | null;
      /** Whether the rule leaves the person out, after somebody removed them from the group. */
      readonly excludes: boolean;
    }
  /** A directory or an app from which Okta imports the group. */
  | { readonly kind: 'directory' }
  /** Okta itself, which has everybody in this group. */
  | { readonly kind: 'okta' }
  /** Nobody knows: what could own it could not be read. */
  | { readonly kind: 'unknown' };

/** A person in a group, or what could put them there. */
export interface Membership {
  readonly group: string;
  /** Null if Okta was not asked, or does not have the group among those of the person. */
  readonly groupId: string | null;
  /** Whether the person is in the group; null if that could not be checked. */
  readonly isMember: boolean | null;
  /** Whether the access file has the group. If not, it can have bindings that the file does not know. */
  readonly isInFile: boolean;
  /** Empty for a member whom somebody added by hand. */
  readonly owners: readonly Owner[];
}

/** Whether a membership is removed with `--yes`: nobody puts the person in again. */
export function isRemovable({ isMember, isInFile, owners }: Membership): boolean {
  return isMember === true && isInFile && owners.length === 0;
}

/**
 * The groups of the access file that a person is in or comes into again, and the person's other groups that tokens carry.
 * @param live what Okta knows; undefined if it was not asked.
 */
export function membershipsFor(access: Access, login: string, live: LivePerson | undefined): readonly Membership[] {
  const paths = new Map(membershipsOf(access, login).map(({ group, membership }) => [group, membership]));
  const ofFile = Object.keys(access.groups).flatMap((group) => {
    const path = paths.get(group);
    const membership = live === undefined ? offline(access, group, path) : liveMembership(access, live, group, path);
    return membership.isMember === false && membership.owners.length === 0 ? [] : [membership];
  });
  const others = (live?.groups ?? []).filter(
    ({ type, profile: { name } }) =>
      type !== 'BUILT_IN' && !Object.hasOwn(access.groups, name) && isInClaim(name, access.groupsClaim) !== false,
  );
  return [
    ...ofFile,
    ...others.map((group) => ({
      ...{ group: group.profile.name, groupId: group.id, isMember: true, isInFile: false },
      owners: ownersOf(live as LivePerson, group, undefined, undefined),
    })),
  ];
}

/** What the file alone says about a group. */
function offline(access: Access, group: string, path: string | undefined): Membership {
  const { logins, rule } = access.groups[group] as Access['groups'][string];
  const common = { group, groupId: null, isInFile: true };
  if (path !== undefined) return { ...common, isMember: null, owners: [{ kind: 'file', path }] };
  if (logins !== undefined) return { ...common, isMember: false, owners: [] };
  if (rule === undefined) return { ...common, isMember: null, owners: [{ kind: 'unknown' }] };
  const owner = { kind: 'rule', name: group, expression: rule, selects: null, excludes: false } as const;
  return { ...common, isMember: null, owners: [{ ...owner, path: rulePath(group) }] };
}

function liveMembership(access: Access, live: LivePerson, name: string, path: string | undefined): Membership {
  const { existing, rule } = access.groups[name] as Access['groups'][string];
  const group = live.groups.find(({ id, type, profile }) => {
    // A directory can have a group of the same name as one that Terraform makes.
    if (typeof existing !== 'object') return profile.name === name && (existing || type === 'OKTA_GROUP');
    return 'id' in existing ? id === existing.id : profile.name === name && type === existing.type;
  });
  const common = { group: name, isInFile: true };
  if (group !== undefined) {
    const ruleOfFile = rule === undefined ? undefined : { expression: rule, path: rulePath(name) };
    return { ...common, groupId: group.id, isMember: true, owners: ownersOf(live, group, path, ruleOfFile) };
  }
  // The rule of the file is the one with its expression: the file does not know the ID of the group.
  const excluding = (live.rules ?? []).find(
    (found) => found.conditions?.expression?.value === rule && isExcluded(live, found),
  );
  return {
    ...common,
    groupId: null,
    isMember: false,
    owners: [
      ...(path === undefined ? [] : [{ kind: 'file', path } as const]),
      ...(rule === undefined || excluding === undefined
        ? []
        : [ruleOwner(live, { name: excluding.name, expression: rule, path: rulePath(name), excludes: true })]),
    ],
  };
}

/** Who owns the membership of a person in a group of Okta. */
function ownersOf(
  live: LivePerson,
  { id, type }: OktaGroup,
  path: string | undefined,
  rule: { readonly expression: string; readonly path: string } | undefined,
): readonly Owner[] {
  if (type === 'BUILT_IN') return [{ kind: 'okta' }];
  const rules = (live.rules ?? []).flatMap((found): readonly Owner[] => {
    const { name, status, conditions, actions } = found;
    const expression = conditions?.expression?.value ?? '';
    const isForGroup = actions.assignUserToGroups?.groupIds.includes(id) === true && status === 'ACTIVE';
    // A member whom a rule leaves out is there by another way.
    if (!isForGroup || isExcluded(live, found)) return [];
    const path = rule?.expression === expression ? rule.path : null;
    const owner = ruleOwner(live, { name, expression, path, excludes: false });
    return owner.selects === false ? [] : [owner];
  });
  return [
    ...(path === undefined ? [] : [{ kind: 'file', path } as const]),
    ...rules,
    ...(type === 'APP_GROUP' ? [{ kind: 'directory' } as const] : []),
    ...(live.rules === undefined && path === undefined && type !== 'APP_GROUP' ? [{ kind: 'unknown' } as const] : []),
  ];
}

function isExcluded({ user }: LivePerson, { conditions }: OktaGroupRule): boolean {
  return conditions?.people?.users?.exclude?.includes(user.id) === true;
}

type RuleOwner = Extract<Owner, { kind: 'rule' }>;

function ruleOwner(live: LivePerson, rule: Omit<RuleOwner, 'kind' | 'selects'>): RuleOwner {
  const value = valueFor(rule.expression, live);
  return { kind: 'rule', ...rule, selects: typeof value === 'boolean' ? value : null };
}

function rulePath(group: string): string {
  return pathText(['groups', group, 'rule']);
}
