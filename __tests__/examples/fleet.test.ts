import fleet from '../../examples/fleet';
import { eksClusters } from '../../model';
import { resources, synthesizedAccess } from '../synthesized';
import { matrixOf } from './matrix-of';

describe('the fleet', () => {
  test('has this matrix', () => {
    expect(matrixOf(fleet)).toMatchSnapshot();
  });

  test('has no warning', () => {
    expect(fleet.warnings).toEqual([]);
  });

  test('has a hundred clusters in four regions and three environments, each with its admins and developers', () => {
    const clusters = Object.values(fleet.clusters);

    expect(clusters).toHaveLength(100);
    expect(new Set(eksClusters(fleet).map(({ settings }) => settings.region))).toHaveProperty('size', 4);
    expect(matrixOf(fleet)).toHaveLength(200);
  });

  test('has an app for each environment, and stacks for each cluster', () => {
    const stacks = synthesizedAccess(fleet);

    expect(resources(stacks.okta, 'okta_app_oauth').map(({ label }) => label)).toEqual([
      'EKS dev',
      'EKS prod',
      'EKS stage',
    ]);
    // Developers run workloads on whole stage clusters, which therefore have the guard of the system namespaces.
    expect(Object.keys(stacks)).toHaveLength(1 + 2 * 100 + 20);
    expect(
      Object.keys(stacks).filter((name) => name.startsWith('guards-') && !name.startsWith('guards-stage-')),
    ).toEqual([]);
  });
});
