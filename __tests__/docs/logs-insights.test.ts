import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BREAK_GLASS_GROUP } from '../../constraints/eks/break-glass';
import { ACCESS_SIGNALS, BREAK_GLASS_SIGNAL } from '../../constructs/eks/access-signals';

const text = readFileSync(join(__dirname, '../../docs/logs-insights.md'), 'utf8');
const [, ...sections] = text.split('\n## ');

describe('docs/logs-insights.md', () => {
  test.each(sections.map((section) => [section.split('\n')[0], section]))(
    '%s has its log, one query, and an explanation',
    (_question, section) => {
      expect(section).toMatch(
        /^[^\n]+\?\n\nLog: `(audit|api)`\.(?: Alarm: `\w+`\.)?\n\n```\n[^`]+\n```\n\n[^#]+\.\n?$/,
      );
    },
  );

  test('has a query for each alarm', () => {
    const alarms = [...text.matchAll(/Alarm: `(\w+)`/g)].map(([, name]) => name);

    expect(alarms.sort()).toEqual([...ACCESS_SIGNALS, BREAK_GLASS_SIGNAL].map(({ name }) => name).sort());
  });

  test.each([
    ['first', [BREAK_GLASS_GROUP, 'system:authenticated'], true],
    ['last', ['system:authenticated', BREAK_GLASS_GROUP], true],
    ['missing', ['system:authenticated', `okta:${BREAK_GLASS_GROUP}`], false],
  ])('finds break-glass access if its group is %s', (_place, groups, found) => {
    const [, pattern] = /@message like \/(.*break-glass.*)\/\n/.exec(text) ?? [];
    const line = JSON.stringify({ kind: 'Event', user: { username: 'arn:aws:sts::1:assumed-role/x/y', groups } });

    expect(new RegExp(pattern as string).test(line)).toBe(found);
  });

  test.each([
    '[invalid bearer token, oidc: verify token: oidc: token is expired (Token Expiry: 2026-11-24 01:47:37 +0000 UTC)]',
    '[invalid bearer token, oidc: verify token: oidc: expected audience \\"client\\" got [\\"other\\"]]',
    'invalid bearer token',
  ])('extracts the reason %s from a line of the API server', (reason) => {
    const [, pattern] = /parse @message \/(.*)\/\n/.exec(text) ?? [];
    const line = `E1124 02:47:55.469420   10746 authentication.go:75] "Unable to authenticate the request" err="${reason}"`;

    expect(new RegExp(pattern as string).exec(line)?.groups?.reason).toBe(reason);
  });
});
