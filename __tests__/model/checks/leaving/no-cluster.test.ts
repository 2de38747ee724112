import { warningsWith } from '../../../access-files';

const OLD = { kind: 'eks', region: 'eu-west-1', absent: true };

describe('a file without clusters', () => {
  test('is a warning: no app is left', () => {
    expect(warningsWith('no-cluster', { clusters: {}, grants: [] })).toMatchObject([
      {
        path: 'clusters',
        message: 'The file has no cluster, so nobody can sign in to anything.',
        given: 'no cluster',
        fix: 'Add a cluster. If the last one has left on purpose, remove what is left with cdktf destroy okta.',
      },
    ]);
  });

  test('is no warning while the last cluster leaves', () => {
    expect(warningsWith('no-cluster', { clusters: { old: OLD } })).toEqual([]);
  });
});
