import { NEWEST_KUBERNETES } from '../../../rbac';
import { accessWith, clusterOf } from '../../access-files';

describe('kubernetesVersion', () => {
  test.each([
    ['that of the file', { kind: 'eks', region: 'eu-west-1', version: '1.33' }, '1.33'],
    ['that of the file', { kind: 'self-managed', kubeconfigContext: 'lab', version: '1.29' }, '1.29'],
    ['the newest of EKS if the file has none', { kind: 'eks', region: 'eu-west-1' }, '1.36'],
    ['the newest of EKS for an existing cluster', { kind: 'existing-eks', region: 'eu-west-1' }, '1.36'],
    ['the newest with data outside EKS', { kind: 'self-managed', kubeconfigContext: 'lab' }, NEWEST_KUBERNETES],
  ])('is %s: %j', (_, prod, version) => {
    expect(clusterOf(accessWith({ clusters: { prod } }), 'prod').kubernetesVersion).toBe(version);
  });
});
