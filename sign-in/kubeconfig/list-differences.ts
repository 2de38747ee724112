/** A part of a list that gets other items: those from one position to before another one. */
export interface Difference<Value> {
  readonly from: number;
  readonly to: number;
  readonly values: readonly Value[];
}

/** The least parts of a list that have to change, by the longest sequence that both have. */
export function differences<Item, Value>(
  items: readonly Item[],
  values: readonly Value[],
  isSame: (item: Item, value: Value) => boolean,
): readonly Difference<Value>[] {
  // common[i][j]: the length of the longest common sequence behind items[i] and values[j].
  const common = Array.from({ length: items.length + 1 }, () => new Array<number>(values.length + 1).fill(0));
  const lengthAt = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = items.length - 1; i >= 0; i--) {
    for (let j = values.length - 1; j >= 0; j--) {
      (common[i] as number[])[j] = isSame(items[i] as Item, values[j] as Value)
        ? lengthAt(i + 1, j + 1) + 1
        : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
    }
  }
  const found: Difference<Value>[] = [];
  let from = 0;
  let start = 0;
  let i = 0;
  let j = 0;
  const end = () => {
    if (i > from || j > start) found.push({ from, to: i, values: values.slice(start, j) });
  };
  while (i < items.length && j < values.length) {
    if (isSame(items[i] as Item, values[j] as Value)) {
      end();
      from = ++i;
      start = ++j;
    } else if (lengthAt(i + 1, j) >= lengthAt(i, j + 1)) i++;
    else j++;
  }
  [i, j] = [items.length, values.length];
  end();
  return found;
}
