import type { DoctorCheck } from '../doctor-check';
import { AUTHENTICATION_CHECKS, ENDPOINT_CHECKS } from './api-server';
import { ASSOCIATION_CHECKS, CLUSTER_CHECKS, ENTRY_CHECKS, REFUSAL_CHECKS } from './eks';
import { ISSUER_CHECKS, SIGN_IN_CHECKS } from './issuer';
import { KUBECONFIG_CHECKS, PORT_CHECKS } from './kubeconfig';
import { CLOCK_CHECKS, PLUGIN_CHECKS, PROGRAM_CHECKS } from './laptop';
import { OKTA_LOG_CHECKS, OKTA_PERSON_CHECKS, OKTA_SERVER_CHECKS, OKTA_TOKEN_CHECKS } from './okta';
import { RBAC_CHECKS } from './rbac';
import { TOKEN_CHECKS } from './token';

/** Every check, in the order in which a sign-in and a request pass them. */
export const DOCTOR_CHECKS: readonly DoctorCheck[] = [
  ...[...PROGRAM_CHECKS, ...KUBECONFIG_CHECKS, ...PLUGIN_CHECKS, ...PORT_CHECKS, ...CLOCK_CHECKS],
  ...[...OKTA_SERVER_CHECKS, ...ISSUER_CHECKS, ...OKTA_PERSON_CHECKS, ...SIGN_IN_CHECKS, ...OKTA_LOG_CHECKS],
  ...[...TOKEN_CHECKS, ...OKTA_TOKEN_CHECKS],
  ...[...ENDPOINT_CHECKS, ...CLUSTER_CHECKS, ...ASSOCIATION_CHECKS],
  ...[...AUTHENTICATION_CHECKS, ...REFUSAL_CHECKS, ...ENTRY_CHECKS],
  ...RBAC_CHECKS,
];
