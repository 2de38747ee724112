import { type TerraformBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { type BackendSettings, type StackWithState, stateBackend } from './state-backend';

/** A stack of an access file. It keeps its state where the file says, and reads other stacks only by named outputs. */
export class AccessStack extends TerraformStack implements StackWithState {
  readonly backend: TerraformBackend;

  constructor(scope: Construct, id: string, backend: BackendSettings) {
    super(scope, id);
    this.backend = stateBackend(this, backend);
  }

  /**
   * Does nothing. cdktf resolves the whole stack here to find tokens of other stacks, which takes a quarter of the time
   * of a fleet. These stacks have none, because values cross by `readOutput`. A token of another stack would become a
   * reference that Terraform refuses.
   */
  override prepareStack(): void {}
}
