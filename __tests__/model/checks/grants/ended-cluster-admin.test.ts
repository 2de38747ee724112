import { warningsWith } from '../../../access-files';

const ENDING = { group: 'eks-admins', role: 'cluster-admin', clusters: '*', expires: '2026-06-15' };
const EXISTING = { kind: 'existing-eks', region: 'eu-west-1' };

describe('ended-cluster-admin', () => {
  test('warns about each cluster that only IAM administers, from the day after the end', () => {
    const changes = { clusters: { prod: EXISTING, test: EXISTING }, grants: [ENDING] };

    const warnings = warningsWith('ended-cluster-admin', changes, '2026-06-16');

    expect(warnings.map(({ path, message }) => [path, message])).toEqual(
      ['prod', 'test'].map((key) => [
        'grants[0].expires',
        `The last grant of cluster-admin on the cluster '${key}' has ended. Only IAM administers it: nobody can repair it through Okta.`,
      ]),
    );
    expect(warningsWith('ended-cluster-admin', changes, '2026-06-15')).toEqual([]);
  });

  test('is silent while another grant of cluster-admin is in force', () => {
    const grants = [ENDING, { group: 'eks-admins', role: 'cluster-admin', clusters: ['prod'] }];

    expect(warningsWith('ended-cluster-admin', { grants }, '2026-06-16')).toEqual([]);
  });
});
