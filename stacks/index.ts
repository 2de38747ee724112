export { defineAccessStacks } from './access-stacks';
export { ClusterStack, type ClusterStackProps } from './cluster-stack';
export { OktaStack } from './okta-stack';
export { RbacStack, type RbacStackProps } from './rbac-stack';
