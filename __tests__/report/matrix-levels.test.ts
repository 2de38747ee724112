import { LEVELS, rowLevels } from '../../report/matrix-levels';
import { groupRow } from './matrix-rows';

/** The names of the certain and possible levels of rows; `-` if nothing worse is possible. */
function levelsOf(...rows: readonly Parameters<typeof groupRow>[0][]): readonly string[] {
  return rowLevels(rows.map(groupRow)).map(
    ({ certain, may }) => `${LEVELS[certain]?.name} ${may === 0 ? '-' : LEVELS[may]?.name}`,
  );
}

const certain = (...targets: readonly string[]) => targets.map((to) => ({ to, certain: true }));
const may = (...targets: readonly string[]) => targets.map((to) => ({ to, certain: false }));

describe('rowLevels', () => {
  test.each([
    ['nothing', groupRow(), 'ordinary -'],
    ['a sensitive permission', { sensitive: ['bind'] as const }, 'sensitive -'],
    [
      'service accounts of a namespace',
      { namespace: 'shop', becomes: certain('service accounts of pay') },
      'other-namespace -',
    ],
    ['an AWS role', { becomes: certain('service accounts of pay', 'aws-role arn:aws:iam::1:role/a') }, 'aws-role -'],
    ['a node', { becomes: certain('aws-role arn:aws:iam::1:role/a', 'node') }, 'node -'],
    ['cluster-admin', { becomes: certain('node', 'cluster-admin') }, 'cluster-admin -'],
  ])('are the worst that is certain: %s', (_, row, expected) => {
    expect(levelsOf(row)).toEqual([expected]);
  });

  test('tell what may be worse, and not what may be less', () => {
    const becomes = [...certain('node'), ...may('cluster-admin')];

    expect(
      levelsOf(
        { becomes },
        { name: 'b', becomes: may('node') },
        { name: 'c', becomes: [...certain('node'), ...may('node')] },
      ),
    ).toEqual(['node cluster-admin', 'ordinary node', 'node -']);
  });

  test('do not count service accounts of a namespace where the group has a role', () => {
    const becomes = certain('service accounts of shop');

    expect(
      levelsOf(
        { namespace: 'shop', becomes },
        { namespace: 'pay', becomes },
        { name: 'eks-b', namespace: 'pay', becomes },
        { cluster: 'dev', namespace: 'pay', becomes },
        { name: 'eks-c', becomes },
      ),
    ).toEqual(['ordinary -', 'ordinary -', 'other-namespace -', 'other-namespace -', 'ordinary -']);
  });

  test('count service accounts of a namespace that a guard closes to the group', () => {
    const becomes = certain('service accounts of shop');

    expect(levelsOf({ becomes, guards: ['namespaces.shop'] }, { name: 'eks-b', becomes })).toEqual([
      'other-namespace -',
      'ordinary -',
    ]);
  });

  test.each([
    ['service account deployer or builder of pay', 'other-namespace -'],
    ['service account deployer of shop', 'ordinary -'],
    ['service accounts of other namespaces', 'other-namespace -'],
    ['user ana@example.com', 'other-namespace -'],
    ['group x of shop', 'other-namespace -'],
    ['no guards', 'sensitive -'],
  ])('of %s are %s', (to, expected) => {
    expect(levelsOf({ namespace: 'shop', becomes: certain(to) })).toEqual([expected]);
  });
});
