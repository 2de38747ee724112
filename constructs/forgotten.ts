import { TerraformElement } from 'cdktf';
import type { Construct } from 'constructs';
import { AccessError } from '../constraints/access-error';

/**
 * A `removed` block: Terraform forgets the resource with the id of this element in the state, and does not destroy it.
 * It has no effect without such a resource. Terraform 1.7, or OpenTofu 1.10.
 * @see https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources
 */
export class Forgotten extends TerraformElement {
  /**
   * @param id id that the resource had in the scope.
   * @param type Terraform type of the resource, such as `okta_group`.
   * @param inPlaceOf the data source that has the id now; by default, nothing has it.
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly type: string,
    private readonly inPlaceOf?: TerraformElement,
  ) {
    super(scope, id);
  }

  override toTerraform(): object {
    const from = `${this.type}.${(this.inPlaceOf ?? this).friendlyUniqueId}`;
    return { removed: [{ from, lifecycle: { destroy: false } }] };
  }

  /** @throws AccessError: without the block, a plan of the HCL files would destroy the resource. */
  override toHclTerraform(): never {
    throw new AccessError(
      'cdktf writes no removed block in HCL, so Terraform would destroy what is handed over. Synthesize JSON, without --hcl, until handOver is removed.',
    );
  }
}
