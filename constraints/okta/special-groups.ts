import { type Finding, shown } from '../finding';

/** The group of Okta that contains every user. It exists in each organization, and has no other members. */
export const EVERYONE = 'Everyone';

/** Checks the name of a group that Terraform is to make. */
export function everyoneFinding(name: string): Finding | undefined {
  if (name !== EVERYONE) return undefined;
  return {
    message: 'Each organization has this group already, and Okta makes no second one.',
    given: shown(name),
    allowed: 'any other name, or existing: true',
    fix: 'Set existing: true.',
    source: 'https://help.okta.com/en-us/content/topics/users-groups-profiles/usgp-main.htm',
  };
}

/** Checks whether a group that is looked up looks like one of a directory, such as `CN=EKS Admins,OU=Groups,DC=example`. */
export function directoryNameFinding(name: string): Finding | undefined {
  if (!/^(cn|ou|uid|dc)\s*=[^,]+,\s*(cn|ou|o|dc)\s*=/i.test(name)) return undefined;
  return {
    message:
      'This looks like a group that Active Directory or LDAP owns. A groups filter carries only groups that Okta owns.',
    given: shown(name),
    allowed: 'a group that Okta owns',
    fix: 'Make a group in Okta with a rule such as isMemberOfGroupName(…), and grant that one; or ignore this if Okta owns the group.',
    source: 'https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/',
  };
}
