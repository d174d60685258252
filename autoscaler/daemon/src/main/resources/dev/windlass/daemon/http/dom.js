// Builds and patches the page. Text goes in as text nodes only.
const SVG = 'http://www.w3.org/2000/svg';

export const $ = id => document.getElementById(id);
export const $$ = selector => document.querySelectorAll(selector);

function put(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value == null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(9).filter(child => child != null && child !== false));
  return element;
}

export const h = (tag, attributes, ...children) => put(document.createElement(tag), attributes, children);
export const s = (tag, attributes, ...children) => put(document.createElementNS(SVG, tag), attributes, children);
export const c = (cls, ...children) => h('span', {class: cls}, children);
export const b = (...children) => h('b', {}, children);
export const fill = (id, ...children) => $(id).replaceChildren(...children.flat(9).filter(Boolean));
export const glyph = (name, cls) =>
  s('svg', {class: 'g ' + (cls || ''), viewBox: '0 0 16 16', 'aria-hidden': 'true'}, s('use', {href: '#' + name}));
export const CLASS = {need: 'need', wait: 'wait', come: 'come', ok: 'ok', hold: 'hold', down: 'come'};

// Words for figures: money with its sign, durations, times of day in UTC.
export const usd = (value, sign) =>
  value == null ? '–' : (value < 0 ? '−' : sign && value > 0 ? '+' : '') + '$' + Math.abs(value).toFixed(2) + '/h';
export const time = at => new Date(at).toISOString().slice(11, 19);
const two = n => String(n).padStart(2, '0');
export function span(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return seconds < 3600 ? Math.floor(seconds / 60) + ':' + two(seconds % 60)
    : Math.floor(seconds / 3600) + ' h ' + two(Math.floor(seconds / 60) % 60);
}
export const number = n => n.toLocaleString('en-US');

// The server's clock, or a pinned decision's time.
export const clock = {offset: 0, pinned: null, lost: false, now: () => clock.pinned ?? Date.now() + clock.offset};
export const since = at => h('span', {'data-since': at}, span(clock.now() - Date.parse(at)));
export const due = (at, before) => h('span', {'data-due': at, 'data-before': before || ''}, dueWords(at, before || ''));
function dueWords(at, before) {
  const left = Date.parse(at) - clock.now();
  if (left >= 0) return before + span(left) + ' left';
  return 'due ' + span(-left) + ' ago' + (clock.lost ? ', not confirmed' : '');
}
export function tickTexts() {
  const set = (element, words) => element.textContent !== words && (element.textContent = words);
  for (const e of $$('[data-since]')) set(e, span(clock.now() - Date.parse(e.dataset.since)));
  for (const e of $$('[data-due]')) set(e, dueWords(e.dataset.due, e.dataset.before));
}

// Tables keep explicit roles, for narrow screens show their rows as blocks.
export const td = (cls, ...children) => h('td', {class: cls, role: 'cell'}, children);
export function table(caption, columns, id) {
  const head = columns.map(([title, width, cls]) =>
    h('th', {scope: 'col', role: 'columnheader', class: cls || ''}, title || h('span', {class: 'vh'}, 'Details')));
  return h('table', {class: 't', role: 'table'}, h('caption', {class: 'vh'}, caption),
    h('colgroup', {}, columns.map(([, width]) => h('col', {width}))),
    h('thead', {role: 'rowgroup'}, h('tr', {role: 'row'}, head)),
    h('tbody', {role: 'rowgroup', id}));
}

// A row with a "Why?" button. `ask` gives the panel's content, now or later.
export function whyRow(row, label, ask) {
  const button = h('button', {type: 'button', class: 'why', 'aria-expanded': 'false', 'aria-label': 'Why? ' + label}, 'Why?');
  row.why = button;
  row.ask = ask;
  button.onclick = () => (row.panel ? close(row) : open(row));
  button.onkeydown = event => event.key === 'Escape' && close(row);
  return button;
}
let panels = 0;
export function open(row) {
  if (row.panel) return;
  const inside = h('div', {class: 'ex'}, h('p', {class: 'dim'}, 'Asking…'));
  const isTable = row.tagName === 'TR';
  const panel = isTable
    ? h('tr', {class: 'x', role: 'row'}, h('td', {colspan: row.children.length, role: 'cell'}, inside))
    : h('div', {class: 'x'}, inside);
  panel.id = 'why-' + ++panels;
  adopt(row, panel);
  if (isTable) row.after(panel); else row.append(panel);
  refresh(row);
}
function adopt(row, panel) {
  row.panel = panel;
  panel.onkeydown = event => { if (event.key === 'Escape') { close(row); row.why.focus(); } };
  row.classList.add('open');
  row.why.setAttribute('aria-expanded', 'true');
  row.why.setAttribute('aria-controls', panel.id);
}
function close(row) {
  row.panel?.remove();
  row.panel = null;
  row.classList.remove('open');
  row.why.setAttribute('aria-expanded', 'false');
}
async function refresh(row) {
  const panel = row.panel;
  let content;
  try {
    content = await row.ask();
  } catch (problem) {
    content = h('p', {}, problem.message + ' ', h('button', {type: 'button', class: 'why', onclick: () => refresh(row)}, 'Try again'));
  }
  panel.querySelector('.ex').replaceChildren(...[content].flat(9).filter(Boolean));
}

// Makes a host's rows equal to the items. Unchanged rows stay the same elements; while one is open, none moves.
export function patch(host, items, keyOf, make) {
  const old = new Map([...host.children].filter(e => e.dataset.key).map(e => [e.dataset.key, e]));
  const focused = document.activeElement?.closest('[data-key]')?.dataset.key;
  let rows = items.map(item => reuse(old, item, keyOf(item), make));
  if ([...old.values()].some(row => row.panel)) {
    const fresh = new Map(rows.map(row => [row.dataset.key, row]));
    const kept = [...old.keys()].filter(key => fresh.has(key)).map(key => fresh.get(key));
    rows = [...kept, ...rows.filter(row => !old.has(row.dataset.key))];
  }
  const wanted = rows.flatMap(row => (row.tagName === 'TR' && row.panel ? [row, row.panel] : [row]));
  const had = document.activeElement;
  for (const child of [...host.children]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((element, i) => host.children[i] !== element && host.insertBefore(element, host.children[i] || null));
  const again = rows.find(row => row.dataset.key === focused);
  if (again && had !== document.activeElement) again.why?.focus({preventScroll: true});
}
function reuse(old, item, key, make) {
  const before = old.get(key);
  const signature = JSON.stringify(item);
  if (before?.signature === signature) return before;
  const row = make(item);
  row.dataset.key = key;
  row.signature = signature;
  if (before?.panel) {
    adopt(row, before.panel);
    if (row.tagName !== 'TR') row.append(before.panel);
    refresh(row);
  }
  return row;
}
