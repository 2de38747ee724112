import type * as z from 'zod';
import { type AccessFile, defineAccess } from '../../../model';
import type { accessSchema } from '../../../model/schema';

// Every name that the compiler has to accept: groups, clusters and roles of the file, built-in roles and presets.
defineAccess({
  okta: { orgName: 'example' },
  groups: { 'eks-admins': { description: 'Admins' }, 'eks-auditors': {} },
  roles: { auditor: { rules: [{ apiGroups: [''], resources: ['events'], verbs: ['list'] }] } },
  clusters: {
    prod: { kind: 'eks', region: 'eu-west-1', version: '1.35', logs: ['audit'] },
    legacy: { kind: 'existing-eks', region: 'us-east-1' },
    lab: { kind: 'self-managed', kubeconfigContext: 'lab' },
  },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-auditors', role: 'auditor', clusters: ['prod', 'legacy'] },
    { group: 'eks-auditors', role: 'developer-restricted', clusters: ['lab'], namespaces: ['team-a'] },
  ],
});

// Generated names are plain strings, which only the run time can check.
const names: string[] = ['a', 'b'];
defineAccess({
  okta: { orgName: 'example' },
  groups: { 'eks-admins': {} },
  clusters: Object.fromEntries(names.map((name) => [name, { kind: 'existing-eks' as const, region: 'eu-west-1' }])),
  grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: names }],
});

// The editor and the schema know the same keys; the schema alone takes DYNAMIC, to refuse it with its reason.
type Keys<Value> = Value extends readonly (infer Item)[]
  ? Keys<Item>
  : Value extends object
    ? { [Key in keyof Value & string]: Key | `${Key}.${Keys<Value[Key]>}` }[keyof Value & string]
    : never;
type Schema = z.input<typeof accessSchema>;
export const everyKeyIsInTheSchema = (key: Keys<AccessFile>): Keys<Schema> => key;
export const everyKeyIsInTheEditor = (key: Keys<Schema>): Keys<AccessFile> => key;
export const everyFileFitsTheSchema = (file: AccessFile): Schema => file;
