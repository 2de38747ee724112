import { Op, type Postcondition, TerraformSelf, Token } from 'cdktf';

/** The postcondition that a look-up found a resource with exactly this name. */
export function exactName(name: string, errorMessage: string): Postcondition {
  return {
    // Terraform evaluates a token only in an expression, and a plain name needs its quotes escaped.
    condition: Token.isUnresolved(name)
      ? Op.eq(TerraformSelf.getString('name'), name)
      : `\${self.name == ${quotedName(name)}}`,
    errorMessage,
  };
}

/** A name in quotes for an error message; a token as it is, because Terraform replaces it. */
export function quotedName(name: string): string {
  return Token.isUnresolved(name) ? name : JSON.stringify(name);
}
