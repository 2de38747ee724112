/**
 * Data as YAML with a comment above it. Kubernetes' tools read YAML 1.1, in which more texts are numbers or booleans than in
 * YAML 1.2: what can be one of them is in quotes.
 * @param comment lines without `#`.
 */
export function yamlText(data: object, comment: readonly string[]): string {
  // Loaded here, so that the list of targets does not wait for it.
  const { Document, visit } = require('yaml') as typeof import('yaml');
  const document = new Document(data, { version: '1.1' });
  visit(document, {
    // The readers differ in what they take for a number, but each number starts like this.
    Scalar(_key, node) {
      if (typeof node.value === 'string' && /^[-+.\d<=]/.test(node.value)) node.type = 'QUOTE_SINGLE';
    },
  });
  const lines = comment.map((line) => `# ${line}\n`).join('');
  return `${lines}${document.toString({ lineWidth: 0, singleQuote: true })}`;
}
