import type { Values } from './stack-plan';

/** A text of an object; undefined if there is none, or if it is only known after apply. */
export function textAt(values: Values | undefined, key: string): string | undefined {
  const value = values?.[key];
  return typeof value === 'string' ? value : undefined;
}

/** The texts of a list; none if there are none. */
export function textsAt(values: Values | undefined, key: string): readonly string[] {
  const list = values?.[key];
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}

/** The blocks of an object with this name; a block that occurs once is a list of one. */
export function blocksAt(values: Values | undefined, key: string): readonly Values[] {
  const value = values?.[key];
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'object' && item !== null);
}

/** The metadata of a Kubernetes object, of the typed resources and of a manifest. */
export function metadataOf(values: Values | undefined): Values | undefined {
  return blocksAt(values, 'metadata')[0] ?? blocksAt(blocksAt(values, 'manifest')[0], 'metadata')[0];
}
