/** One figure of the benchmark. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  /** `x` for a ratio, `/s` for how many a second, `s`, `ms` or `MB`. */
  readonly unit: 'x' | '/s' | 's' | 'ms' | 'MB';
  /** @default - no goal, for comparison only */
  readonly goal?: { readonly most: number } | { readonly least: number };
  /** What the figure was made of. */
  readonly from: string;
}

/** Whether a figure meets its goal; undefined where it has none. */
export function met({ value, goal }: Figure): boolean | undefined {
  if (goal === undefined) return undefined;
  return 'most' in goal ? value <= goal.most : value >= goal.least;
}

/** Figures as a table for a person, one a line. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    quantity(figure.value, figure.unit),
    goalText(figure),
    { true: 'met', false: 'missed', undefined: '' }[String(met(figure))] as string,
    figure.from,
  ]);
  const all = [['figure', 'value', 'goal', '', 'from'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => (row[column] as string).length))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => (column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A value with as many digits as say something. */
export function quantity(value: number, unit: Figure['unit']): string {
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${unit}`;
}

function goalText({ goal, unit }: Figure): string {
  if (goal === undefined) return '';
  return 'most' in goal ? `at most ${goal.most} ${unit}` : `at least ${goal.least} ${unit}`;
}
