import { type Finding, shown } from '../finding';

/** The domains under which Okta gives organizations their hosts. @see https://developer.okta.com/docs/concepts/okta-organizations/ */
const OKTA_DOMAINS = ['okta.com', 'oktapreview.com', 'okta-emea.com', 'okta-gov.com', 'okta.mil'];

/** A finding about one of the two parts of the host of an organization. */
export interface HostFinding {
  readonly key: 'orgName' | 'baseUrl';
  readonly finding: Finding;
}

/** Checks the host of an organization in Okta, `<orgName>.<baseUrl>`. */
export function organizationHostFindings(orgName: string, baseUrl: string): readonly HostFinding[] {
  const isOkta = OKTA_DOMAINS.includes(baseUrl);
  const domain = OKTA_DOMAINS.find((candidate) => baseUrl.endsWith(`.${candidate}`));
  const found: HostFinding[] = [];
  if (isOkta && orgName.toLowerCase().endsWith('-admin')) {
    found.push({
      key: 'orgName',
      finding: {
        message: "This is the host of Okta's Admin Console. The API and the issuer have the host of the organization.",
        given: shown(orgName),
        allowed: shown(orgName.slice(0, -'-admin'.length)),
        fix: 'Remove -admin.',
      },
    });
  }
  if (domain !== undefined || baseUrl.startsWith(`${orgName}.`)) {
    found.push({
      key: 'baseUrl',
      finding: {
        message: `The host of the organization would be ${orgName}.${baseUrl}.`,
        given: shown(baseUrl),
        allowed: `the host without the name of the organization, such as ${domain ?? 'okta.com'}`,
        fix: `Write baseUrl: ${shown(domain ?? baseUrl.slice(orgName.length + 1))}.`,
      },
    });
  }
  return found;
}
