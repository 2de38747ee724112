import { becomesOf } from '../../../model/review/becomes';

const from = { kind: 'group', name: 'a' } as const;
const end = (to: string, certain = true) => ({ from, cluster: 'prod', to, certain });

describe('becomesOf', () => {
  test('is sorted: the certain first, then the most powerful', () => {
    const ends = [
      ...[end('cluster-admin', false), end('no guards'), end('user b'), end('service accounts of a')],
      ...[end('aws-role arn:aws:iam::1:role/a'), end('node'), end('cluster-admin-like')],
    ];

    expect(becomesOf(ends)('group', 'a', 'prod').map(({ to }) => to)).toEqual([
      ...['node', 'aws-role arn:aws:iam::1:role/a', 'service accounts of a', 'user b'],
      ...['cluster-admin-like', 'no guards', 'cluster-admin'],
    ]);
  });

  test('has each once, certain if one path is', () => {
    expect(becomesOf([end('node', false), end('node'), end('node', false)])('group', 'a', 'prod')).toEqual([
      { to: 'node', certain: true },
    ]);
  });

  test('keeps groups, IAM roles, and clusters apart', () => {
    const becomes = becomesOf([end('node')]);

    expect([becomes('iam-role', 'a', 'prod'), becomes('group', 'b', 'prod'), becomes('group', 'a', 'dev')]).toEqual([
      [],
      [],
      [],
    ]);
  });
});
