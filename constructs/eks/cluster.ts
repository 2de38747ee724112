import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { DataAwsEksCluster } from '#aws/data-aws-eks-cluster';
import { EksCluster as EksClusterResource } from '#aws/eks-cluster';
import type { ControlPlaneLog } from '../../constraints/eks/control-plane-logs';
import { idAddress } from '../replacement';
import { sameStackFinding } from '../same-stack';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';
import type { EksClusterRole } from './cluster-role';
import type { ControlPlaneLogGroup } from './control-plane-log-group';
import { endpointAccess, publicCidrsFinding } from './endpoint-access';

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
  /** Address of its id, for what is on the cluster and has to be replaced with it; none where it is looked up. */
  readonly idAddress?: string;
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
   * Security groups besides the one that EKS makes.
   * @default - none
   */
  readonly securityGroupIds?: readonly string[];
  /**
   * Whether the API server is reached from inside the VPC; without `publicCidrs`, only from there.
   * @default false
   */
  readonly endpointPrivate?: boolean;
  /**
   * Address blocks that reach the API server over the internet. EKS keeps the last list when it is taken out here:
   * write `0.0.0.0/0` to open the endpoint again.
   * @default - every address, or none with `endpointPrivate`
   */
  readonly publicCidrs?: readonly string[];
  /**
   * Control-plane logs that go to CloudWatch.
   * @default ['api', 'audit', 'authenticator']
   */
  readonly logs?: readonly ControlPlaneLog[];
  /**
   * Where the logs go, made before the cluster; it cannot be added to a cluster that has made its own.
   * @default - EKS makes a log group that keeps them for ever
   */
  readonly logGroup?: ControlPlaneLogGroup;
  /**
   * ARN of the KMS key that Secrets are encrypted with. EKS keeps it for good: taking it out here replaces the
   * cluster, and another one is planned each time but never sent.
   * @default - EKS' own key
   */
  readonly secretsKeyArn?: string;
  /**
   * What follows the end of a version's standard support: `STANDARD` an upgrade by EKS, `EXTENDED` a higher price.
   * @default - EKS' default
   * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
   */
  readonly supportType?: 'STANDARD' | 'EXTENDED';
  /**
   * Whether EKS refuses to delete the cluster.
   * @default - EKS' default
   */
  readonly deletionProtection?: boolean;
  /**
   * Whether Terraform may destroy or replace the cluster, with everything that runs on it.
   * @default false
   */
  readonly replaceable?: boolean;
}

/** An EKS control plane; it has no nodes. */
export class EksCluster extends Construct implements IEksCluster {
  readonly clusterName: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly dependable: ITerraformDependable;
  readonly idAddress: string;

  constructor(scope: Construct, id: string, props: EksClusterProps) {
    super(scope, id);
    const { logGroup, publicCidrs, secretsKeyArn, supportType } = props;
    validateName(this, 'eksCluster', props.name);
    validateFindings(this, () => [
      publicCidrs && publicCidrsFinding(publicCidrs),
      logGroup && sameStackFinding(this, logGroup, 'log group', 'Make the log group in this stack.'),
    ]);

    const logs = [...(props.logs ?? ['api', 'audit', 'authenticator'])].sort();
    const cluster = new EksClusterResource(this, 'Resource', {
      name: props.name,
      version: props.version,
      roleArn: props.role.roleArn,
      vpcConfig: {
        subnetIds: props.subnetIds,
        securityGroupIds: props.securityGroupIds && [...props.securityGroupIds].sort(),
        ...endpointAccess(props.endpointPrivate, publicCidrs),
      },
      enabledClusterLogTypes: logs,
      // Stated from the first version: adding them later, or leaving the second out again, replaces the cluster.
      accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP', bootstrapClusterCreatorAdminPermissions: true },
      encryptionConfig: secretsKeyArn ? { provider: { keyArn: secretsKeyArn }, resources: ['secrets'] } : undefined,
      upgradePolicy: supportType && { supportType },
      deletionProtection: props.deletionProtection,
      // EKS refuses a role whose policy is not attached yet, and could not clean up without it. It makes a missing
      // log group by itself, without retention, and Terraform's would meet it: already exists.
      dependsOn: [props.role.policyAttachment, ...(logGroup?.dependables ?? [])],
      // A changed name, role or key replaces it.
      lifecycle: { preventDestroy: props.replaceable !== true },
    });
    this.clusterName = props.name;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.dependable = cluster;
    this.idAddress = idAddress(cluster);
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
