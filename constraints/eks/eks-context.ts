/** A cluster in EKS, as far as the name of a kubeconfig context tells. */
export interface NamedEksCluster {
  readonly name: string;
  readonly region: string;
  /** Twelve digits; undefined if the context does not have it. */
  readonly account?: string;
}

/** What `aws eks update-kubeconfig` writes. @see https://docs.aws.amazon.com/cli/latest/reference/eks/update-kubeconfig.html */
const ARN = /^arn:aws[a-z-]*:eks:(?<region>[a-z0-9-]+):(?<account>\d{12}):cluster\/(?<name>[^/]+)$/;
/** What eksctl writes, in AWS regions of any partition. @see https://eksctl.io/usage/creating-and-managing-clusters/ */
const EKSCTL = /^(?:.+@)?(?<name>[A-Za-z0-9][A-Za-z0-9_-]*)\.(?<region>[a-z]{2,}(?:-[a-z]+)+-\d+)\.eksctl\.io$/;

/** The cluster in EKS that a kubeconfig context is for, if the AWS CLI or eksctl wrote it; undefined for other names. */
export function eksClusterOfContext(context: string): NamedEksCluster | undefined {
  const { name, region, account } = (ARN.exec(context) ?? EKSCTL.exec(context))?.groups ?? {};
  if (name === undefined || region === undefined) return undefined;
  return { name, region, ...(account !== undefined && { account }) };
}
