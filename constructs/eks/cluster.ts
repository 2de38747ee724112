import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { DataAwsEksCluster } from '#aws/data-aws-eks-cluster';
import { EksCluster as EksClusterResource } from '#aws/eks-cluster';
import type { ControlPlaneLog } from '../../model/access-file';
import { validateName } from '../validate-name';
import type { EksClusterRole } from './cluster-role';

/** An EKS cluster, made here or looked up. */
export interface IEksCluster extends Construct {
  /** Name as plain text. */
  readonly clusterName: string;
  /** URL of the API server. */
  readonly endpoint: string;
  /** Certificate authority of the API server, PEM in base64. */
  readonly certificateAuthority: string;
  /** What has to be there before anything is added to the cluster. */
  readonly dependable: ITerraformDependable;
}

export interface EksClusterProps {
  /** 1 to 100 characters. */
  readonly name: string;
  /**
   * Kubernetes version, such as `1.35`.
   * @default - EKS' default on the day it is made
   */
  readonly version?: string;
  readonly role: EksClusterRole;
  /** Two or more, in different zones. */
  readonly subnetIds: string[];
  /**
   * Control-plane logs that go to CloudWatch.
   * @default ['api', 'audit', 'authenticator']
   */
  readonly logs?: readonly ControlPlaneLog[];
}

/** An EKS control plane; it has no nodes. */
export class EksCluster extends Construct implements IEksCluster {
  readonly clusterName: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly dependable: ITerraformDependable;

  constructor(scope: Construct, id: string, props: EksClusterProps) {
    super(scope, id);
    validateName(this, 'eksCluster', props.name);

    const logs = [...(props.logs ?? ['api', 'audit', 'authenticator'])].sort();
    const cluster = new EksClusterResource(this, 'Resource', {
      name: props.name,
      version: props.version,
      roleArn: props.role.roleArn,
      vpcConfig: { subnetIds: props.subnetIds },
      enabledClusterLogTypes: logs,
      // Stated from the first version: adding them later, or leaving the second out again, replaces the cluster.
      accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP', bootstrapClusterCreatorAdminPermissions: true },
      // EKS refuses a role whose policy is not attached yet, and could not clean up without it.
      dependsOn: [props.role.policyAttachment],
    });
    this.clusterName = props.name;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.dependable = cluster;
  }

  /** A cluster that exists in EKS, looked up by its name when Terraform plans. */
  static fromName(scope: Construct, id: string, clusterName: string): IEksCluster {
    return new ExistingEksCluster(scope, id, clusterName);
  }
}

class ExistingEksCluster extends Construct implements IEksCluster {
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly dependable: ITerraformDependable;

  constructor(
    scope: Construct,
    id: string,
    readonly clusterName: string,
  ) {
    super(scope, id);
    validateName(this, 'eksCluster', clusterName);

    const cluster = new DataAwsEksCluster(this, 'Resource', { name: clusterName });
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.dependable = cluster;
  }
}
