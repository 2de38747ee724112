import { BREAK_GLASS_GROUP } from '../../constraints/eks/break-glass';

/** An event in the control-plane logs that raises an alarm. */
export interface AccessSignal {
  /** PascalCase; part of the names of the metric and the alarm. */
  readonly name: string;
  /**
   * Filter pattern of the lines to count: JSON lines of the audit log, or text lines of the api log.
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
   */
  readonly pattern: string;
  /** Most lines in a period that are normal; one more exceeds the threshold. */
  readonly threshold: number;
  /** Number of consecutive periods that must exceed the threshold. */
  readonly periods: number;
  /** What happened, for the engineer on call. */
  readonly description: string;
}

/**
 * Length of a period in seconds. EKS delivers logs within a few minutes, so an alarm could evaluate a shorter period
 * before its lines arrive.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
 */
export const SIGNAL_PERIOD_SECONDS = 300;

/** Ten failing commands: kubectl sends up to five requests for each, and one user's mistake should raise no alarm. */
const TEN_FAILING_COMMANDS = 50;

/** One refusal per second, faster than anybody types: a controller without its role, or a script that probes access. */
const ONE_PER_SECOND = SIGNAL_PERIOD_SECONDS;

/** The signals of every cluster. */
export const ACCESS_SIGNALS: readonly AccessSignal[] = [
  {
    name: 'FailedAuthentication',
    // Includes scanners of a public endpoint: the line does not distinguish bad credentials from none.
    pattern: '{ $.responseStatus.code = 401 }',
    threshold: TEN_FAILING_COMMANDS,
    periods: 1,
    description: 'Many requests with invalid or missing credentials (401 in the audit log).',
  },
  {
    name: 'RefusedOidcTokens',
    // The API server logs the first phrase for every bad credential. `oidc:` excludes those of pods and IAM roles, and
    // tokens of another issuer, which the API server does not distinguish from other credentials.
    pattern: '"Unable to authenticate the request" "oidc:"',
    threshold: TEN_FAILING_COMMANDS,
    periods: 1,
    description: 'Many Okta tokens that are expired or cannot be verified (api log).',
  },
  {
    name: 'Forbidden',
    // A watch logs its start and its end; only the end counts. Anonymous users are excluded: they have no role to fix.
    pattern:
      '{ ($.stage = "ResponseComplete") && ($.responseStatus.code = 403) && ($.user.username != "system:anonymous") }',
    threshold: ONE_PER_SECOND,
    periods: 2,
    description: 'More than one denied request per second for ten minutes (403 in the audit log).',
  },
  {
    name: 'AnonymousAccess',
    // The role system:public-info-viewer opens health and version to everyone; nothing else should be open.
    pattern: `{ ${[
      '($.user.username = "system:anonymous")',
      '($.responseStatus.code < 400)',
      ...['/healthz', '/livez', '/readyz', '/version'].map((path) => `($.requestURI != "${path}*")`),
    ].join(' && ')} }`,
    threshold: 0,
    periods: 1,
    description:
      'The API server allowed an anonymous request (audit log): look for a binding to system:anonymous or system:unauthenticated.',
  },
];

/** The signal of a cluster with break-glass access. */
export const BREAK_GLASS_SIGNAL: AccessSignal = {
  name: 'BreakGlass',
  // The position of the group in the list varies: EKS adds system:authenticated.
  pattern: `{ $.user.groups[*] = "${BREAK_GLASS_GROUP}" }`,
  threshold: 0,
  periods: 1,
  description: 'Break-glass access was used (audit log).',
};
