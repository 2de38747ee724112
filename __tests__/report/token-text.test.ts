import { tokenText } from '../../report/token-text';
import type { ClusterAnswer } from '../../sign-in/token/explain-token';

const ACCEPTED: ClusterAnswer = {
  ...{ cluster: 'prod', accepted: true, because: '', fix: null, roles: [], hints: ['A hint.'] },
  user: { name: 'okta:ana@example.com', groups: [] },
};
const REFUSED: ClusterAnswer = {
  ...{ cluster: 'a', accepted: false, because: 'oidc: token is expired', fix: 'Sign in again.' },
  ...{ user: null, roles: [], hints: [] },
};

test('tells clusters that make the same of the token together', () => {
  const text = tokenText({
    at: '2026-01-15T12:00:00.000Z',
    header: [],
    claims: [
      { name: 'exp', value: 1, meaning: 'when it expires', time: '2026-01-15T11:59:00.000Z' },
      { name: 'groups', value: ['a', 'b\u202e'], meaning: 'groups in Kubernetes' },
      { name: 'deep', value: { a: [1] }, meaning: '' },
    ],
    signature: { state: 'right', because: 'Signed.' },
    clusters: [REFUSED, ACCEPTED, { ...REFUSED, cluster: 'b' }, { ...ACCEPTED, cluster: 'x', accepted: null }],
  });

  expect(text.split('\n')).toEqual([
    'Header',
    '  cannot be read',
    '',
    'Claims',
    '  exp     2026-01-15T11:59:00.000Z (1 minute ago)  when it expires',
    '  groups  a, b\\u202e                               groups in Kubernetes',
    '  deep    {"a":[1]}',
    '',
    'Signature',
    '  right: Signed.',
    '',
    'Clusters',
    '  a, b: refused, 401',
    '    oidc: token is expired',
    '    Sign in again.',
    '  prod: accepted',
    '    user okta:ana@example.com',
    '    groups none',
    '    A hint.',
    '  x: not certain',
    '    user okta:ana@example.com',
    '    groups none',
    '    A hint.',
    '',
  ]);
});

test.each([
  ['2026-01-15T12:00:00.000Z', '0 seconds'],
  ['2026-01-15T12:00:59.000Z', 'in 59 seconds'],
  ['2026-01-15T12:48:10.000Z', 'in 48 minutes'],
  ['2026-01-15T13:00:00.000Z', 'in 1 hour'],
  ['2026-01-13T11:00:00.000Z', '2 days ago'],
])('says how far %s is', (time, words) => {
  const part = { name: 'exp', value: 1, meaning: '', time };
  const text = tokenText({
    ...{ at: '2026-01-15T12:00:00.000Z', header: [], claims: [part], clusters: [] },
    signature: { state: 'right', because: '' },
  });

  expect(text).toContain(words);
});

test('cuts a claim that is long, and no list of ordinary groups', () => {
  const claim = (value: unknown) => ({ name: 'groups', value, meaning: '' });
  const groups = Array.from({ length: 100 }, (_, index) => `eks-group-of-some-length-${index}`);
  const text = tokenText({
    ...{ at: '2026-01-15T12:00:00.000Z', header: [], claims: [claim(groups), claim('x'.repeat(90_000))], clusters: [] },
    signature: { state: 'right', because: '' },
  });

  expect(text).toContain('eks-group-of-some-length-99');
  expect(text).toContain('... (90000 characters)');
  expect(text.length).toBeLessThan(20_000);
});
