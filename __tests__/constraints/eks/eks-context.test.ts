import { eksClusterOfContext } from '../../../constraints/eks/eks-context';

describe('eksClusterOfContext', () => {
  test.each([
    ['arn:aws:eks:eu-west-1:111122223333:cluster/prod', { name: 'prod', region: 'eu-west-1', account: '111122223333' }],
    [
      'arn:aws-us-gov:eks:us-gov-west-1:111122223333:cluster/Prod_1',
      { name: 'Prod_1', region: 'us-gov-west-1', account: '111122223333' },
    ],
    ['ana@prod.eu-west-1.eksctl.io', { name: 'prod', region: 'eu-west-1' }],
    ['i-0abc@example.com@prod.ap-southeast-2.eksctl.io', { name: 'prod', region: 'ap-southeast-2' }],
    ['prod.eu-west-1.eksctl.io', { name: 'prod', region: 'eu-west-1' }],
  ])('of %s is %j', (context, cluster) => {
    expect(eksClusterOfContext(context)).toEqual(cluster);
  });

  test.each([
    'prod',
    'kubernetes-admin@kubernetes',
    'arn:aws:eks:eu-west-1:111122223333:nodegroup/prod',
    'arn:aws:eks:eu-west-1:1111:cluster/prod',
    'ana@prod.eksctl.io',
    'prod.eu-west-1.eksctl.io.example.com',
  ])('of %s is unknown', (context) => {
    expect(eksClusterOfContext(context)).toBeUndefined();
  });
});
