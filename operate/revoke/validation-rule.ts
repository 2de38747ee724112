import { yamlText } from '../../sign-in/api-server-flags/yaml-text';

/**
 * The part of an AuthenticationConfiguration, in YAML, that refuses the tokens of one user. kube-apiserver reads a changed
 * file without a restart.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-authentication-configuration
 */
export function validationRule(userName: string): string {
  return yamlText(
    {
      userValidationRules: [
        { expression: `user.username != ${JSON.stringify(userName)}`, message: 'the access of this user has ended' },
      ],
    },
    [],
  );
}
