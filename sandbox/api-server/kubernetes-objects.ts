import { AccessError } from '../../constraints/access-error';
import { KUBERNETES_NAMESPACES } from '../../constraints/kubernetes/initial-namespaces';
import type { ResolvedResources } from './rbac-policy';

/** A Kubernetes object to apply. */
export type KubernetesObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
} & Readonly<Record<string, unknown>>;

type Json = Readonly<Record<string, unknown>>;

const RBAC = 'rbac.authorization.k8s.io/v1';

const CONVERTERS: Readonly<Record<string, (resource: Json) => unknown>> = {
  kubernetes_namespace_v1: typed('v1', 'Namespace'),
  kubernetes_cluster_role_v1: typed(RBAC, 'ClusterRole'),
  kubernetes_role_v1: typed(RBAC, 'Role'),
  kubernetes_cluster_role_binding_v1: typed(RBAC, 'ClusterRoleBinding'),
  kubernetes_role_binding_v1: typed(RBAC, 'RoleBinding'),
  kubernetes_network_policy_v1: typed('networking.k8s.io/v1', 'NetworkPolicy'),
  kubernetes_resource_quota_v1: typed('v1', 'ResourceQuota'),
  kubernetes_labels: ({ api_version, kind, metadata, labels }) => ({
    apiVersion: api_version,
    kind,
    metadata: { ...(metadata as Json), labels },
  }),
  kubernetes_manifest: ({ manifest }) => manifest,
};

/** Fields with other names in Terraform: blocks are singular where Kubernetes has a plural list. */
const FIELDS: Readonly<Record<string, string>> = {
  rule: 'rules',
  subject: 'subjects',
  non_resource_urls: 'nonResourceURLs',
};

/** Maps with keys that the user chooses, which are not converted. */
const MAPS = ['labels', 'annotations', 'match_labels', 'hard'];

/**
 * The objects that the Kubernetes provider would send to the API server for the resources of a stack, namespaces first.
 * @param resources with resolved references and without arguments for Terraform itself.
 */
export function kubernetesObjects(resources: ResolvedResources): readonly KubernetesObject[] {
  return Object.entries(resources)
    .flatMap(([type, byName]) => Object.values(byName).map((resource) => kubernetesObject(type, resource as Json)))
    .sort((a, b) => rank(a) - rank(b));
}

/** The namespaces of objects that neither the objects nor Kubernetes create, so they must already exist. */
export function expectedNamespaces(objects: readonly KubernetesObject[]): readonly string[] {
  const existing = new Set(KUBERNETES_NAMESPACES);
  for (const { kind, metadata } of objects) if (kind === 'Namespace') existing.add(metadata.name);
  const expected = objects.map(({ metadata }) => metadata.namespace).filter((name) => name !== undefined);
  return [...new Set(expected)].filter((name) => !existing.has(name)).sort();
}

function kubernetesObject(type: string, resource: Json): KubernetesObject {
  const convert = CONVERTERS[type];
  if (convert === undefined) throw new AccessError(`The sandbox does not support the resource type ${type}.`);
  return convert(resource) as KubernetesObject;
}

function typed(apiVersion: string, kind: string): (resource: Json) => object {
  return (resource) => ({ apiVersion, kind, ...(converted(resource) as object) });
}

function converted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(converted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, content]) => !isEmptyNamespace(key, content))
      .map(([key, content]) => [fieldName(key), MAPS.includes(key) ? content : fieldValue(key, content)]),
  );
}

function fieldName(key: string): string {
  return FIELDS[key] ?? key.replaceAll(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}

/** A port is a number or a name. Terraform writes both as strings. */
function fieldValue(key: string, content: unknown): unknown {
  if (key === 'port' && typeof content === 'string' && /^\d+$/.test(content)) return Number(content);
  return converted(content);
}

/** The provider uses an empty namespace for subjects that are in no namespace. */
function isEmptyNamespace(key: string, content: unknown): boolean {
  return key === 'namespace' && content === '';
}

function rank({ kind }: KubernetesObject): number {
  return kind === 'Namespace' ? 0 : 1;
}
