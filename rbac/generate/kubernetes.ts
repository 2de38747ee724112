import { readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { KubernetesData } from '../kubernetes/kubernetes-data';
import type { PolicyRule } from '../policy-rule';
import { kubernetesSource } from './kubernetes-source';
import { readKubernetes } from './read-kubernetes';

const FOLDER = join(__dirname, '../kubernetes');

/** The file of the data of a Kubernetes version: a rule, a binding, or a resource on each line. */
export function dataFile({ release, rbac, apiResources }: KubernetesData): string {
  return `{
"release": ${JSON.stringify(release)},
"rbac": {
"clusterRoles": ${lines(rbac.clusterRoles.map(roleText))},
"roles": ${lines(rbac.roles.map(roleText))},
"clusterRoleBindings": ${lines(rbac.clusterRoleBindings.map((binding) => JSON.stringify(binding)))},
"roleBindings": ${lines(rbac.roleBindings.map((binding) => JSON.stringify(binding)))}
},
"apiResources": ${lines(apiResources.map((resource) => JSON.stringify(resource)))}
}
`;
}

function roleText<Role extends { readonly rules: readonly PolicyRule[] }>({ rules, ...role }: Role): string {
  const head = JSON.stringify(role).slice(0, -1);
  return `${head},"rules":${rules.length === 0 ? '[]' : lines(rules.map((rule) => `  ${JSON.stringify(rule)}`))}}`;
}

function lines(items: readonly string[]): string {
  return `[\n${items.join(',\n')}\n]`;
}

/** The module that lists the versions, oldest first. */
export function versionsFile(versions: readonly string[]): string {
  return `// Written by npm run kubernetes-facts. Do not edit.
import type { KubernetesData } from './kubernetes-data';

/** Loads the data of each known Kubernetes version, oldest first. */
export const KUBERNETES_VERSIONS: Readonly<Record<string, () => KubernetesData>> = {
${versions.map((version) => `  '${version}': () => require('./${version}.json'),\n`).join('')}};
`;
}

/**
 * Writes the data of a Kubernetes version, and the list of versions.
 * @param version as for `kubernetesSource`.
 * @returns a line that says what was written.
 */
export function generate(version: string, folder: string = FOLDER): string {
  const data = readKubernetes(kubernetesSource(version));
  const minor = data.release.split('.').slice(0, 2).join('.');
  const file = join(folder, `${minor}.json`);
  writeFileSync(file, dataFile(data));
  const versions = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  writeFileSync(join(folder, 'versions.ts'), versionsFile(versions));
  const { rbac, apiResources } = data;
  return `${relative(process.cwd(), file)}: ${rbac.clusterRoles.length} ClusterRoles, ${rbac.roles.length} Roles, and ${apiResources.length} resources of Kubernetes ${data.release}`;
}

if (require.main === module) {
  try {
    const [version = '', ...others] = process.argv.slice(2);
    if (others.length > 0) throw new Error(`One version at a time; ${[version, ...others].join(' ')} are several.`);
    console.log(generate(version));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
