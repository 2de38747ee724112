import { accessWith, clusterOf } from '../../access-files';

describe('kubernetesVersion', () => {
  test.each([
    ['that of the file', { kind: 'eks', region: 'eu-west-1', version: '1.33' }, '1.33'],
    ['that of the file', { kind: 'self-managed', kubeconfigContext: 'lab', version: '1.29' }, '1.29'],
    ['the newest if the file has none', { kind: 'eks', region: 'eu-west-1' }, '1.35'],
    ['the newest for an existing cluster', { kind: 'existing-eks', region: 'eu-west-1' }, '1.35'],
  ])('is %s: %j', (_, prod, version) => {
    expect(clusterOf(accessWith({ clusters: { prod } }), 'prod').kubernetesVersion).toBe(version);
  });
});
