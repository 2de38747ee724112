import type { AwsCredentials } from './signature';

/** Who has an access key. */
export interface AwsIdentity {
  /** ARN of the user, or of the session of a role. */
  readonly arn: string;
  /** The calls of EKS that it may make, such as `eks:DescribeCluster`. @default - all */
  readonly actions?: readonly string[];
}

/** The access keys of a run. */
export class AwsIdentities {
  private readonly credentials = new Map<string, AwsCredentials>();
  private readonly identities = new Map<string, AwsIdentity>();

  /** @param askArn asks STS for the ARN of an access key. */
  constructor(private readonly askArn: (accessKeyId: string) => Promise<string>) {}

  add(credentials: AwsCredentials, identity?: AwsIdentity): void {
    this.credentials.set(credentials.accessKeyId, credentials);
    if (identity !== undefined) this.identities.set(credentials.accessKeyId, identity);
  }

  credentialsOf(accessKeyId: string): AwsCredentials | undefined {
    return this.credentials.get(accessKeyId);
  }

  async identityOf(accessKeyId: string): Promise<AwsIdentity> {
    const known = this.identities.get(accessKeyId) ?? { arn: await this.askArn(accessKeyId) };
    this.identities.set(accessKeyId, known);
    return known;
  }

  /** Adds the access key that an answer of IAM or STS has, if it has one. */
  learn(answer: string): void {
    const field = (name: string) => answer.match(new RegExp(`<${name}>([^<]+)</${name}>`))?.[1];
    const [accessKeyId, secretAccessKey] = [field('AccessKeyId'), field('SecretAccessKey')];
    if (accessKeyId === undefined || secretAccessKey === undefined) return;
    this.add({ accessKeyId, secretAccessKey, sessionToken: field('SessionToken') });
  }

  /** Takes an access key away. */
  forget(accessKeyId: string): void {
    this.credentials.delete(accessKeyId);
    this.identities.delete(accessKeyId);
  }
}
