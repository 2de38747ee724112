// Written by npm run kubernetes-facts. Do not edit.
import type { KubernetesData } from './kubernetes-data';

/** Loads the data of each known Kubernetes version, oldest first. */
export const KUBERNETES_VERSIONS: Readonly<Record<string, () => KubernetesData>> = {
  '1.30': () => require('./1.30.json'),
  '1.31': () => require('./1.31.json'),
  '1.32': () => require('./1.32.json'),
  '1.33': () => require('./1.33.json'),
  '1.34': () => require('./1.34.json'),
  '1.35': () => require('./1.35.json'),
  '1.36': () => require('./1.36.json'),
  '1.37': () => require('./1.37.json'),
};
