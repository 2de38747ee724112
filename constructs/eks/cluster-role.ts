import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { IamRole } from '#aws/iam-role';
import { IamRolePolicyAttachment } from '#aws/iam-role-policy-attachment';
import { Forgotten } from '../forgotten';
import { validateName } from '../validate-name';

export interface EksClusterRoleProps {
  /** Name of the role, unique in the account, 1 to 64 characters. */
  readonly roleName: string;
  /**
   * AWS partition of the ARN of the policy.
   * @default 'aws'
   */
  readonly partition?: string;
  /**
   * Whether Terraform may destroy or replace the role, and the cluster with it.
   * @default false
   */
  readonly replaceable?: boolean;
}

/** The IAM role of the control plane of an EKS cluster. */
export class EksClusterRole extends Construct {
  /** ARN of the role, known after apply. */
  readonly roleArn: string;
  /** What a cluster must wait for: EKS refuses a role without its policy. */
  readonly policyAttachment: ITerraformDependable;

  constructor(scope: Construct, id: string, props: EksClusterRoleProps) {
    super(scope, id);
    validateName(this, 'iamRole', props.roleName);

    const role = new IamRole(this, 'Resource', {
      name: props.roleName,
      assumeRolePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'eks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      }),
      // A new name replaces the role, and a new role replaces the cluster.
      lifecycle: { preventDestroy: props.replaceable !== true },
    });
    this.policyAttachment = new IamRolePolicyAttachment(this, 'ClusterPolicy', {
      role: role.name,
      policyArn: `arn:${props.partition ?? 'aws'}:iam::aws:policy/AmazonEKSClusterPolicy`,
    });
    this.roleArn = role.arn;
  }

  /** Makes Terraform forget the role that a construct with this id made, with its policy: the cluster keeps it. */
  static handOver(scope: Construct, id: string): void {
    const role = new Construct(scope, id);
    new Forgotten(role, 'Resource', IamRole.tfResourceType);
    new Forgotten(role, 'ClusterPolicy', IamRolePolicyAttachment.tfResourceType);
  }
}
