import { type TerraformBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { type BackendSettings, type StackWithState, stateBackend } from './state-backend';

/** A stack of an access file: it keeps its state where the file says, and reads others by their named outputs only. */
export abstract class AccessStack extends TerraformStack implements StackWithState {
  readonly backend: TerraformBackend;

  constructor(scope: Construct, id: string, backend: BackendSettings) {
    super(scope, id);
    this.backend = stateBackend(this, backend);
  }

  /**
   * Does nothing. cdktf resolves a whole stack here to find tokens of other stacks, a quarter of a fleet's time, and
   * none has any: values cross by `readOutput`. A token of another stack would be a reference that Terraform refuses.
   */
  override prepareStack(): void {}
}
