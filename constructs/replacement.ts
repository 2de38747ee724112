import type { TerraformResource } from 'cdktf';

/**
 * The address of a resource's id for `replace_triggered_by`, as the plain text `<type>.<name>.id`:
 * Terraform refuses `${…}` there, and the whole resource would replace on any update.
 */
export function idAddress(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}.id`;
}

/**
 * The lifecycle of a resource that Terraform would leave in place while what it belongs to is replaced.
 * @param addresses of ids; undefined for what is looked up, which is never replaced.
 */
export function replacedWith(...addresses: (string | undefined)[]): { replaceTriggeredBy: string[] } | undefined {
  const replaceTriggeredBy = addresses.filter((address) => address !== undefined);
  return replaceTriggeredBy.length === 0 ? undefined : { replaceTriggeredBy };
}
