import { Construct } from 'constructs';
import { DataAwsAvailabilityZones } from '#aws/data-aws-availability-zones';
import { DataAwsSubnets } from '#aws/data-aws-subnets';
import { DataAwsVpc } from '#aws/data-aws-vpc';

/**
 * Zones in which EKS makes no control plane, by id, because letters differ from account to account.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
export const ZONES_WITHOUT_EKS = ['cac1-az3', 'use1-az3', 'usw1-az2'] as const;

/** The subnets of the default VPC of the provider's region in which EKS makes a control plane. */
export class DefaultNetwork extends Construct {
  /** Two or more, in different zones. */
  readonly subnetIds: string[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new DataAwsVpc(this, 'Vpc', { default: true });
    const zones = new DataAwsAvailabilityZones(this, 'Zones', {
      excludeZoneIds: [...ZONES_WITHOUT_EKS],
      // Local and wavelength zones are listed too where an account has opted in.
      filter: [{ name: 'zone-type', values: ['availability-zone'] }],
    });
    const subnets = new DataAwsSubnets(this, 'Subnets', {
      filter: [
        { name: 'vpc-id', values: [vpc.id] },
        // One subnet a zone: others in the VPC are somebody's own.
        { name: 'default-for-az', values: ['true'] },
        { name: 'availability-zone-id', values: zones.zoneIds },
      ],
      lifecycle: {
        postcondition: [
          {
            condition: '${length(self.ids) >= 2}',
            errorMessage: 'EKS needs subnets in two zones, and the default VPC has fewer. Add default subnets.',
          },
        ],
      },
    });
    this.subnetIds = subnets.ids;
  }
}
