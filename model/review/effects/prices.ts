/**
 * What it costs to change how every cluster trusts Okta. Each argument of an association of EKS forces a replacement,
 * and a cluster has only one association.
 * @see https://registry.terraform.io/providers/hashicorp/aws/6.25.0/docs/resources/eks_identity_provider_config
 * @see https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html
 */
export const PRICE_OF_ASSOCIATION =
  'sign-in to EKS clusters is unavailable for 20 minutes or more while Terraform replaces their associations, and self-managed clusters refuse tokens until their API servers have the new flags';

/**
 * What it costs to replace a cluster that Terraform created.
 * @see https://registry.terraform.io/providers/hashicorp/aws/6.25.0/docs/resources/eks_cluster
 */
export const PRICE_OF_CLUSTER = 'Terraform destroys the cluster with everything that runs on it, and creates a new one';

/** What it costs a cluster to trust another app: no client ID is given twice. */
export const PRICE_OF_APP =
  'sign-in to the cluster is unavailable for 20 minutes or more while Terraform replaces its association, or until the API server of a self-managed cluster has the new client ID';

/** What it costs to delete a group of Okta. */
export const PRICE_OF_GROUP = 'Terraform deletes the group in Okta, for every other app that uses it too';

/** What it costs to delete a namespace. */
export const PRICE_OF_NAMESPACE = 'Terraform deletes the namespace that it created, with everything in it';
