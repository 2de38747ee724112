import type { Access } from '../../model';
import type { SignInApp } from '../../model/derived/sign-in-apps';
import type { GroupPreview } from '../../model/review/token-preview';
import type { DemoPerson } from '../okta/demo-people';
import type { Group, User } from '../okta/objects';
import type { Organization } from '../okta/organization';

export interface GroupPreviewProps {
  readonly access: Access;
  readonly organization: Organization;
  readonly user: User;
  /** The person in the people file. @default - not there */
  readonly listed?: DemoPerson;
  readonly app: SignInApp;
  /** The claims of the token. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Whether the claim has more groups than Okta puts into a token. */
  readonly tooMany: boolean;
}

/** The groups with a grant on the clusters of an app: whether the token has them, and why not. */
export function groupPreviews(props: GroupPreviewProps): readonly GroupPreview[] {
  const { access, organization, user, app, claims } = props;
  const value = claims[access.groupsClaim.name];
  const inToken = new Set(Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : []);
  const memberships = organization.groupsOf(user.id);
  return app.groups.map((group) => {
    const member = memberships.find(({ name }) => name === group);
    if (member === undefined) {
      if (!inToken.has(group)) return { group, ...notMember(group, props) };
      return { group, inToken: true, because: 'Not a member, but the claim has this text all the same.' };
    }
    if (inToken.has(group)) return { group, inToken: true, because: membershipWords(group, props) };
    return {
      group,
      inToken: false,
      because: `${membershipWords(group, props)} ${missingWords(member, props, inToken)}`,
    };
  });
}

function notMember(group: string, { access, user, listed }: GroupPreviewProps): Omit<GroupPreview, 'group'> {
  const { logins, rule } = access.groups[group] ?? {};
  if (logins !== undefined) {
    return { inToken: false, because: `Not a member: groups.${group}.logins does not list ${user.login}.` };
  }
  if (rule !== undefined) {
    return listed?.profile === undefined
      ? {
          inToken: null,
          because: `Not known: the rule ${rule} reads the profile. A people file can have it: --people.`,
        }
      : { inToken: false, because: `Not a member: the rule ${rule} is not true for the profile.` };
  }
  return listed === undefined
    ? { inToken: null, because: 'Not known: people are put in from elsewhere. A people file can say so: --people.' }
    : { inToken: false, because: 'Not a member: the people file does not say so.' };
}

function membershipWords(group: string, { access, user }: GroupPreviewProps): string {
  const { logins, rule } = access.groups[group] ?? {};
  if (logins !== undefined) return `Member: groups.${group}.logins lists ${user.login}.`;
  if (rule !== undefined) return `Member: the rule ${rule}.`;
  return 'Member by the people file.';
}

function missingWords(
  { name, type }: Group,
  { access, tooMany }: GroupPreviewProps,
  inToken: ReadonlySet<string>,
): string {
  if (tooMany) return 'But the claim has more groups than Okta puts into a token (100).';
  const { groupsClaim } = access;
  if ('expression' in groupsClaim) return `But the expression ${groupsClaim.expression} does not return it.`;
  if (type === 'APP_GROUP')
    return 'But a directory or an app owns it, and a filter lets only groups of Okta pass: use groupsClaim.expression.';
  const other = [...inToken].find((text) => text.toLowerCase() === name.toLowerCase());
  if (other !== undefined) return `But the token has it as '${other}'. Kubernetes compares case.`;
  const filter =
    'matches' in groupsClaim
      ? `matches ${groupsClaim.matches}`
      : `startsWith ${[groupsClaim.startsWith].flat().join(' or ')}`;
  return `But the filter (groupsClaim ${filter}) does not let it pass.`;
}
