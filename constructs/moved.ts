import { TerraformElement, type TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * A `moved` block: the resource that had the id of this element in the state is another one now. It has no effect
 * without such a resource.
 * @see https://developer.hashicorp.com/terraform/language/modules/develop/refactoring
 */
export class Moved extends TerraformElement {
  /**
   * @param id id that the resource had in the scope.
   * @param to what the resource is now.
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly to: TerraformResource,
  ) {
    super(scope, id);
  }

  override toTerraform(): object {
    return { moved: [this.addresses()] };
  }

  override toHclTerraform(): object {
    const reference = (value: string) => ({ value, isBlock: false, type: 'simple', storageClassType: 'reference' });
    const { from, to } = this.addresses();
    return { moved: [{ to: reference(to), from: reference(from) }] };
  }

  private addresses(): { readonly from: string; readonly to: string } {
    const { terraformResourceType: type, friendlyUniqueId } = this.to;
    return { from: `${type}.${this.friendlyUniqueId}`, to: `${type}.${friendlyUniqueId}` };
  }
}
