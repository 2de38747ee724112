import { parseFilter, SEARCHED } from '../../../../sandbox/okta/management/filter';
import type { OktaError } from '../../../../sandbox/okta/management/okta-error';

const ANA = {
  id: '00u1',
  status: 'ACTIVE',
  lastUpdated: '2026-06-01T00:00:00.000Z',
  profile: { login: 'ana@example.com', firstName: 'Ana', title: null, level: 3, remote: true, tags: ['a', 'b'] },
  target: [{ id: '00g1' }, { id: '00g2' }],
};

const ATTRIBUTES = {
  id: ['eq'],
  status: SEARCHED,
  lastUpdated: SEARCHED,
  'profile.*': SEARCHED,
  'target.id': SEARCHED,
} as const;

function fits(text: string): boolean {
  return parseFilter(text, { parameter: 'search', attributes: ATTRIBUTES })(ANA);
}

function refusal(text: string): readonly string[] {
  try {
    fits(text);
    return ['it is understood'];
  } catch (error) {
    return (error as OktaError).causes;
  }
}

describe('parseFilter', () => {
  test.each([
    'id eq "00u1"',
    ' id eq "x" or id eq "00u1"',
    'profile.login eq "ANA@example.com"',
    'profile.login sw "ana"',
    'profile.login co "@example"',
    'profile.level eq 3',
    'profile.remote eq true',
    'profile.tags eq "b"',
    'profile.firstName pr',
    'status ne "SUSPENDED"',
    'target.id eq "00g2"',
    'lastUpdated gt "2026-01-01T00:00:00.000Z"',
    'lastUpdated le "2026-06-01T00:00:00.000Z"',
    'status eq "X" or status eq "ACTIVE" and id eq "00u1"',
    '(status eq "X" or status eq "ACTIVE") AND id EQ "00u1"',
    'not (status eq "X")',
    'profile.firstName ne "a\\"b"',
  ])('is true for %s', (text) => {
    expect(fits(text)).toBe(true);
  });

  test.each([
    'id eq "00u2"',
    'profile.title pr',
    'profile.missing pr',
    'profile.level eq "3"',
    'profile.missing eq "x"',
    'status eq "ACTIVE" and id eq "00u2"',
    '(status eq "ACTIVE" or id eq "00u1") and id eq "x"',
    'status ne "active"',
    'target.id ne "00g2"',
    'profile.constructor pr',
    'lastUpdated gt "2026-06-01T00:00:00.000Z"',
  ])('is false for %s', (text) => {
    expect(fits(text)).toBe(false);
  });

  test.each([
    ['', ['search: The attribute (none) is not supported. These are: id, status, lastUpdated, profile.*, target.id']],
    [
      'name eq "x"',
      ['search: The attribute name is not supported. These are: id, status, lastUpdated, profile.*, target.id'],
    ],
    ['id sw "00"', ['search: The operator sw is not supported for id. These are: eq']],
    ['id', ['search: The operator (none) is not supported for id. These are: eq']],
    ['id eq', ['search: Invalid search criteria at: (end)']],
    ['id eq x', ['search: Invalid search criteria at: x']],
    ['id eq "x" status eq "y"', ['search: Invalid search criteria at: status eq "y"']],
    ['(id eq "x"', ['search: Invalid search criteria at: (end)']],
    [
      'id eq "x" and',
      ['search: The attribute (none) is not supported. These are: id, status, lastUpdated, profile.*, target.id'],
    ],
    ['id eq "x', ['search: Invalid search criteria at:  "x']],
  ])('fails for %j', (text, causes) => {
    expect(refusal(text)).toEqual(causes);
  });
});
