import { Construct } from 'constructs';
import { DataAwsAvailabilityZones } from '#aws/data-aws-availability-zones';
import { DataAwsSubnets } from '#aws/data-aws-subnets';
import { DataAwsVpc } from '#aws/data-aws-vpc';

/**
 * Ids of the zones in which EKS creates no control plane. Zone names differ between accounts.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
export const ZONES_WITHOUT_EKS = ['cac1-az3', 'use1-az3', 'usw1-az2'] as const;

/** The subnets of the default VPC in the provider's region in which EKS can create a control plane. */
export class DefaultNetwork extends Construct {
  /** Ids of two or more subnets, in different availability zones. */
  readonly subnetIds: string[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new DataAwsVpc(this, 'Vpc', { default: true });
    const zones = new DataAwsAvailabilityZones(this, 'Zones', {
      excludeZoneIds: [...ZONES_WITHOUT_EKS],
      // In accounts that opted in, local and wavelength zones are listed, too.
      filter: [{ name: 'zone-type', values: ['availability-zone'] }],
    });
    const subnets = new DataAwsSubnets(this, 'Subnets', {
      filter: [
        { name: 'vpc-id', values: [vpc.id] },
        // The default subnet of each zone: other subnets in the VPC serve other purposes.
        { name: 'default-for-az', values: ['true'] },
        { name: 'availability-zone-id', values: zones.zoneIds },
      ],
      lifecycle: {
        postcondition: [
          {
            condition: '${length(self.ids) >= 2}',
            errorMessage:
              'EKS needs subnets in two availability zones, but the default VPC has fewer. Add default subnets.',
          },
        ],
      },
    });
    this.subnetIds = subnets.ids;
  }
}
