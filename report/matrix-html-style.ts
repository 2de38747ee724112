/** The style of the matrix page, for light and dark screens, phones and paper. */
export const MATRIX_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1b2430; --soft: #55606f; --line: #dde2e9;
  --accent: #0b63b5; --hover: #eef3f9; --warn: #8a4200; --warn-card: #fff4e5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --card: #1a2029; --ink: #e7ecf2; --soft: #a3afbd; --line: #303946;
    --accent: #7db8f7; --hover: #222a35; --warn: #f5b971; --warn-card: #2c2418;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
header, main { max-width: 78rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2.5rem; }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.01em; text-wrap: balance; }
h2 { margin: 0 0 0.75rem; font-size: 1.15rem; }
p { margin: 0; }
a { color: var(--accent); }
.source { margin-top: 0.5rem; color: var(--soft); }
.facts { display: flex; flex-wrap: wrap; gap: 0.5rem 2.5rem; margin: 1.5rem 0 1.25rem; }
.facts div { display: flex; flex-direction: column-reverse; }
.facts dt { color: var(--soft); font-size: 0.875rem; }
.facts dd { margin: 0; font-size: 1.5rem; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; }
.note { max-width: 60rem; padding: 0.75rem 1rem; border-left: 3px solid var(--accent); background: var(--card); border-radius: 0 6px 6px 0; }
.note + .source { margin-top: 0.75rem; font-size: 0.9375rem; }
noscript .note { margin-bottom: 0.75rem; }
.find { display: flex; flex-wrap: wrap; align-items: end; gap: 0.5rem 1.5rem; margin: 1.75rem 0 0.75rem; }
.find label { display: flex; flex: 1 1 20rem; flex-direction: column; gap: 0.25rem; font-size: 0.875rem; color: var(--soft); }
input, button { font: inherit; color: inherit; }
input { width: 100%; font-size: 1rem; color: var(--ink); padding: 0.6rem 0.8rem; border: 1px solid var(--soft); border-radius: 6px; background: var(--card); }
#count { padding-bottom: 0.6rem; color: var(--soft); font-variant-numeric: tabular-nums; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
table { width: 100%; table-layout: fixed; border-collapse: separate; border-spacing: 0; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
th { position: sticky; top: 0; z-index: 1; padding: 0; background: var(--card); border-bottom: 2px solid var(--line); text-align: left; }
th:nth-child(1) { width: 18%; }
th:nth-child(2), th:nth-child(3), th:nth-child(4) { width: 15.5%; }
th:first-child { border-top-left-radius: 8px; }
th:last-child { border-top-right-radius: 8px; }
th button { width: 100%; padding: 0.65rem 0.9rem; border: 0; background: none; text-align: left; font-size: 0.875em; font-weight: 600; cursor: pointer; white-space: nowrap; }
th button:hover { color: var(--accent); }
th button:focus-visible { outline-offset: -3px; }
th button::after { content: "\\2195"; content: "\\2195" / ""; margin-left: 0.4rem; color: var(--soft); opacity: 0.6; }
th[aria-sort] button { color: var(--accent); }
th[aria-sort="ascending"] button::after { content: "\\2191"; content: "\\2191" / ""; color: inherit; opacity: 1; }
th[aria-sort="descending"] button::after { content: "\\2193"; content: "\\2193" / ""; color: inherit; opacity: 1; }
td { padding: 0.55rem 0.9rem; border-bottom: 1px solid var(--line); vertical-align: baseline; }
tr:last-child td { border-bottom: 0; }
tbody tr:hover td { background: var(--hover); }
td:nth-child(1) { font-weight: 600; }
td:nth-child(5) { color: var(--warn); font-size: 0.9em; }
.whole { color: var(--soft); }
#more { display: block; margin: 1rem auto 0; padding: 0.6rem 1.2rem; border: 1px solid var(--soft); border-radius: 6px; background: var(--card); cursor: pointer; }
#more:hover { border-color: var(--accent); color: var(--accent); }
[hidden] { display: none !important; }
.legend { margin: 2.5rem 0 3rem; }
.legend dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: 0.75rem; margin: 0; }
.legend dl div { padding: 0.6rem 0.9rem; background: var(--warn-card); border-radius: 6px; }
.legend dt { color: var(--warn); font-weight: 600; }
.legend dd { margin: 0; font-size: 0.9375em; }
@media (max-width: 44rem) {
  header, main { padding-left: 1rem; padding-right: 1rem; }
  header { padding-top: 1.5rem; }
  table { border: 0; background: none; }
  table, tbody, tr, td { display: block; width: 100%; }
  thead { display: block; }
  thead tr { display: flex; flex-wrap: wrap; gap: 0.4rem; margin-bottom: 0.75rem; }
  th, th:nth-child(n) { position: static; width: auto; border: 1px solid var(--line); border-radius: 6px; }
  tbody tr { margin-bottom: 0.75rem; padding: 0.5rem 0.9rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
  tbody tr:hover td { background: none; }
  td { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); width: 100%; padding: 0.25rem 0; border: 0; }
  td::before { content: attr(data-column); color: var(--soft); font-size: 0.875rem; font-weight: 400; }
  td:empty { display: none; }
}
@media print {
  :root { --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #000; --warn: #000; --warn-card: #fff; }
  @page { margin: 12mm; }
  body { font-size: 9.5pt; }
  h1 { font-size: 16pt; }
  .facts { margin: 0.75rem 0; }
  .facts dd { font-size: 12pt; }
  .facts dt, #count { font-size: 8.5pt; }
  header, main { max-width: none; padding: 0; }
  .find label, #more, .note + .source { display: none; }
  .find { margin: 0.75rem 0 0; }
  table { border-radius: 0; }
  thead { display: table-header-group; }
  th { position: static; }
  /* Browsers do not print buttons in table heads that are repeated on every page. */
  th button { display: none; }
  th::before { content: attr(data-title); padding: 0.3rem 0.5rem; display: block; font-size: 0.875em; }
  td { padding: 0.25rem 0.5rem; }
  tr, .legend div { break-inside: avoid; }
  .legend dl { grid-template-columns: 1fr 1fr; }
  .legend dl div { border: 1px solid var(--line); }
}
`;
