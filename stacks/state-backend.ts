import { posix } from 'node:path';
import { LocalBackend, Manifest, type TerraformBackend, type TerraformStack } from 'cdktf';

/**
 * Keeps the state of a stack in `terraform.<stack>.tfstate` beside the output folder, never in it: synthesis
 * removes the folder of a stack that has left the access file, with whatever lies there.
 */
export function stateBackend(stack: TerraformStack): TerraformBackend {
  // Terraform counts a relative path from the folder in which it runs. Not the real output folder's place: that
  // would put the machine's own paths into the files.
  const beside = posix.relative(posix.join('/output', Manifest.stacksFolder, stack.node.id), '/');
  const file = `${beside}/terraform.${stack.node.id}.tfstate`;
  return new LocalBackend(stack, {
    path: file,
    // Where the states of other workspaces go; the default lies in the output folder.
    workspaceDir: `${file}.d`,
  });
}

/**
 * Reads a named output of another stack from its state, wherever its backend keeps it.
 * @param producer has to have an output of this name; the consumer is deployed after it.
 */
export function readOutput(consumer: TerraformStack, producer: StackWithState, output: string): string {
  const id = producer.node.id;
  const existing = consumer.node.tryFindChild(id) as
    | ReturnType<TerraformBackend['getRemoteStateDataSource']>
    | undefined;
  consumer.addDependency(producer);
  return (existing ?? producer.backend.getRemoteStateDataSource(consumer, id, id)).getString(output);
}

/** A stack whose outputs other stacks can read. */
export interface StackWithState extends TerraformStack {
  readonly backend: TerraformBackend;
}
