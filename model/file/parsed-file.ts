import type * as z from 'zod';
import type { accessSchema } from './schema';

type DeepReadonly<Value> = Value extends object ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> } : Value;

/** A valid access file, with every default. */
export type ParsedFile = DeepReadonly<z.output<typeof accessSchema>>;

/** A cluster of the file with its defaults and those of `clusterDefaults`. */
export type ParsedCluster = ParsedFile['clusters'][string];

/** A grant with its place in the file, such as `grants[2]`. */
export type Grant = ParsedFile['grants'][number] & { readonly path: string };
