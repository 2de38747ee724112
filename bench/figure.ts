import { tableLines } from '../report/table-text';

/** One figure of the benchmark. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  /** `x` is a ratio, `/s` a number per second. */
  readonly unit: 'x' | '/s' | 's' | 'ms' | 'MB';
  /** @default - no goal, for comparison only */
  readonly goal?: { readonly most: number } | { readonly least: number };
  /** The measurements behind the figure. */
  readonly from: string;
}

/** Whether a figure meets its goal; undefined if it has none. */
export function met({ value, goal }: Figure): boolean | undefined {
  if (goal === undefined) return undefined;
  return 'most' in goal ? value <= goal.most : value >= goal.least;
}

/** Figures as a table for people. */
export function table(figures: readonly Figure[]): string {
  const quantities = figures.map(({ value, unit }) => quantity(value, unit));
  const width = Math.max(...quantities.map(({ length }) => length));
  const rows = figures.map((figure, at) => [
    figure.what,
    (quantities[at] as string).padStart(width),
    goalText(figure),
    { true: 'met', false: 'missed', undefined: '' }[String(met(figure))] as string,
    figure.from,
  ]);
  return tableLines([['figure', 'value'.padStart(width), 'goal', '', 'from'], ...rows]).join('\n');
}

/** A value, rounded to about three digits, with its unit. */
export function quantity(value: number, unit: Figure['unit']): string {
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${unit}`;
}

function goalText({ goal, unit }: Figure): string {
  if (goal === undefined) return '';
  return 'most' in goal ? `at most ${goal.most} ${unit}` : `at least ${goal.least} ${unit}`;
}
