import { type ITerraformDependable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { DataAwsEksCluster } from '#aws/data-aws-eks-cluster';
import { EksCluster as EksClusterResource } from '#aws/eks-cluster';
import type { ControlPlaneLog } from '../../constraints/eks/control-plane-logs';
import { publicCidrsFindings } from '../../constraints/eks/public-cidrs';
import { Forgotten } from '../forgotten';
import { idAddress } from '../replacement';
import { sameStackFinding } from '../same-stack';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';
import type { EksClusterRole } from './cluster-role';
import type { ControlPlaneLogGroup } from './control-plane-log-group';
import { endpointAccess } from './endpoint-access';

/** An EKS cluster, created here or looked up. */
export interface IEksCluster extends Construct {
  /** Name as plain text. */
  readonly clusterName: string;
  /** URL of the API server. */
  readonly endpoint: string;
  /** Certificate authority of the API server, as base64-encoded PEM. */
  readonly certificateAuthority: string;
  /** What must exist before anything is added to the cluster. */
  readonly dependable: ITerraformDependable;
  /** Address of the cluster's id, for resources that must be replaced with it; undefined if it is looked up. */
  readonly idAddress?: string;
}

export interface EksClusterProps {
  /** Name of the cluster, 1 to 100 characters. A new name replaces the cluster. */
  readonly name: string;
  /**
   * Kubernetes version, such as `1.35`.
   * @default - EKS' default version on the day of creation
   */
  readonly version?: string;
  /** IAM role of the control plane. A new role replaces the cluster. */
  readonly role: EksClusterRole;
  /** Ids of two or more subnets, in different availability zones. */
  readonly subnetIds: string[];
  /**
   * Ids of security groups, in addition to the one that EKS creates.
   * @default - none
   */
  readonly securityGroupIds?: readonly string[];
  /**
   * Whether the API server is reachable from inside the VPC, and without `publicCidrs` only from there.
   * @default false
   */
  readonly endpointPrivate?: boolean;
  /**
   * CIDR blocks that can reach the API server over the internet, at least one. EKS keeps the last list if it is removed
   * here: set `0.0.0.0/0` to open the endpoint again.
   * @default - every address, or none with `endpointPrivate`
   */
  readonly publicCidrs?: readonly string[];
  /**
   * Control-plane logs that EKS sends to CloudWatch.
   * @default ['api', 'audit', 'authenticator']
   */
  readonly logs?: readonly ControlPlaneLog[];
  /**
   * Log group for the logs, in this stack. It cannot be added later, once EKS has created its own.
   * @default - EKS creates a log group that keeps the logs forever
   */
  readonly logGroup?: ControlPlaneLogGroup;
  /**
   * ARN of the KMS key that encrypts Secrets. It is permanent: removing it replaces the cluster, and Terraform plans
   * a different key each time but never sends it.
   * @default - EKS' own key
   */
  readonly secretsKeyArn?: string;
  /**
   * How IAM users and roles enter the cluster: `API` by access entries only, `API_AND_CONFIG_MAP` also by the ConfigMap
   * `aws-auth`, with which whoever writes ConfigMaps in `kube-system` can make anybody an administrator. EKS cannot
   * change `API` back.
   * @default 'API_AND_CONFIG_MAP'
   * @see https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html
   */
  readonly authenticationMode?: 'API' | 'API_AND_CONFIG_MAP';
  /**
   * What happens when standard support of a version ends: EKS upgrades it (`STANDARD`), or it costs more (`EXTENDED`).
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
   * Whether Terraform may destroy or replace the cluster, and everything that runs on it.
   * @default false
   */
  readonly replaceable?: boolean;
}

export interface ExistingEksClusterProps {
  /**
   * Whether Terraform made the cluster until now, as an `EksCluster` with the same id: it then forgets it instead of destroying it.
   * @default false
   */
  readonly handOver?: boolean;
}

/** The control plane of an EKS cluster, without nodes. */
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
      ...(publicCidrs === undefined || publicCidrs.some((block) => Token.isUnresolved(block))
        ? []
        : publicCidrsFindings(publicCidrs).map(({ finding }) => finding)),
      logGroup && sameStackFinding(this, logGroup, 'log group', 'Create the log group in this stack.'),
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
      // Set from the start: adding them later, or removing the second again, replaces the cluster.
      accessConfig: {
        authenticationMode: props.authenticationMode ?? 'API_AND_CONFIG_MAP',
        bootstrapClusterCreatorAdminPermissions: true,
      },
      encryptionConfig: secretsKeyArn ? { provider: { keyArn: secretsKeyArn }, resources: ['secrets'] } : undefined,
      upgradePolicy: supportType && { supportType },
      deletionProtection: props.deletionProtection,
      // EKS refuses a role without its policy, and needs the policy to clean up. It creates a missing log group itself,
      // without retention, and Terraform then fails to create its own.
      dependsOn: [props.role.policyAttachment, ...(logGroup?.dependables ?? [])],
      // A new name, role or key replaces the cluster.
      lifecycle: { preventDestroy: props.replaceable !== true },
    });
    this.clusterName = props.name;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.dependable = cluster;
    this.idAddress = idAddress(cluster);
  }

  /** Looks up an existing cluster by name when Terraform plans. */
  static fromName(scope: Construct, id: string, clusterName: string, props: ExistingEksClusterProps = {}): IEksCluster {
    return new ExistingEksCluster(scope, id, clusterName, props);
  }

  /** Makes Terraform forget the cluster that a construct with this id made, without looking it up: it stays in EKS. */
  static handOver(scope: Construct, id: string): void {
    new Forgotten(new Construct(scope, id), 'Resource', EksClusterResource.tfResourceType);
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
    { handOver }: ExistingEksClusterProps,
  ) {
    super(scope, id);
    validateName(this, 'eksCluster', clusterName);

    const cluster = new DataAwsEksCluster(this, 'Resource', { name: clusterName });
    if (handOver) new Forgotten(this, 'HandedOver', EksClusterResource.tfResourceType, cluster);
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.dependable = cluster;
  }
}
