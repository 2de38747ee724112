/** Streams: connections that stay open after the token expired. */
const STREAMS = ['exec', 'attach', 'portforward', 'proxy'];
/** Questions to the API server, which it does not keep. */
const REVIEWS = ['authentication.k8s.io', 'authorization.k8s.io'];
const CHANGES = ['create', 'update', 'patch'];

/**
 * The query of CloudWatch Logs Insights, for the log `audit`, for what a user made and connected to. A stream that is still
 * open has a line with the stage `ResponseStarted` only.
 */
export function insightsQuery(userName: string): string {
  const list = (words: readonly string[]) => words.map((word) => `"${word}"`).join(', ');
  return [
    'fields @timestamp, verb, objectRef.namespace, objectRef.resource, objectRef.subresource, objectRef.name, impersonatedUser.username, stage, responseStatus.code, sourceIPs.0',
    `| filter user.username = ${JSON.stringify(userName)} and stage in ["ResponseStarted", "ResponseComplete"] and responseStatus.code < 400`,
    `| filter verb in [${list(CHANGES)}] or objectRef.subresource in [${list(STREAMS)}]`,
    `| filter not ispresent(objectRef.apiGroup) or objectRef.apiGroup not in [${list(REVIEWS)}]`,
    '| sort @timestamp desc',
    '| limit 10000',
    '',
  ].join('\n');
}

/** The same as a filter of jq, for the lines of an audit log file. */
export function auditLogFilter(userName: string): string {
  const list = (words: readonly string[]) => JSON.stringify(words);
  return [
    `select(.user.username == ${JSON.stringify(userName)} and (.stage | IN("ResponseStarted", "ResponseComplete")) and .responseStatus.code < 400)`,
    `select((.verb | IN(${list(CHANGES)}[])) or (.objectRef.subresource | IN(${list(STREAMS)}[])))`,
    `select(.objectRef.apiGroup | IN(${list(REVIEWS)}[]) | not)`,
    '[.requestReceivedTimestamp, .verb, .objectRef.namespace, .objectRef.resource, .objectRef.subresource, .objectRef.name, .impersonatedUser.username, .stage]',
  ].join(' | ');
}
