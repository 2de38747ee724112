import { Lazy, type TerraformResource } from 'cdktf';

/**
 * The address of a resource's id for `replace_triggered_by`, as the plain text `<type>.<name>.id`:
 * Terraform refuses `${…}` there, and the whole resource would replace on any update.
 */
export function idAddress(resource: TerraformResource): string {
  // Lazy, because the logical id can still be overridden after this call.
  return Lazy.stringValue({
    produce: () => `${resource.terraformResourceType}.${resource.friendlyUniqueId}.id`,
  });
}
