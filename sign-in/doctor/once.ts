/** A function that reads something once, and gives the same answer, or the same error, each time. */
export function once<Value>(read: () => Value): () => Value {
  let answer: { readonly value: Value } | { readonly error: unknown } | undefined;
  return () => {
    if (answer === undefined) {
      try {
        answer = { value: read() };
      } catch (error) {
        answer = { error };
      }
    }
    if ('error' in answer) throw answer.error;
    return answer.value;
  };
}
