// The script of the matrix page: draws the overview, filters, sorts, and shows more rows. It reads the data that is embedded
// in the page (see matrix-page-data.ts), and inserts names as text only, so that no name can become HTML. What is chosen
// is in the fragment of the address, so that a link shows the same.
'use strict';

/** Cells of the overview and rows of the list that are drawn at once. */
const CELLS = 3000;
const STEP = 200;
/** Paper has no button for more rows. */
const PRINTED = 5000;
/** With more columns, their names are written upwards. */
const FEW_COLUMNS = 6;
/** With more clusters, their namespaces are folded. */
const FEW_CLUSTERS = 3;
const MOST_PEOPLE = 3;
const MOST_LINES = 4;
const MOST_UNLISTED = 8;
const WHOLE = 'whole cluster';
const IAM = 'Administrators by IAM';

const element = (id) => document.getElementById(id);
const data = JSON.parse(element('data').textContent);
const { levels, who } = data;
const WIDTH = 10;
const [WHO, CLUSTER, NAMESPACE, ROLE, BECOMES, SENSITIVE, GUARDS, LINE, CERTAIN, MAY] = Array(WIDTH).keys();
const at = (row, column) => data.rows[row * WIDTH + column];
const all = Array.from({ length: data.rows.length / WIDTH }, (_, row) => row);

/** The positions of names in the order in which people read them, with numbers by value. */
function ranks(names) {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const order = names.map((_, index) => index).sort((a, b) => compare(names[a], names[b]));
  const positions = [];
  for (const [position, index] of order.entries()) positions[index] = position;
  return positions;
}

const clusterRanks = ranks(data.clusters);
// Groups come first in `who`. Administrators by IAM share the last column: each cluster has its own.
const groupCount = who.filter(({ iam }) => !iam).length;
const columnOf = (row) => Math.min(at(row, WHO), groupCount);
const columnName = (column) => (column === groupCount ? IAM : who[column].name);
const columnRanks = [...ranks(who.slice(0, groupCount).map(({ name }) => name)), groupCount];
const columnKey = (column) => (column === groupCount ? 'iam' : `group:${who[column].name}`);

const heads = [...element('list').querySelectorAll('th')];
const titles = heads.map((head) => head.dataset.title);

/** What is chosen, as in the address; `column`, `cluster` and `namespace` are the chosen cell of the overview. */
let chosen = new URLSearchParams();
let found = all;
let listed = all;
let rowsOfCluster = new Map();
let shownRows = STEP;
let clusterPages = 1;
/** Clusters that are folded or unfolded by hand. */
const toggled = new Set();

function make(tag, className, ...content) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...content);
  return node;
}

function badge(level, may) {
  const { name, letter, words } = levels[level];
  const node = make('b', `level ${name}${may ? ' may' : ''}`, may ? `${letter}?` : letter);
  node.title = may ? `may become: ${words}` : words;
  return node;
}

function badges(certain, may) {
  return may === 0 ? [badge(certain, false)] : [badge(certain, false), badge(may, true)];
}

function small(text) {
  return text === '' ? '' : make('small', '', text);
}

/** The first texts, and how many follow. */
function abbreviated(texts, most) {
  if (texts.length <= most) return texts.join(', ');
  return `${texts.slice(0, most - 1).join(', ')} and ${texts.length - most + 1} more`;
}

// --- Filters -----------------------------------------------------------------------------------------------------------

let lowered;

/** The texts of each column in lower case, made at the first search. */
function searchable() {
  const lines = data.lines.map(({ via, until, reason }) => `${via}\n${until}\n${reason}`);
  const columns = [
    who.map(({ name, iam, people }) => [name, iam ? IAM : '', ...people].join('\n')),
    data.clusters,
    data.namespaces.map((name) => name || WHOLE),
    data.roles,
    ...[data.becomes, data.sensitive, data.guards].map((lists) => lists.map((list) => list.join('\n'))),
    lines,
  ];
  lowered ??= columns.map((texts) => texts.map((text) => text.toLowerCase()));
  return lowered;
}

/** Tests whether a row contains a word. Texts are searched once each, not once for each row. */
function contains(word) {
  const hits = searchable().map((texts) => texts.map((text) => text.includes(word)));
  return (row) => hits.some((ofColumn, column) => ofColumn[at(row, column)]);
}

function hasPermission(permission) {
  const [, kind, name] = /^(\w+):(.*)$/s.exec(permission) ?? [];
  const inLists = (lists, column) => {
    const hits = lists.map((list) => list.includes(name));
    return (row) => hits[at(row, column)];
  };
  switch (kind) {
    case 'becomes':
      return inLists(data.becomes, BECOMES);
    case 'sensitive':
      return inLists(data.sensitive, SENSITIVE);
    case 'role':
      return (row) => data.roles[at(row, ROLE)] === name;
    default:
      return () => false;
  }
}

/** Who has a login that contains a text. */
function peopleWith(login) {
  return who.map(({ listed, people }) => listed && people.some((person) => person.toLowerCase().includes(login)));
}

function find() {
  const lower = (key) => (chosen.get(key) ?? '').trim().toLowerCase();
  const tests = lower('search').split(/\s+/).filter(Boolean).map(contains);
  if (chosen.get('permission')) tests.push(hasPermission(chosen.get('permission')));
  if (chosen.get('ends')) {
    const ends = data.lines.map(({ until }) => until !== '' && until <= data.endsBy);
    tests.push((row) => ends[at(row, LINE)]);
  }
  const matching = tests.length === 0 ? all : all.filter((row) => tests.every((test) => test(row)));
  const person = lower('person');
  const hits = person === '' ? undefined : peopleWith(person);
  found = hits === undefined ? matching : matching.filter((row) => hits[at(row, WHO)]);

  const unlisted = hits === undefined ? [] : [...new Set(matching.map(columnOf))].filter(isUnlisted);
  element('unlisted').hidden = unlisted.length === 0;
  const names = abbreviated(unlisted.map(columnName), MOST_UNLISTED);
  element('unlisted').textContent =
    `The file does not list who belongs to: ${names}. Their rows are not shown, but the person may have them, too.`;

  rowsOfCluster = new Map();
  for (const row of found) {
    const rows = rowsOfCluster.get(at(row, CLUSTER));
    if (rows === undefined) rowsOfCluster.set(at(row, CLUSTER), [row]);
    else rows.push(row);
  }
  clusterPages = 1;
  showOverview();
  list();
}

/** Whether the file does not list the people of a column of the overview. */
function isUnlisted(column) {
  return column === groupCount || !who[column].listed;
}

/** Why nothing is found, in words. */
function filterWords() {
  const permission = chosen.get('permission');
  return [
    chosen.get('search') ? `“${chosen.get('search')}”` : '',
    chosen.get('person') ? `the person “${chosen.get('person')}”` : '',
    permission ? `the permission “${permission.replace(/^\w+:/, '')}”` : '',
    chosen.get('ends') ? `an end by ${data.endsBy}` : '',
  ].filter(Boolean);
}

// --- Overview ----------------------------------------------------------------------------------------------------------

/** The worst levels of rows in each column: `certain` plus one, so that 0 is no role, and `may`. */
function worst(rows, columns) {
  const levelsOf = new Map(columns.map((column) => [column, { certain: -1, may: 0 }]));
  for (const row of rows) {
    const level = levelsOf.get(columnOf(row));
    level.certain = Math.max(level.certain, at(row, CERTAIN));
    level.may = Math.max(level.may, at(row, MAY));
  }
  return levelsOf;
}

function showOverview() {
  const grid = element('grid');
  const columns = [...new Set(found.map(columnOf))].sort((a, b) => columnRanks[a] - columnRanks[b]);
  const clusters = [...rowsOfCluster.keys()].sort((a, b) => clusterRanks[a] - clusterRanks[b]);
  const most = clusterPages * Math.max(10, Math.floor(CELLS / (columns.length + 1)));
  const isFew = clusters.length <= FEW_CLUSTERS;
  grid.classList.toggle('few', columns.length <= FEW_COLUMNS);
  grid.tHead.replaceChildren(make('tr', '', make('td', '', 'Cluster'), ...columns.map(columnHead)));
  grid.tBodies[0].replaceChildren(
    ...clusters.slice(0, most).flatMap((cluster) => {
      const isOpen = toggled.has(cluster) !== isFew;
      const rows = rowsOfCluster.get(cluster);
      const line = gridRow(rows, columns, clusterHead(cluster, isOpen), { cluster });
      return isOpen ? [line, ...namespaceRows(cluster, rows, columns)] : [line];
    }),
  );
  const first = grid.querySelector('[aria-pressed="true"]') ?? grid.querySelector('button');
  if (first) first.tabIndex = 0;
  element('overview').hidden = found.length === 0;
  element('more-clusters').hidden = clusters.length <= most;
  element('more-clusters').textContent = `Show more clusters (${most} of ${clusters.length} shown)`;
}

function columnHead(column) {
  const head = make('th', '', make('span', '', make('bdi', '', columnName(column))));
  head.scope = 'col';
  head.title = columnName(column);
  return head;
}

function clusterHead(cluster, isOpen) {
  const button = make('button', '', make('bdi', '', data.clusters[cluster]));
  button.type = 'button';
  button.tabIndex = -1;
  button.title = data.clusters[cluster];
  button.dataset.unfold = cluster;
  button.setAttribute('aria-expanded', isOpen);
  return button;
}

function namespaceRows(cluster, rows, columns) {
  const namespaces = [...new Set(rows.map((row) => at(row, NAMESPACE)))].sort((a, b) => a - b);
  return namespaces.map((namespace) => {
    const name = make('span', '', make('bdi', '', data.namespaces[namespace] || WHOLE));
    const line = gridRow(
      rows.filter((row) => at(row, NAMESPACE) === namespace),
      columns,
      name,
      { cluster, namespace },
    );
    line.className = 'inner';
    return line;
  });
}

function gridRow(rows, columns, name, place) {
  const head = make('th', '', name);
  head.scope = 'row';
  const levelsOf = worst(rows, columns);
  return make('tr', '', head, ...columns.map((column) => gridCell(column, place, levelsOf.get(column))));
}

function gridCell(column, { cluster, namespace }, { certain, may }) {
  const cell = make('td', '');
  if (certain < 0) return cell;
  const shownMay = may > certain ? may : 0;
  const button = make('button', '', ...badges(certain, shownMay));
  button.type = 'button';
  button.tabIndex = -1;
  const place = namespace === undefined ? '' : `, ${data.namespaces[namespace] || WHOLE}`;
  const maybe = shownMay === 0 ? '' : `; may become: ${levels[shownMay].words}`;
  const words = `${columnName(column)} on ${data.clusters[cluster]}${place}: ${levels[certain].words}${maybe}`;
  button.title = words;
  button.setAttribute('aria-label', words);
  button.dataset.column = columnKey(column);
  button.dataset.cluster = data.clusters[cluster];
  if (namespace !== undefined) button.dataset.namespace = data.namespaces[namespace];
  button.setAttribute('aria-pressed', isChosen(button));
  cell.append(button);
  return cell;
}

const CELL_KEYS = ['column', 'cluster', 'namespace'];

function isChosen(button) {
  return CELL_KEYS.every((key) => (button.dataset[key] ?? null) === chosen.get(key));
}

function chooseCell(button) {
  const wasChosen = isChosen(button);
  for (const key of CELL_KEYS) choose(key, wasChosen ? undefined : button.dataset[key]);
  for (const other of element('grid').querySelectorAll('[aria-pressed]')) {
    other.setAttribute('aria-pressed', isChosen(other));
  }
  list();
  element('list').rows[1]?.scrollIntoView({ block: 'nearest' });
}

function focusCell(button) {
  for (const other of element('grid').querySelectorAll('[tabindex="0"]')) other.tabIndex = -1;
  button.tabIndex = 0;
  button.focus();
}

function unfold(cluster) {
  if (!toggled.delete(cluster)) toggled.add(cluster);
  showOverview();
  focusCell(element('grid').querySelector(`[data-unfold="${cluster}"]`));
}

const ARROWS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

/** The next cell with a button in the direction of an arrow key. */
function nextCell(cell, [down, right]) {
  const { rows } = element('grid');
  let row = cell.parentElement.rowIndex + down;
  let column = cell.cellIndex + right;
  while (rows[row]?.cells[column] !== undefined) {
    const button = rows[row].cells[column].querySelector('button');
    if (button !== null) return button;
    row += down;
    column += right;
  }
  return undefined;
}

// --- List --------------------------------------------------------------------------------------------------------------

/** The number by which a row is sorted in a column. */
const SORT_KEYS = [
  (row) => at(row, WHO),
  (row) => at(row, CLUSTER) * data.namespaces.length + at(row, NAMESPACE),
  (row) => at(row, ROLE),
  (row) => at(row, CERTAIN) * levels.length + at(row, MAY),
  (row) => at(row, SENSITIVE),
  (row) => Number(data.lines[at(row, LINE)].until.replaceAll('-', '')) || Number.MAX_SAFE_INTEGER,
];

function list() {
  const [column, cluster, namespace] = CELL_KEYS.map((key) => chosen.get(key));
  const inCell = (row) =>
    (column === null || columnKey(columnOf(row)) === column) &&
    (cluster === null || data.clusters[at(row, CLUSTER)] === cluster) &&
    (namespace === null || data.namespaces[at(row, NAMESPACE)] === namespace);
  const isCell = column !== null || cluster !== null || namespace !== null;
  const rows = isCell ? found.filter(inCell) : found;
  const [sorted = '0', direction] = (chosen.get('sort') ?? '0').split('-');
  const sign = direction === 'down' ? -1 : 1;
  const key = SORT_KEYS[sorted] ?? SORT_KEYS[0];
  listed = [...rows].sort((a, b) => sign * (key(a) - key(b)) || a - b);
  for (const [index, head] of heads.entries()) {
    if (index === Number(sorted)) head.setAttribute('aria-sort', sign === 1 ? 'ascending' : 'descending');
    else head.removeAttribute('aria-sort');
  }
  element('cell').hidden = !isCell;
  element('clear').hidden = filterWords().length === 0;
  shownRows = STEP;
  showRows();
}

function showRows() {
  element('list').tBodies[0].replaceChildren(...listed.slice(0, shownRows).map(listRow));
  element('list').hidden = listed.length === 0;
  const rest = listed.length - shownRows;
  element('more-rows').hidden = rest <= 0;
  element('more-rows').textContent = `Show ${Math.min(rest, STEP)} more rows`;
  const rows = all.length + (all.length === 1 ? ' row' : ' rows');
  const matches = listed.length === all.length ? rows : `${listed.length} of ${rows} found`;
  element('count').textContent = rest > 0 ? `${matches}, the first ${shownRows} shown` : matches;
  element('empty').hidden = listed.length > 0;
  element('empty').textContent = emptyWords();
}

function emptyWords() {
  if (all.length === 0) return 'Nobody has a role anywhere.';
  if (found.length > 0) return 'No row of this cell matches the filters.';
  return `Nothing matches ${filterWords().join(' and ')}. Correct it, or clear the filters.`;
}

function becomesCell(becomes) {
  const lines = becomes.map((to) => make('span', to.endsWith('?') ? 'to may' : 'to', to));
  if (lines.length <= MOST_LINES) return lines;
  const rest = lines.slice(MOST_LINES - 1);
  const summary = make('summary', '', `and ${rest.length} more`);
  return [...lines.slice(0, MOST_LINES - 1), make('details', '', summary, ...rest)];
}

function sensitiveCell(sensitive) {
  if (sensitive.length <= MOST_LINES) return sensitive.join(', ');
  const summary = make('summary', '', abbreviated(sensitive, MOST_LINES));
  return make('details', '', summary, sensitive.slice(MOST_LINES - 1).join(', '));
}

function listRow(row) {
  const { name, iam, people } = who[at(row, WHO)];
  const { via, until, reason } = data.lines[at(row, LINE)];
  const guards = data.guards[at(row, GUARDS)];
  const cells = [
    [
      make('bdi', '', name),
      ...(iam ? [' ', make('span', 'tag', 'IAM')] : []),
      small(abbreviated(people, MOST_PEOPLE) || 'nobody'),
    ],
    [make('bdi', '', data.clusters[at(row, CLUSTER)]), small(data.namespaces[at(row, NAMESPACE)] || WHOLE)],
    [make('bdi', '', data.roles[at(row, ROLE)]), small(via)],
    [...badges(at(row, CERTAIN), at(row, MAY)), ...becomesCell(data.becomes[at(row, BECOMES)])],
    [sensitiveCell(data.sensitive[at(row, SENSITIVE)])],
    [
      until === '' ? '' : make('time', '', until),
      small(reason),
      guards.length === 0 ? '' : small(`guards: ${guards.join(', ')}`),
    ],
  ];
  const line = document.createElement('tr');
  line.setAttribute('role', 'row');
  for (const [index, content] of cells.entries()) {
    const cell = make('td', '', ...content.filter((part) => part !== ''));
    cell.setAttribute('role', 'cell');
    cell.dataset.column = titles[index];
    line.append(cell);
  }
  return line;
}

// --- State -------------------------------------------------------------------------------------------------------------

/** Sets or, without a value, removes what is chosen, here and in the address. */
function choose(key, value) {
  if (value === undefined) chosen.delete(key);
  else chosen.set(key, value);
  history.replaceState(null, '', `#${chosen}`);
}

/** Takes what is chosen from the address. */
function read() {
  chosen = new URLSearchParams(location.hash.slice(1));
  for (const key of ['search', 'person', 'permission']) element(key).value = chosen.get(key) ?? '';
  element('ends').checked = chosen.has('ends');
  find();
}

function fillChoices() {
  const addGroup = (label, kind, names) => {
    if (names.length === 0) return;
    const group = document.createElement('optgroup');
    group.label = label;
    group.append(...names.map((name) => new Option(name, `${kind}:${name}`)));
    element('permission').append(group);
  };
  addGroup('Can become', 'becomes', [...new Set(data.becomes.flat())].sort());
  addGroup('Sensitive permissions', 'sensitive', [...new Set(data.sensitive.flat())].sort());
  addGroup('Roles', 'role', data.roles);
  const logins = new Set(who.flatMap(({ listed, people }) => (listed ? people : [])));
  element('logins').append(...[...logins].sort().map((login) => new Option(login)));
}

for (const key of ['search', 'person', 'permission']) {
  element(key).addEventListener('input', ({ target }) => {
    choose(key, target.value || undefined);
    find();
  });
}
element('ends').addEventListener('change', ({ target }) => {
  choose('ends', target.checked ? '30' : undefined);
  find();
});
element('clear').addEventListener('click', () => {
  history.replaceState(null, '', '#');
  read();
  element('search').focus();
});
element('cell').addEventListener('click', () => {
  for (const key of CELL_KEYS) choose(key, undefined);
  find();
});
element('grid').addEventListener('click', ({ target }) => {
  const button = target.closest('button');
  if (button === null) return;
  focusCell(button);
  if (button.dataset.unfold === undefined) chooseCell(button);
  else unfold(Number(button.dataset.unfold));
});
element('grid').addEventListener('keydown', (event) => {
  const cell = event.target.closest('td, th');
  if (cell === null || ARROWS[event.key] === undefined) return;
  event.preventDefault();
  const next = nextCell(cell, ARROWS[event.key]);
  if (next !== undefined) focusCell(next);
});
element('more-clusters').addEventListener('click', () => {
  const first = element('grid').rows.length;
  clusterPages += 1;
  showOverview();
  // Focus moves to the first new row, because the button may be gone.
  focusCell(element('grid').rows[first].querySelector('button'));
});
element('more-rows').addEventListener('click', () => {
  const first = shownRows;
  shownRows += STEP;
  showRows();
  const row = element('list').tBodies[0].rows[first];
  row.tabIndex = -1;
  row.focus();
});
for (const [column, head] of heads.entries()) {
  head.querySelector('button').addEventListener('click', () => {
    const isAscending = head.getAttribute('aria-sort') === 'ascending';
    choose('sort', isAscending ? `${column}-down` : String(column));
    list();
  });
}
addEventListener('hashchange', read);
addEventListener('beforeprint', () => {
  shownRows = Math.max(shownRows, PRINTED);
  showRows();
  for (const details of element('list').querySelectorAll('details')) details.open = true;
});
// Only the script makes the table a grid, with cells that take the focus.
element('grid').setAttribute('role', 'grid');
fillChoices();
read();
