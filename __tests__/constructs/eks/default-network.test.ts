import { TerraformOutput } from 'cdktf';
import { DefaultNetwork, ZONES_WITHOUT_EKS } from '../../../constructs/eks/default-network';
import { synthesizedConstructs, theAddress, theData } from '../../synthesized';

const network = () => synthesizedConstructs((stack) => new DefaultNetwork(stack, 'Network'));

describe('DefaultNetwork', () => {
  test("is the region's default VPC", () => {
    expect(theData(network(), 'aws_vpc')).toEqual({ default: true });
  });

  test('leaves out the zones in which EKS makes no control plane, by id', () => {
    expect(ZONES_WITHOUT_EKS).toEqual(['cac1-az3', 'use1-az3', 'usw1-az2']);
    expect(theData(network(), 'aws_availability_zones')).toMatchObject({
      exclude_zone_ids: ['cac1-az3', 'use1-az3', 'usw1-az2'],
    });
  });

  test('leaves out local and wavelength zones', () => {
    expect(theData(network(), 'aws_availability_zones').filter).toEqual([
      { name: 'zone-type', values: ['availability-zone'] },
    ]);
  });

  test('takes the default subnet of each zone that is left, and refuses fewer than two', () => {
    const stack = network();

    expect(theData(stack, 'aws_subnets')).toEqual({
      filter: [
        { name: 'vpc-id', values: [`\${${theAddress(stack, 'data.aws_vpc')}.id}`] },
        { name: 'default-for-az', values: ['true'] },
        {
          name: 'availability-zone-id',
          values: `\${${theAddress(stack, 'data.aws_availability_zones')}.zone_ids}`,
        },
      ],
      lifecycle: {
        postcondition: [
          {
            condition: '${length(self.ids) >= 2}',
            error_message:
              'EKS needs subnets in two availability zones, but the default VPC has fewer. Add default subnets.',
          },
        ],
      },
    });
  });

  test('looks up and makes nothing', () => {
    const stack = network();

    expect(stack.resource).toBeUndefined();
    expect(Object.keys(stack.data ?? {})).toEqual(['aws_availability_zones', 'aws_subnets', 'aws_vpc']);
  });

  test('gives the ids of the subnets', () => {
    const stack = synthesizedConstructs((scope) => {
      const { subnetIds } = new DefaultNetwork(scope, 'Network');
      new TerraformOutput(scope, 'subnets', { value: subnetIds });
    });

    expect(stack.output?.subnets?.value).toBe(`\${${theAddress(stack, 'data.aws_subnets')}.ids}`);
  });
});
