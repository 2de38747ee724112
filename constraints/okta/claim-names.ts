import { type Finding, shown } from '../finding';

/** Claims whose values are texts, and that ID tokens of the code flow carry without any setup. */
export const OWN_CLAIMS: readonly string[] = ['sub', 'email', 'name', 'preferred_username'];

/**
 * Names that no claim of a custom authorization server can have in an ID token: Okta's own list, and the claims of
 * OpenID Connect that scopes bring.
 * @see https://support.okta.com/help/s/article/list-of-reserved-claim-names
 */
const RESERVED: ReadonlySet<string> = new Set(
  [
    'active aid aud app_id app_type at_hash auth_time client_id client_ip client_req_id client_type client_user_agent',
    'cnf c_hash device_compliance device_id device_known device_managed device_name device_trust did dst group hotk idp',
    'idp_iss mac_key may_act nonce oid okta_emailVerified okta_lastUpdated orig permissions purpose pwd_exp_days',
    'pwd_exp_time rid role scope scopes sid sub term user_ip iss jti token_type ver acr amr azp exp iat nbf',
    'name family_name given_name middle_name nickname preferred_username profile picture website gender birthdate',
    'zoneinfo locale updated_at email email_verified address phone_number phone_number_verified',
  ].flatMap((names) => names.split(' ')),
);

/** Checks the name of a claim that an authorization server gets. */
export function claimNameFinding(name: string): Finding | undefined {
  if (!RESERVED.has(name)) return undefined;
  return {
    message: `Okta reserves the claim ${shown(name)}, and refuses another one of this name.`,
    given: shown(name),
    allowed: 'a name that Okta does not reserve, such as groups or tenant',
    fix: 'Choose another name.',
    source: 'https://support.okta.com/help/s/article/list-of-reserved-claim-names',
  };
}

/** Claims of every ID token that are numbers, lists, or true or false. */
const NO_TEXTS = ['exp', 'iat', 'nbf', 'auth_time', 'ver', 'updated_at', 'amr', 'email_verified', 'address'];

/** Checks a claim that EKS requires with one text. */
export function requiredClaimFinding(claim: string): Finding | undefined {
  const common = { given: shown(claim), allowed: 'a claim with one text for everyone, such as tenant' };
  if (claim === 'iss' || claim === 'aud') {
    return {
      ...common,
      message: `EKS checks ${claim} anyway: it is the ${claim === 'iss' ? 'issuer' : 'client ID of the app'}, and cannot be another text.`,
      fix: 'Remove it.',
    };
  }
  return textClaimFinding(claim);
}

/** Checks a claim that Kubernetes reads as one text. */
export function textClaimFinding(claim: string): Finding | undefined {
  if (!NO_TEXTS.includes(claim)) return undefined;
  return {
    message: `The claim ${shown(claim)} of Okta is not a text, and EKS compares texts only.`,
    given: shown(claim),
    allowed: `a claim with a text, such as ${OWN_CLAIMS.join(', ')}`,
    fix: 'Name another claim.',
  };
}
