import { BREAK_GLASS_GROUP } from '../../constraints/eks/break-glass';

/** Something in the control-plane logs that somebody should hear of. */
export interface AccessSignal {
  /** PascalCase; part of the names of the metric and the alarm. */
  readonly name: string;
  /**
   * Which lines are counted: of the audit log, whose lines are JSON, or of the api log, whose lines are text.
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
   */
  readonly pattern: string;
  /** How many lines in each period are usual; one more is too many. */
  readonly threshold: number;
  /** How many periods in a row have to have too many. */
  readonly periods: number;
  /** What happened, for whoever is called. */
  readonly description: string;
}

/**
 * Seconds that lines are counted over. EKS delivers its logs within a few minutes; over a shorter period, an alarm
 * would look at minutes whose lines are still on their way.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
 */
export const SIGNAL_PERIOD_SECONDS = 300;

/** Ten commands that fail: kubectl asks up to five times before it gives up, and one person's mistake is no alarm. */
const TEN_FAILING_COMMANDS = 50;

/** One refusal a second, which nobody types: a controller without its role, or a script that tries doors. */
const ONE_A_SECOND = SIGNAL_PERIOD_SECONDS;

/** What is told of each cluster. */
export const ACCESS_SIGNALS: readonly AccessSignal[] = [
  {
    name: 'FailedAuthentication',
    // Scanners of a public endpoint are among them: the line does not tell bad credentials from none.
    pattern: '{ $.responseStatus.code = 401 }',
    threshold: TEN_FAILING_COMMANDS,
    periods: 1,
    description: 'Many requests with bad credentials or none (401 in the audit log).',
  },
  {
    name: 'RefusedOidcTokens',
    // The words of the API server for every bad credential; `oidc:` leaves out those of pods and IAM roles, and tokens
    // of another issuer, which the API server tells from nothing else.
    pattern: '"Unable to authenticate the request" "oidc:"',
    threshold: TEN_FAILING_COMMANDS,
    periods: 1,
    description: 'Many Okta tokens that are expired or cannot be verified (api log).',
  },
  {
    name: 'Forbidden',
    // A watch has a line for its start and one for its end: only the end is counted. The anonymous are nobody's role.
    pattern:
      '{ ($.stage = "ResponseComplete") && ($.responseStatus.code = 403) && ($.user.username != "system:anonymous") }',
    threshold: ONE_A_SECOND,
    periods: 2,
    description: 'More than one refused request a second for ten minutes (403 in the audit log).',
  },
  {
    name: 'AnonymousAccess',
    // Health and version are open to everyone by the role system:public-info-viewer; nothing else should be.
    pattern: `{ ${[
      '($.user.username = "system:anonymous")',
      '($.responseStatus.code < 400)',
      ...['/healthz', '/livez', '/readyz', '/version'].map((path) => `($.requestURI != "${path}*")`),
    ].join(' && ')} }`,
    threshold: 0,
    periods: 1,
    description: 'The API server answered somebody without credentials (audit log): look for a binding to them.',
  },
];

/** What is told of a cluster with break-glass access. */
export const BREAK_GLASS_SIGNAL: AccessSignal = {
  name: 'BreakGlass',
  // The place of the group among the others is not fixed: EKS adds system:authenticated.
  pattern: `{ $.user.groups[*] = "${BREAK_GLASS_GROUP}" }`,
  threshold: 0,
  periods: 1,
  description: 'Somebody used break-glass access (audit log).',
};
