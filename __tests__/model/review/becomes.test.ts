import { becomesOf, sortedBecomes } from '../../../model/review/becomes';
import { accessWith } from '../../access-files';

const end = (to: string, certain = true) => ({ to, certain });

describe('sortedBecomes', () => {
  test('has the certain first, then the most powerful', () => {
    const ends = [
      ...[end('cluster-admin', false), end('no guards'), end('user b'), end('service accounts of a')],
      ...[end('aws-role arn:aws:iam::1:role/a'), end('node'), end('cluster-admin-like')],
    ];

    expect(sortedBecomes(ends).map(({ to }) => to)).toEqual([
      ...['node', 'aws-role arn:aws:iam::1:role/a', 'service accounts of a', 'user b'],
      ...['cluster-admin-like', 'no guards', 'cluster-admin'],
    ]);
  });

  test('has each once, certain if one path is, without anything else', () => {
    const path = { ...end('node'), steps: [] };

    expect(sortedBecomes([end('node', false), path, end('node', false)])).toEqual([end('node')]);
  });
});

describe('becomesOf', () => {
  const becomes = becomesOf(
    accessWith({
      groups: { 'eks-admins': {}, 'eks-a': {} },
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        { group: 'eks-a', role: 'edit', clusters: '*', namespaces: ['shop'] },
      ],
    }),
  );

  test('is what the paths of a group end at', () => {
    expect(becomes('prod', 'eks-admins')[0]).toEqual(end('cluster-admin'));
    expect(becomes('prod', 'eks-a')).toContainEqual(end('service accounts of shop'));
  });

  test('is cluster-admin for an administrator by IAM', () => {
    expect(becomes('prod')).toEqual([end('cluster-admin'), end('node')]);
  });

  test('is nothing for a group without a grant, and on a cluster that the file does not have', () => {
    expect([becomes('prod', 'eks-none'), becomes('none', 'eks-a'), becomes('none')]).toEqual([[], [], []]);
  });
});
