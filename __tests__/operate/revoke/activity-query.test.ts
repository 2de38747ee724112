import { spawnSync } from 'node:child_process';
import { auditLogFilter, insightsQuery } from '../../../operate/revoke/activity-query';

const NAME = 'okta:ana"b\\c@example.com';

/** A line of an audit log. */
function line(changes: object): object {
  return {
    ...{ stage: 'ResponseComplete', verb: 'create', user: { username: NAME }, responseStatus: { code: 201 } },
    objectRef: { resource: 'cronjobs', apiGroup: 'batch' },
    ...changes,
  };
}

test.each<[string, object, boolean]>([
  ['a CronJob', {}, true],
  ['a token', { objectRef: { resource: 'serviceaccounts', subresource: 'token' } }, true],
  [
    'a stream by a get that is open',
    {
      verb: 'get',
      stage: 'ResponseStarted',
      responseStatus: { code: 101 },
      objectRef: { resource: 'pods', subresource: 'exec' },
    },
    true,
  ],
  ['the start of a request', { stage: 'RequestReceived' }, false],
  ['a refused request', { responseStatus: { code: 403 } }, false],
  ['a read', { verb: 'get', responseStatus: { code: 200 } }, false],
  [
    'a question about access',
    { objectRef: { resource: 'selfsubjectaccessreviews', apiGroup: 'authorization.k8s.io' } },
    false,
  ],
  ['another user', { user: { username: 'okta:ana' } }, false],
])('with jq finds %s: %#', (_, changes, found) => {
  const { stdout, stderr } = spawnSync('jq', ['-c', auditLogFilter(NAME)], {
    input: JSON.stringify(line(changes)),
    encoding: 'utf8',
  });

  expect(stderr).toBe('');
  expect(stdout === '').toBe(!found);
});

test('for Logs Insights has the user name as a text', () => {
  expect(insightsQuery(NAME)).toContain('user.username = "okta:ana\\"b\\\\c@example.com"');
});
