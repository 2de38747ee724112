import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { differences } from './list-differences';
import { type Plain, yamlLines, yamlPair } from './yaml-text';

/** A node of a parsed text: it knows where it is. */
type Placed = Node & { range: [start: number, valueEnd: number, nodeEnd: number] };

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Changes values in a YAML or JSON text, and leaves every other character as it is: comments, order, quotes, indentation,
 * and line ends. The nodes have to come from the same text.
 */
export class YamlEdits {
  private readonly edits: Edit[] = [];
  private readonly lineEnd: string;

  constructor(private readonly text: string) {
    this.lineEnd = /\r?\n/.exec(text)?.[0] ?? '\n';
  }

  /** The text with all changes. */
  result(): string {
    let at = 0;
    let result = '';
    // Sorting is stable: changes at one place stay in the order in which they were made.
    for (const { start, end, text } of [...this.edits].sort((a, b) => a.start - b.start)) {
      result += this.text.slice(at, start) + text;
      at = end;
    }
    return result + this.text.slice(at);
  }

  /** Appends pairs to a map that does not have their keys. */
  private addPairs(map: YAMLMap, pairs: readonly (readonly [key: string, value: Plain])[]): void {
    const last = map.items.at(-1);
    if (!isFlow(map)) {
      for (const pair of pairs) this.insertLines(this.endOfMap(map), this.columnOfMap(map), yamlPair(...pair));
    } else if (last === undefined) {
      this.replace(map, this.flowText(Object.fromEntries(pairs), this.indentationAt(placed(map).range[0])));
    } else for (const [key, value] of pairs) this.appendToFlow(last.key, last.value ?? last.key, key, value);
  }

  /** Appends items to a list. */
  addItems(list: YAMLSeq, items: readonly Plain[]): void {
    const last = list.items.at(-1);
    if (isFlow(list)) {
      if (last === undefined) this.replace(list, this.flowText(items, this.indentationAt(placed(list).range[0])));
      else for (const item of items) this.appendToFlow(last, last, undefined, item);
    } else this.insertLines(this.endOf(last), this.columnOfList(list), yamlLines(items));
  }

  /** Gives the pair of a map another value. Maps are changed key by key, and lists item by item. */
  setValue(map: YAMLMap, pair: Pair, value: Plain): void {
    const { value: old } = pair;
    if (isMap(old) && isObject(value) && old.items.length > 0) this.setKeys(old, value);
    else if (isSeq(old) && Array.isArray(value) && old.items.length > 0) this.setItems(old, value);
    else if (isFlow(map)) {
      this.replacePairValue(pair, this.flowText(value, this.indentationAt(placed(pair.key).range[0])));
    } else {
      const [line = '', ...lines] = yamlPair('key', value);
      // Lines of their own come below what else is on the line of the key, such as a comment.
      const end = this.replacePairValue(pair, lines.length > 0 ? '' : line.slice('key: '.length));
      if (lines.length > 0) this.insertLines(end, this.columnOf(placed(pair.key).range[0]), lines);
    }
  }

  /** Sets keys of a map, and leaves its other keys. */
  setKeys(map: YAMLMap, values: Readonly<Record<string, Plain | undefined>>): void {
    const missing: [string, Plain][] = [];
    for (const [key, value] of Object.entries(values)) {
      if (value === undefined) continue;
      const pair = pairOf(map, key);
      if (pair === undefined) missing.push([key, value]);
      else if (!isSame(pair.value, value)) this.setValue(map, pair, value);
    }
    if (missing.length > 0) this.addPairs(map, missing);
  }

  /** Replaces an item of a list, whatever it is. */
  replaceItem(list: YAMLSeq, at: number, value: Plain): void {
    const item = list.items[at];
    const { range } = placed(item);
    if (isFlow(list)) this.replace(item, this.flowText(value, this.indentationAt(range[0])));
    else this.replaceRange(range[0], this.endOf(item), yamlLines(value), this.columnOfList(list) + 2);
  }

  /** Changes, inserts, and deletes items, so that those that stay keep their comments. */
  private setItems(list: YAMLSeq, values: readonly Plain[]): void {
    for (const { from, to, values: changed } of differences(list.items, values, isSame)) {
      if (changed.length === 0) this.deleteItems(list, from, to);
      else if (from === to) this.insertItems(list, from, changed);
      else {
        const start = placed(list.items[from]).range[0];
        this.replaceRange(
          start,
          this.endOf(list.items[to - 1]),
          this.itemLines(list, changed),
          this.columnOfList(list),
        );
      }
    }
  }

  private insertItems(list: YAMLSeq, at: number, values: readonly Plain[]): void {
    const lines = this.itemLines(list, values);
    if (at === 0) {
      const start = placed(list.items[0]).range[0];
      if (isFlow(list)) this.edits.push({ start, end: start, text: `${lines[0]}, ` });
      else this.replaceRange(start, start, [...lines, '- '], this.columnOfList(list));
      return;
    }
    const end = this.endOf(list.items[at - 1]);
    if (isFlow(list)) this.edits.push({ start: end, end, text: `, ${lines[0]}` });
    else this.insertLines(end, this.columnOfList(list), [`- ${lines[0]}`, ...lines.slice(1)]);
  }

  private deleteItems(list: YAMLSeq, from: number, to: number): void {
    const first = placed(list.items[from]).range[0];
    const end = this.endOf(list.items[to - 1]);
    if (isFlow(list)) {
      const before = from > 0 ? this.endOf(list.items[from - 1]) : first;
      this.edits.push({ start: before, end: from > 0 ? end : placed(list.items[to]).range[0], text: '' });
      return;
    }
    const line = this.lineStart(first);
    const next = this.text.indexOf('\n', this.beforeLineEnd(first, end));
    // A last line without a line end takes the one before it away.
    if (next < 0) this.edits.push({ start: this.beforeLineEnd(0, line), end: this.text.length, text: '' });
    else this.edits.push({ start: line, end: next + 1, text: '' });
  }

  /** Items without the hyphen of the first one, or with commas between them. */
  private itemLines(list: YAMLSeq, values: readonly Plain[]): readonly string[] {
    if (isFlow(list)) return [values.map((value) => JSON.stringify(value)).join(', ')];
    const [head = '', ...rest] = yamlLines(values);
    return [head.slice(2), ...rest];
  }

  private columnOfList(list: YAMLSeq): number {
    return this.columnOf(placed(list).range[0]);
  }

  /** Replaces the value of a pair, with a space before it, and returns where the value ended. */
  private replacePairValue({ key, value }: Pair, text: string): number {
    const isEmpty = value === null || (isScalar(value) && placed(value).range[0] === placed(value).range[1]);
    if (isEmpty) {
      const colon = this.text.indexOf(':', placed(key).range[1]) + 1;
      if (text !== '') this.edits.push({ start: colon, end: colon, text: ` ${text}` });
      return colon;
    }
    const { range } = placed(value);
    // A block scalar ends with a line end, which stays.
    const end = this.beforeLineEnd(range[0], range[1]);
    const spaces = text === '' ? (/[ \t]*$/.exec(this.text.slice(0, range[0]))?.[0].length ?? 0) : 0;
    this.edits.push({ start: range[0] - spaces, end, text });
    return end;
  }

  private replace(node: unknown, text: string): void {
    const { range } = placed(node);
    this.edits.push({ start: range[0], end: this.beforeLineEnd(range[0], range[1]), text });
  }

  private replaceRange(start: number, end: number, lines: readonly string[], column: number): void {
    const text = lines.join(this.lineEnd + ' '.repeat(column));
    this.edits.push({ start, end: this.beforeLineEnd(start, end), text });
  }

  /** Inserts lines below the line of a place. */
  private insertLines(place: number, column: number, lines: readonly string[]): void {
    const before = this.beforeLineEnd(0, place);
    const [rest = ''] = before < place ? [] : (/^[^\r\n]*/.exec(this.text.slice(place)) ?? []);
    const at = before + rest.length;
    const text = lines.map((line) => this.lineEnd + ' '.repeat(column) + line).join('');
    this.edits.push({ start: at, end: at, text });
  }

  /** Appends to a flow collection, on a line of its own if its last item or pair has one. */
  private appendToFlow(lastStart: unknown, lastValue: unknown, key: string | undefined, value: Plain): void {
    const end = this.endOf(lastValue);
    const lead = this.leadOf(placed(lastStart).range[0]);
    const between = lead === undefined ? ', ' : `,${this.lineEnd}${lead}`;
    const prefix = key === undefined ? '' : `${JSON.stringify(key)}: `;
    this.edits.push({ start: end, end, text: `${between}${prefix}${this.flowText(value, lead)}` });
  }

  /** A value in JSON, which YAML reads in every place of a flow collection; on one line without an indentation. */
  private flowText(value: Plain, indentation: string | undefined): string {
    if (indentation === undefined) return JSON.stringify(value);
    return JSON.stringify(value, null, 2).replaceAll('\n', `${this.lineEnd}${indentation}`);
  }

  /** The white space before a place if nothing else is before it on its line. */
  private leadOf(place: number): string | undefined {
    const before = this.text.slice(this.lineStart(place), place);
    return this.lineStart(place) > 0 && /^[ \t]*$/.test(before) ? before : undefined;
  }

  /** The indentation of the line of a place if the text has more than one line. */
  private indentationAt(place: number): string | undefined {
    if (!this.text.trimEnd().includes('\n')) return undefined;
    return /^[ \t]*/.exec(this.text.slice(this.lineStart(place)))?.[0];
  }

  /** Where a value ends, without what follows it on its line. The range of a block contains comments behind it. */
  private endOf(node: unknown): number {
    if (isMap(node) && !isFlow(node) && node.items.length > 0) return this.endOfMap(node);
    if (isSeq(node) && !isFlow(node) && node.items.length > 0) return this.endOf(node.items.at(-1));
    return placed(node).range[1];
  }

  private endOfMap(map: YAMLMap): number {
    const { key, value } = map.items.at(-1) as Pair;
    if (value === null) return placed(key).range[1] + 1;
    return this.endOf(value);
  }

  private columnOfMap(map: YAMLMap): number {
    return this.columnOf(placed((map.items[0] as Pair).key).range[0]);
  }

  private columnOf(place: number): number {
    return place - this.lineStart(place);
  }

  private lineStart(place: number): number {
    const start = this.text.lastIndexOf('\n', place - 1) + 1;
    // A byte order mark is no column.
    return start === 0 && this.text.startsWith('\uFEFF') ? 1 : start;
  }

  /** The place before a line end that is directly before it. */
  private beforeLineEnd(least: number, place: number): number {
    const [end = ''] = /\r?\n?$/.exec(this.text.slice(least, place)) ?? [];
    return place - end.length;
  }
}

/** The pair of a map with a key. */
export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

/** Whether a node has a value. An alias stands for another node, so it is never the same. */
function isSame(node: unknown, value: Plain): boolean {
  if (isScalar(node)) return node.value === value;
  if (isAlias(node) || node === null || node === undefined) return false;
  if (isSeq(node)) {
    return (
      Array.isArray(value) &&
      node.items.length === value.length &&
      node.items.every((item, at) => isSame(item, value[at] as Plain))
    );
  }
  return (
    isMap(node) &&
    isObject(value) &&
    Object.entries(value).every(([key, entry]) => isSame(pairOf(node, key)?.value, entry as Plain))
  );
}

function isObject(value: Plain): value is { readonly [key: string]: Plain | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFlow(node: unknown): boolean {
  return (isMap(node) || isSeq(node)) && node.flow === true;
}

function placed(node: unknown): Placed {
  return node as Placed;
}
