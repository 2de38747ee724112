import { readAccess } from '../../../model/read-access';
import { accessDiff } from '../../../model/review/diff';
import { DAY, SMALLEST } from '../../access-files';

const fileWith = (settings: Record<string, unknown>) =>
  // A file that is compared is not checked.
  readAccess(
    {
      ...SMALLEST,
      groups: { 'eks-admins': settings },
      clusters: { prod: { kind: 'eks', region: 'eu-west-1' } },
      grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
    },
    DAY,
    [],
  );
const who = (now: Record<string, unknown>) =>
  accessDiff(fileWith({ logins: ['ana@example.com', 'ben@example.com'] }), fileWith(now)).losses.map((row) => row.who);

describe('a group that is handed over', () => {
  test('keeps its people, whom Terraform only forgets', () => {
    expect(who({ existing: true, handOver: true })).toEqual([]);
  });

  test('loses those whom a list that stays no longer has', () => {
    expect(who({ existing: true, handOver: true, logins: ['ana@example.com'] })).toEqual(['ben@example.com']);
  });

  test('loses them all without handOver, because Terraform deletes the group', () => {
    expect(who({ existing: true })).toEqual(['ana@example.com', 'ben@example.com']);
  });
});
