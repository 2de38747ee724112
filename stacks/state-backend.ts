import { posix } from 'node:path';
import { LocalBackend, Manifest, S3Backend, type TerraformBackend, type TerraformStack } from 'cdktf';
import type { Access } from '../model/derived/access';
import { CustomBackend } from './custom-backend';
import { HcpBackend } from './hcp-backend';

/** Where the state of each stack is kept. */
export type BackendSettings = Access['backend'];

/** Keeps the state of a stack where the access file says, under the name of the stack. */
export function stateBackend(stack: TerraformStack, settings: BackendSettings): TerraformBackend {
  if (settings === 'local') return localBackend(stack);
  if ('s3' in settings) return s3Backend(stack, settings.s3);
  if ('custom' in settings) return new CustomBackend(stack, settings.custom.type, settings.custom.config);
  const { organization, workspacePrefix, hostname } = settings.cloud;
  return new HcpBackend(stack, { organization, workspace: `${workspacePrefix}${stack.node.id}`, hostname });
}

/**
 * `terraform.<stack>.tfstate` next to the output folder, never in it: synthesis removes the folder of a stack that has
 * left the access file, with everything in it.
 */
function localBackend(stack: TerraformStack): TerraformBackend {
  // Terraform resolves a relative path from the folder in which it runs. The path of the real output folder is not
  // used: it would put paths of the machine into the files.
  const beside = posix.relative(posix.join('/output', Manifest.stacksFolder, stack.node.id), '/');
  const file = `${beside}/terraform.${stack.node.id}.tfstate`;
  return new LocalBackend(stack, {
    path: file,
    // Where the states of other workspaces are kept. The default is in the output folder.
    workspaceDir: `${file}.d`,
  });
}

function s3Backend(
  stack: TerraformStack,
  { bucket, region, keyPrefix, kmsKeyId, roleArn }: Extract<BackendSettings, { s3: unknown }>['s3'],
): TerraformBackend {
  const key = posix.join(keyPrefix, `${stack.node.id}.tfstate`);
  const assumeRole = roleArn === undefined ? undefined : { roleArn };
  const backend = new S3Backend(stack, { bucket, region, key, encrypt: true, kmsKeyId, assumeRole });
  // A lock file in the bucket prevents two applies at a time. cdktf's type does not have the setting.
  stack.addOverride('terraform.backend.s3.use_lockfile', true);
  return backend;
}

/**
 * Reads a named output of another stack from its state, wherever its backend keeps it. The consumer is deployed after
 * the producer.
 * @param producer a stack that has an output with this name.
 */
export function readOutput(consumer: TerraformStack, producer: StackWithState, output: string): string {
  const id = producer.node.id;
  const existing = consumer.node.tryFindChild(id) as
    | ReturnType<TerraformBackend['getRemoteStateDataSource']>
    | undefined;
  consumer.addDependency(producer);
  return (existing ?? producer.backend.getRemoteStateDataSource(consumer, id, id)).getString(output);
}

/** A stack with outputs that other stacks can read. */
export interface StackWithState extends TerraformStack {
  readonly backend: TerraformBackend;
}
