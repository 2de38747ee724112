/** Clusters that are shown at first, and by each "Show more clusters". */
const STEP = 100;
/** Groups without a field to find one. */
const FEW_GROUPS = 12;
/** Groups that are found by name and shown at once. */
const MOST_GROUPS = 60;
/** Things of an allowance, and roles of a folded cluster, that are shown at first. */
const MOST_THINGS = 10;
const MOST_ROLES = 4;
const WHOLE = 'whole cluster';
const KINDS = { eks: 'EKS', 'existing-eks': 'EKS', 'self-managed': 'outside EKS' };

const element = (id) => document.getElementById(id);
const portal = JSON.parse(element('portal-data').textContent);
const kubeconfigParts = JSON.parse(element('portal-kubeconfig').textContent);
const apps = new Map(portal.apps.map((app) => [app.name, app]));

/** The rows of access of each cluster. */
const accessOf = portal.clusters.map(() => []);
for (const row of portal.access) for (const at of row.clusters) accessOf[at].push(row);

/** Positions of the chosen groups. */
let groups = new Set();
let shown = STEP;
/** Positions of the clusters that are found. */
let found = [];
/** Positions of the unfolded clusters. */
const open = new Set();
/** Whether the page is being printed, with everything unfolded. */
let isPrinted = false;

function make(tag, className, ...content) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...content);
  return node;
}

function button(className, text, act) {
  const node = make('button', className, text);
  node.type = 'button';
  node.addEventListener('click', act);
  return node;
}

/** A text with its invisible characters visible, which cannot turn the direction of what is around it. */
function bdi(text) {
  return make('bdi', '', visible(text));
}

function visible(text) {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapedCharacter);
}

function escapedCharacter(character) {
  return [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
}

function counted(number, what) {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** Words in a sentence, such as `see, create and delete`. */
function enumerated(words) {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

// --- What this browser remembers ---------------------------------------------------------------------------------------

const KEY = `okta-eks-access:${portal.organization}`;

/** A page from disk, or a browser in private mode, may have no storage. */
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function remember(change) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...remembered(), ...change }));
  } catch {
    // Then the choice lasts as long as the page.
  }
}

// --- Commands ----------------------------------------------------------------------------------------------------------

function system() {
  return document.querySelector('[name="system"]:checked').value;
}

/** A text as one word for the shell of the chosen operating system. */
function word(text) {
  const readable = visible(text);
  if (/^[\w@%+:,./-]+$/.test(readable)) return readable;
  return system() === 'windows' ? `'${readable.replaceAll("'", "''")}'` : `'${readable.replaceAll("'", "'\\''")}'`;
}

function signInCommand(cluster) {
  return `kubectl --context ${word(cluster.key)} auth whoami`;
}

/** Shows a command in an element, with a button that copies it. */
function showCommand(node, command) {
  const copy = button('copy', 'Copy', () => {
    navigator.clipboard?.writeText(command).then(
      () => say('Copied'),
      () => say('Select it, and copy it by hand'),
    );
    if (navigator.clipboard === undefined) say('Select it, and copy it by hand');
  });
  const say = (text) => {
    copy.textContent = text;
    element('said').textContent = text;
    setTimeout(() => {
      copy.textContent = 'Copy';
    }, 2000);
  };
  copy.setAttribute('aria-label', `Copy the command ${command}`);
  node.replaceChildren(make('code', '', command), copy);
}

// --- Kubeconfigs -------------------------------------------------------------------------------------------------------

/** Whether everything is known that a sign-in to a cluster needs. */
function isReachable({ app, server }) {
  return server !== null && kubeconfigParts !== null && Object.hasOwn(kubeconfigParts.users, app);
}

/** The kubeconfig of clusters, as `eks-access kubeconfig` makes it. */
function kubeconfig(clusters) {
  const users = new Map(clusters.map(({ app }) => [app, kubeconfigParts.users[app]]));
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: clusters.map(({ key, server: { endpoint, certificateAuthority } }) => ({
      name: key,
      cluster: {
        server: endpoint,
        ...(certificateAuthority !== null && { 'certificate-authority-data': certificateAuthority }),
      },
    })),
    users: [...users.values()].map(({ name, args }) => {
      const { apiVersion, command, ...rest } = kubeconfigParts.exec;
      return {
        name,
        user: { exec: { apiVersion, command, args: args.map((at) => kubeconfigParts.args[at]), ...rest } },
      };
    }),
    contexts: clusters.map(({ key, app }) => ({ name: key, context: { cluster: key, user: users.get(app).name } })),
    'current-context': clusters[0].key,
  };
}

/** Data as YAML. A string of JSON is one of YAML, too. */
function yaml(value, indentation = '') {
  if (Array.isArray(value)) {
    const inner = `${indentation}  `;
    return value
      .map((item) => `${indentation}- ${yaml(item, inner).slice(isScalar(item) ? 0 : inner.length)}`)
      .join('');
  }
  if (isScalar(value)) return `${JSON.stringify(value).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapedCharacter)}\n`;
  return Object.entries(value)
    .map(([key, member]) =>
      isScalar(member)
        ? `${indentation}${key}: ${yaml(member)}`
        : `${indentation}${key}:\n${yaml(member, `${indentation}  `)}`,
    )
    .join('');
}

function isScalar(value) {
  return typeof value !== 'object' || value === null;
}

/** Saves a kubeconfig of clusters as a file. */
function download(clusters, name) {
  const url = URL.createObjectURL(new Blob([yaml(kubeconfig(clusters))], { type: 'application/yaml' }));
  const link = make('a');
  link.href = url;
  link.download = fileName(name);
  link.click();
  // The browser reads the file after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function fileName(name) {
  return `kubeconfig-${name.replaceAll(/[^\w.-]+/g, '-').slice(0, 80)}.yaml`;
}

/** What the file of all chosen clusters is for. */
function downloadName() {
  const names = [...groups].map((at) => portal.groups[at].name);
  return names.length === 1 ? names[0] : names.length > 1 ? 'my-groups' : portal.organization;
}

/** The clusters of the chosen groups; all clusters if none is chosen. */
function chosenClusters() {
  return portal.clusters.filter((_, at) => isOfGroups(at));
}

function isOfGroups(at) {
  return groups.size === 0 || accessOf[at].some(({ group }) => groups.has(group));
}

function showSignIn() {
  const clusters = chosenClusters();
  const reachable = clusters.filter(isReachable);
  const [first] = reachable;
  const missing = clusters.length - reachable.length;
  element('download').hidden = first === undefined;
  element('use').hidden = first === undefined;
  element('merge').hidden = first === undefined || location.protocol !== 'https:';
  const names = [...groups].map((at) => visible(portal.groups[at].name));
  const whose = names.length === 0 ? 'all clusters' : `the clusters of ${enumerated(names)}`;
  element('download-words').textContent =
    first === undefined
      ? `Nobody can sign in to ${whose} yet.`
      : `For ${whose}: where they are, and how to sign in. It contains no secret.${missing === 0 ? '' : ` Without ${counted(missing, 'cluster')} that ${missing === 1 ? 'is' : 'are'} not known yet.`}`;
  element('download').textContent = `Download (${counted(reachable.length, 'cluster')})`;
  const file = fileName(downloadName());
  const command = (name) => document.querySelector(`[data-command="${name}"]`);
  showCommand(
    command('use'),
    system() === 'windows' ? `$env:KUBECONFIG = "$HOME\\Downloads\\${file}"` : `export KUBECONFIG=~/Downloads/${file}`,
  );
  const url = `${location.origin}${location.pathname}`;
  const ofGroup = groups.size === 1 ? ` --group ${word(portal.groups[[...groups][0]].name)}` : '';
  const config = system() === 'windows' ? '$HOME\\.kube\\config' : '~/.kube/config';
  showCommand(command('merge'), `eks-access kubeconfig --portal ${word(url)}${ofGroup} --merge ${config}`);
  showCommand(command('sign-in'), signInCommand(first ?? clusters[0] ?? { key: 'cluster' }));
  for (const node of document.querySelectorAll('[data-system]'))
    node.hidden = node.dataset.system !== system() && !isPrinted;
}

// --- Groups ------------------------------------------------------------------------------------------------------------

function showGroups() {
  const text = element('group-search').value.trim().toLowerCase();
  const all = portal.groups.map((group, at) => ({ ...group, at }));
  const matching = all.filter(
    ({ name, description, at }) => groups.has(at) || `${name}\n${description ?? ''}`.toLowerCase().includes(text),
  );
  // The chosen ones first, so that they stay in sight.
  const sorted = [...matching.filter(({ at }) => groups.has(at)), ...matching.filter(({ at }) => !groups.has(at))];
  const listed = all.length > FEW_GROUPS ? sorted : matching;
  const most = Math.max(text === '' ? FEW_GROUPS : MOST_GROUPS, groups.size);
  element('group-list').replaceChildren(...listed.slice(0, most).map(groupPill));
  const rest = listed.length - most;
  const chosen = groups.size === 0 ? 'None chosen: you see all clusters.' : `${counted(groups.size, 'group')} chosen.`;
  const found = listed.length === groups.size && text !== '' ? ' No other group has this name.' : '';
  element('group-count').textContent =
    rest > 0 ? `${chosen} ${counted(rest, 'more group')}: find ${rest === 1 ? 'it' : 'them'} by name.` : chosen + found;
  element('no-groups').hidden = groups.size === 0;
}

function groupPill({ name, description, at }) {
  const box = make('input');
  box.type = 'checkbox';
  box.checked = groups.has(at);
  box.dataset.group = at;
  const label = make('label', 'pill', box, make('span', '', bdi(name)));
  if (description !== null) label.title = visible(description);
  return label;
}

function chooseGroups(chosen) {
  groups = chosen;
  remember({ groups: [...groups].map((at) => portal.groups[at].name) });
  shown = STEP;
  showGroups();
  showSignIn();
  find();
}

function groupPositions(names) {
  const chosen = new Set(names);
  return new Set(portal.groups.flatMap(({ name }, at) => (chosen.has(name) ? [at] : [])));
}

// --- Clusters ----------------------------------------------------------------------------------------------------------

let texts;

/** What a search looks through, by cluster, in lower case; made at the first search. */
function searchable() {
  texts ??= portal.clusters.map(({ key, name, region, app, kind }, at) => {
    const rows = accessOf[at].map(
      ({ group, role, namespaces }) =>
        `${portal.groups[group].name}\n${portal.roles[role].name}\n${namespaces?.join('\n') ?? ''}`,
    );
    return [key, name, region ?? '', app, KINDS[kind], ...rows].join('\n').toLowerCase();
  });
  return texts;
}

function find() {
  const words = element('search').value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  found = [...portal.clusters.keys()].filter(
    (at) => isOfGroups(at) && words.every((one) => searchable()[at].includes(one)),
  );
  list();
}

function list() {
  const most = isPrinted ? found.length : shown;
  element('list').replaceChildren(...found.slice(0, most).map(clusterItem));
  const rest = found.length - most;
  element('more').hidden = rest <= 0;
  element('more').textContent = `Show ${counted(Math.min(rest, STEP), 'more cluster')}`;
  const all = counted(portal.clusters.length, 'cluster');
  const matches = found.length === portal.clusters.length ? all : `${found.length} of ${all}`;
  element('count').textContent = rest > 0 ? `${matches}, the first ${most} shown` : matches;
  const isSearch = element('search').value.trim() !== '';
  element('clear').hidden = !isSearch;
  element('empty').hidden = found.length > 0;
  element('empty').textContent = isSearch
    ? `No cluster${groups.size === 0 ? '' : ' of your groups'} matches “${visible(element('search').value.trim())}”.`
    : 'Your groups have no access to any cluster.';
}

/** The access to a cluster of the chosen groups; of all groups if none is chosen. */
function rowsOf(at) {
  return groups.size === 0 ? accessOf[at] : accessOf[at].filter(({ group }) => groups.has(group));
}

function clusterItem(at) {
  const cluster = portal.clusters[at];
  const { key, name, region, kind } = cluster;
  const isOpen = open.has(at) || isPrinted;
  const facts = [region ?? '', KINDS[kind], name === key ? '' : `named ${visible(name)}`].filter(Boolean).join(', ');
  const head = make(
    'button',
    'head',
    make('span', 'title', bdi(key), make('small', '', facts)),
    make('span', 'roles', ...summary(rowsOf(at))),
  );
  head.type = 'button';
  head.dataset.cluster = at;
  head.setAttribute('aria-expanded', isOpen);
  const item = make('li', '', make('h3', '', head));
  if (isOpen) item.append(clusterBody(at));
  return item;
}

/** The roles of a folded cluster, in short. */
function summary(rows) {
  if (rows.length === 0) return [make('span', 'soft', 'nobody has access')];
  if (groups.size === 0) {
    const number = new Set(rows.map(({ group }) => group)).size;
    return [make('span', 'soft', counted(number, 'group'))];
  }
  const roles = new Map();
  for (const { role, namespaces } of rows) {
    const name = portal.roles[role].name;
    const places = roles.get(name) ?? new Set();
    for (const place of namespaces ?? [WHOLE]) places.add(place);
    roles.set(name, places);
  }
  const badges = [...roles].map(([name, places]) => {
    const [first] = places;
    const where = places.has(WHOLE)
      ? ''
      : places.size === 1
        ? ` in ${visible(first)}`
        : ` in ${places.size} namespaces`;
    return make('span', 'badge', bdi(name), where);
  });
  if (badges.length <= MOST_ROLES) return badges;
  return [...badges.slice(0, MOST_ROLES - 1), make('span', 'soft', `and ${badges.length - MOST_ROLES + 1} more`)];
}

function clusterBody(at) {
  const cluster = portal.clusters[at];
  const rows = rowsOf(at);
  const body = make('div', 'body');
  if (isReachable(cluster)) {
    const command = make('pre', 'command');
    showCommand(command, signInCommand(cluster));
    const save = button('second', 'Download for this cluster', () => download([cluster], cluster.key));
    body.append(make('div', 'do', command, save));
  } else
    body.append(make('p', 'note', `Nobody can sign in here yet: ${missingFacts(cluster)} when this page was made.`));
  if (rows.length === 0) body.append(make('p', '', 'Nobody has access through Okta.'));
  body.append(...rows.map(grant));
  const link = make('a', '', 'Link to this cluster');
  link.href = `#cluster=${encodeURIComponent(cluster.key)}`;
  body.append(make('p', 'links', link));
  return body;
}

function missingFacts({ app, server }) {
  const facts = [
    ...(portal.issuerUrl === null ? ['the issuer'] : []),
    ...(apps.get(app)?.clientId === null ? ['the client ID of its app'] : []),
    ...(server === null ? ['its endpoint or its certificate authority'] : []),
  ];
  return `${enumerated(facts)} ${facts.length === 1 ? 'was' : 'were'} not known`;
}

/** What a group may do in some places, in plain words. */
function grant({ group, role, namespaces, until, refused }) {
  const { name, description, allows, notes } = portal.roles[role];
  const place = namespaces === null ? [`on the ${WHOLE}`] : ['in ', ...between(namespaces.map(bdi), ', ')];
  const title = make(
    'h4',
    '',
    bdi(portal.groups[group].name),
    ' has ',
    make('span', 'badge', bdi(name)),
    ' ',
    ...place,
  );
  const ends =
    until === null ? [] : [make('p', 'until', 'Until ', time(until), isSoon(until) ? ', which is soon' : '')];
  const about = description === null ? [] : [make('p', 'soft', visible(description))];
  const lines = allows.map(({ does, verbs, things }) => {
    const line = make('li', '', make('b', '', capital(enumerated(does))), ' ', ...thingsOf(things));
    line.title = `verbs: ${visible(verbs.join(', '))}`;
    return line;
  });
  const nothing = allows.length === 0 && notes.length === 0 ? [make('p', '', 'Allows nothing there.')] : [];
  const allowed = lines.length === 0 ? nothing : [make('ul', 'allows', ...lines)];
  const rest = [
    ...(refused.length === 0 ? [] : [`Guards refuse all the same: ${refused.map(visible).join('; ')}.`]),
    ...notes.map((note) => `Note: ${visible(note)}.`),
  ].map((text) => make('p', 'soft', text));
  return make('article', 'grant', title, ...ends, ...about, ...allowed, ...rest);
}

function between(nodes, separator) {
  return nodes.flatMap((node, at) => (at === 0 ? [node] : [separator, node]));
}

function thingsOf(things) {
  const words = things.map(visible);
  if (words.length <= MOST_THINGS + 1 || isPrinted) return [words.join(', ')];
  const more = button('plain', `and ${words.length - MOST_THINGS} more`, () => {
    const rest = make('span', '', `, ${words.slice(MOST_THINGS).join(', ')}`);
    rest.tabIndex = -1;
    more.previousSibling.replaceWith(rest);
    rest.focus();
    more.remove();
  });
  return [words.slice(0, MOST_THINGS).join(', '), ' ', more];
}

function time(day) {
  const node = make('time', '', day);
  node.dateTime = day;
  return node;
}

function isSoon(day) {
  return Date.parse(day) - Date.parse(portal.day) <= 30 * 24 * 60 * 60 * 1000;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function unfold(head) {
  const at = Number(head.dataset.cluster);
  const isOpen = !open.delete(at);
  if (isOpen) open.add(at);
  head.setAttribute('aria-expanded', isOpen);
  const item = head.closest('li');
  if (isOpen) item.append(clusterBody(at));
  else item.querySelector('.body').remove();
}

// --- Addresses ---------------------------------------------------------------------------------------------------------

/** Shows what the address names: `#cluster=<key>`, `#group=<name>`, `#search=<words>`. Other parts are places of the page. */
function follow() {
  const address = new URLSearchParams(location.hash.slice(1));
  if (address.has('group')) groups = groupPositions(address.getAll('group'));
  if (address.has('search')) element('search').value = address.get('search');
  const at = portal.clusters.findIndex(({ key }) => key === address.get('cluster'));
  if (at >= 0) {
    open.add(at);
    if (!isOfGroups(at)) groups = new Set();
    if (!address.has('search')) element('search').value = '';
  }
  showGroups();
  showSignIn();
  find();
  if (at < 0) return;
  shown = Math.max(shown, found.indexOf(at) + 1);
  list();
  const head = document.querySelector(`[data-cluster="${at}"]`);
  head.scrollIntoView({ block: 'start' });
  head.focus({ preventScroll: true });
}

// --- Start -------------------------------------------------------------------------------------------------------------

const memory = remembered();
groups = groupPositions(Array.isArray(memory.groups) ? memory.groups : []);
const SYSTEMS = { windows: /win/i, macos: /mac|iphone|ipad/i, linux: /linux|android|x11/i };
const guess = Object.keys(SYSTEMS).find((name) =>
  SYSTEMS[name].test(navigator.userAgentData?.platform || navigator.platform),
);
const startSystem = document.querySelector(`[name="system"][value="${CSS.escape(memory.system ?? guess ?? 'macos')}"]`);
if (startSystem !== null) startSystem.checked = true;

element('groups').hidden = portal.groups.length === 0;
element('group-search-label').hidden = portal.groups.length <= FEW_GROUPS;
element('group-search').addEventListener('input', showGroups);
element('group-list').addEventListener('change', ({ target }) => {
  const at = Number(target.dataset.group);
  const chosen = new Set(groups);
  if (target.checked) chosen.add(at);
  else chosen.delete(at);
  chooseGroups(chosen);
  document.querySelector(`[data-group="${at}"]`)?.focus();
});
element('no-groups').addEventListener('click', () => {
  chooseGroups(new Set());
  document.querySelector('[data-group]')?.focus();
});
for (const radio of document.querySelectorAll('[name="system"]')) {
  radio.addEventListener('change', () => {
    remember({ system: system() });
    showSignIn();
    list();
  });
}
element('download').addEventListener('click', () => download(chosenClusters().filter(isReachable), downloadName()));
element('search').addEventListener('input', () => {
  shown = STEP;
  find();
});
element('clear').addEventListener('click', () => {
  element('search').value = '';
  find();
  element('search').focus();
});
element('more').addEventListener('click', () => {
  const next = found[shown];
  shown += STEP;
  list();
  document.querySelector(`[data-cluster="${next}"]`)?.focus();
});
element('list').addEventListener('click', ({ target }) => {
  const head = target.closest('.head');
  if (head !== null) unfold(head);
});
window.addEventListener('hashchange', follow);

/** Unfolds everything for paper, and folds it again. */
function print(isStart) {
  if (isPrinted === isStart) return;
  isPrinted = isStart;
  for (const fold of document.querySelectorAll('.symptom, .hint')) fold.open = isStart;
  showSignIn();
  list();
}
const paper = matchMedia('print');
paper.addEventListener('change', () => print(paper.matches));
window.addEventListener('beforeprint', () => print(true));
window.addEventListener('afterprint', () => print(false));

for (const node of document.querySelectorAll('.of-system .command')) showCommand(node, node.textContent);
follow();
