import { BREAK_GLASS_GROUP } from '../../../constraints/eks/break-glass';
import { ACCESS_SIGNALS, BREAK_GLASS_SIGNAL, SIGNAL_PERIOD_SECONDS } from '../../../constructs/eks/access-signals';

// No stand-in for CloudWatch evaluates patterns, and CloudWatch accepts a pattern that never matches. So the patterns are
// pinned: they were tried against lines of a real API server, by the rules of
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html. Repeat this when you change one.
const SIGNALS = [...ACCESS_SIGNALS, BREAK_GLASS_SIGNAL];
const patternOf = (name: string) => SIGNALS.find((signal) => signal.name === name)?.pattern;

describe('the pattern of', () => {
  test('failed authentication is every 401: its message is the same for bad credentials and for none', () => {
    expect(patternOf('FailedAuthentication')).toBe('{ $.responseStatus.code = 401 }');
  });

  test('refused OIDC tokens is two phrases, because a line of the api log is text', () => {
    expect(patternOf('RefusedOidcTokens')).toBe('"Unable to authenticate the request" "oidc:"');
  });

  test('forbidden counts a watch once, which has two lines, and nobody who has not signed in', () => {
    expect(patternOf('Forbidden')).toBe(
      '{ ($.stage = "ResponseComplete") && ($.responseStatus.code = 403) && ($.user.username != "system:anonymous") }',
    );
  });

  test('anonymous access leaves out health and version, with what follows a question mark', () => {
    expect(patternOf('AnonymousAccess')).toBe(
      '{ ($.user.username = "system:anonymous") && ($.responseStatus.code < 400)' +
        ' && ($.requestURI != "/healthz*") && ($.requestURI != "/livez*")' +
        ' && ($.requestURI != "/readyz*") && ($.requestURI != "/version*") }',
    );
  });

  test('break-glass finds the group at any place: [0] would miss it behind another', () => {
    expect(patternOf('BreakGlass')).toBe('{ $.user.groups[*] = "break-glass" }');
    expect(BREAK_GLASS_GROUP).toBe('break-glass');
  });
});

describe.each(SIGNALS.map(({ name, pattern }) => [name, pattern]))('the pattern of %s', (_name, pattern) => {
  test('keeps the limits of CloudWatch', () => {
    expect(pattern.length).toBeLessThanOrEqual(1024);
    // One wildcard in a selector, three in a pattern.
    const selectors = pattern.match(/\$\.[\w.[\]*]+/g) ?? [];
    expect(selectors.filter((selector) => selector.split('*').length > 2)).toEqual([]);
    expect(selectors.filter((selector) => selector.includes('*')).length).toBeLessThanOrEqual(3);
  });

  test('has no regular expression: CloudWatch takes five filters with one in a log group, which may have others', () => {
    expect(pattern).not.toContain('%');
  });

  test('is nothing that Terraform would evaluate', () => {
    expect(pattern).not.toMatch(/[$%]\{/);
  });

  test('quotes every text with other characters than letters and digits', () => {
    const unquoted = pattern.replace(/"[^"]*"/g, '').replace(/\$\.[\w.[\]*]+/g, '');

    expect(unquoted).toMatch(/^[\s(){}&=!<>\d]*$/);
  });
});

test.each([
  ['FailedAuthentication', 50, 1],
  ['RefusedOidcTokens', 50, 1],
  // One a second for ten minutes.
  ['Forbidden', 300, 2],
  ['AnonymousAccess', 0, 1],
  ['BreakGlass', 0, 1],
])('%s is an alarm above %i lines in each of %i periods of five minutes', (name, threshold, periods) => {
  expect(SIGNALS.find((signal) => signal.name === name)).toMatchObject({ threshold, periods });
  expect(SIGNAL_PERIOD_SECONDS).toBe(300);
});
