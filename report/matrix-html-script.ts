/**
 * The script of the matrix page: filters, sorts, and shows more rows. It reads the data that is embedded in the page, and inserts
 * names as text only, so that no name can become HTML.
 */
export const MATRIX_SCRIPT = String.raw`
'use strict';
const STEP = 500;
// Paper has no button for more rows.
const PRINTED = 5000;
const WHOLE = 'whole cluster';
const element = (id) => document.getElementById(id);
const { names, rows: packed } = JSON.parse(element('data').textContent);
const columns = names.length;
const body = document.querySelector('tbody');
const heads = [...document.querySelectorAll('th')];
const titles = heads.map((head) => head.textContent.trim());
const text = (row, column) => names[column][packed[row * columns + column]];
const all = Array.from({ length: packed.length / columns }, (_, row) => row);
const searched = all.map((row) =>
  names.map((_, column) => text(row, column) || (column === 2 ? WHOLE : '')).join('\n').toLowerCase(),
);
let found = all;
let shown = STEP;
let sorted = { column: 0, sign: 1 };

function cells(row) {
  const line = document.createElement('tr');
  line.setAttribute('role', 'row');
  for (const [column, title] of titles.entries()) {
    const cell = document.createElement('td');
    cell.setAttribute('role', 'cell');
    cell.dataset.column = title;
    cell.textContent = text(row, column);
    if (column === 2 && cell.textContent === '') {
      cell.textContent = WHOLE;
      cell.className = 'whole';
    }
    line.append(cell);
  }
  return line;
}

function show() {
  body.replaceChildren(...found.slice(0, shown).map(cells));
  const rest = found.length - shown;
  element('more').hidden = rest <= 0;
  element('more').textContent = 'Show ' + Math.min(rest, STEP) + ' more';
  const rows = all.length + (all.length === 1 ? ' row' : ' rows');
  const matches = found.length === all.length ? rows : found.length + ' of ' + rows + ' found';
  element('count').textContent = rest > 0 ? matches + ', the first ' + shown + ' shown' : matches;
}

function find() {
  const words = element('search').value.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = words.length === 0 ? all : all.filter((row) => words.every((word) => searched[row].includes(word)));
  // The names of a column are sorted, so comparing their numbers is enough.
  const { column, sign } = sorted;
  const value = (row) => packed[row * columns + column];
  found = [...matching].sort((a, b) => sign * (value(a) - value(b)) || a - b);
  shown = STEP;
  show();
}

element('search').addEventListener('input', find);
element('search').addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    event.target.value = '';
    find();
  }
});
element('more').addEventListener('click', () => {
  const first = shown;
  shown += STEP;
  show();
  // Focus moves to the first new row, because the button may be gone.
  body.rows[first].tabIndex = -1;
  body.rows[first].focus();
});
for (const [column, head] of heads.entries()) {
  head.querySelector('button').addEventListener('click', () => {
    sorted = { column, sign: sorted.column === column ? -sorted.sign : 1 };
    for (const other of heads) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', sorted.sign === 1 ? 'ascending' : 'descending');
    find();
  });
}
addEventListener('beforeprint', () => {
  shown = Math.max(shown, PRINTED);
  show();
});
find();
`;
