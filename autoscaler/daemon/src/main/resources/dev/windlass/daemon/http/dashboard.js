// The page's life: reads, follows, filters, pins and links.
import {$, $$, clock, fill, h, open, span, tickTexts, time} from './dom.js';
import {get, follow, setToken} from './api.js';
import * as sections from './sections.js';

const page = {state: null, log: [], more: 0, kind: '', minutes: 30, pinned: null, said: 0};
const query = new URLSearchParams(location.search);

function section(id, draw) {
  try {
    draw();
  } catch (problem) {
    console.error(problem);
    fill(id, h('p', {class: 'body empty'}, 'This part can’t be shown: ' + problem.message));
  }
}
function render() {
  const S = page.state;
  if (!S) return;
  const before = $('verdict').textContent;
  sections.lead(S);
  section('tiles', () => sections.tiles(S));
  section('inputs', () => sections.inputs(S));
  section('c-time', () => sections.overTime(S, page.log, page.minutes));
  for (const name of ['pending', 'groups', 'nodes', 'scalers']) section(name, () => sections[name](S));
  section('gpu-nodes', () => sections.gpu(S));
  renderLog();
  if (before !== $('verdict').textContent && Date.now() - page.said > 30000) {
    page.said = Date.now();
    fill('say', S.verdict.message);
  }
}
function renderLog() {
  section('log', () => sections.log(page.log, page.more, page.kind, kind => { page.kind = kind; renderLog(); }));
  const ids = decisions(), i = ids.indexOf(page.pinned);
  $('older').disabled = i === ids.length - 1;
  $('newer').disabled = page.pinned == null;
  filter();
}
function filter() {
  const wanted = $('q').value.toLowerCase().split(/\s+/).filter(Boolean);
  let hits = 0;
  for (const id of ['pending', 'gpu-nodes', 'groups', 'nodes', 'scalers', 'log']) {
    const rows = $$('#' + id + ' [data-q]'), count = $('n-' + id);
    let hit = 0;
    for (const row of rows) {
      const words = wanted.length && (row.textContent + ' ' + row.dataset.q).toLowerCase();
      row.hidden = !wanted.every(word => words.includes(word));
      if (row.panel) row.panel.hidden = row.hidden;
      hit += row.hidden ? 0 : 1;
    }
    if (count) count.textContent = wanted.length ? hit + ' of ' + rows.length : count.dataset.total ?? '';
    hits += hit;
  }
  const nothing = wanted.length > 0 && hits === 0;
  if (wanted.length) fill('say', nothing ? 'Nothing matches.' : hits + ' rows match.');
  $('nothing').hidden = !nothing;
}

async function load(what) {
  try {
    if (what !== 'log') {
      const S = await get('state' + (page.pinned == null ? '' : '?at=' + page.pinned));
      if (page.pinned == null) clock.offset = Date.parse(S.serverTime) - Date.now();
      clock.pinned = page.pinned == null ? null : Date.parse(S.at);
      clock.id = S.id;
      page.state = S;
    }
    const L = await get('decisions?limit=100');
    page.log = L.decisions;
    page.more = L.more;
    banner('');
    $('ask-token').hidden = true;
    if (what === 'log') renderLog(); else render();
    if (!page.linked) { page.linked = true; follows(); }
    return true;
  } catch (problem) {
    if (problem.status === 401) { $('ask-token').hidden = false; $('token').focus(); }
    else if (page.pinned != null) { unpin(); banner(problem.message); }
    else if (problem.status) { fill('verdict', problem.message); }
    else throw problem;
    return false;
  }
}
function banner(words) {
  if ($('banner').textContent !== words) fill('banner', words);
  $('banner').hidden = !words;
}
function live() {
  $('live').className = 'live ' + (page.pinned != null ? 'wait' : clock.lost ? 'need' : '');
  fill('livetext', page.pinned != null ? 'Pinned' : clock.lost ? 'Lost' : 'Live');
  document.body.classList.toggle('offline', clock.lost);
}

// One stream, again after 1, 2, 4 … 30 s; closed once the tab is hidden for a minute.
let stream = null, hidden = 0;
async function run() {
  const mine = stream = new AbortController();
  for (let failures = 0; !mine.signal.aborted; failures++) {
    try {
      await load('all');
      let busy = Promise.resolve();
      await follow(mine.signal, event => {
        failures = 0;
        clock.lost = false;
        live();
        const what = page.state?.id === event.id || page.pinned != null ? 'log' : 'all';
        busy = busy.then(() => load(what)).catch(() => {});
      });
    } catch (problem) {
      if (mine.signal.aborted) return;
      const wait = Math.min(30, 2 ** failures) * (.75 + Math.random() / 2);
      if (problem.status === 401) return;
      clock.lost = true;
      live();
      banner('Connection lost at ' + time(clock.now()) + '. ' + (page.state ? 'What you see is as of ' + time(page.state.at) + '; next' : 'Next') +
        ' try in ' + span(wait * 1000) + '. Windlass itself may be running: see /healthz.');
      await new Promise(done => setTimeout(done, wait * 1000));
    }
  }
}
function restart() { stream?.abort(); run(); }
document.addEventListener('visibilitychange', () => {
  clearTimeout(hidden);
  if (document.hidden) hidden = setTimeout(() => { stream?.abort(); stream = null; }, 60000);
  else if (!stream) run();
});
$('use-token').onclick = () => { setToken($('token').value); $('token').value = ''; restart(); };
$('token').onkeydown = event => event.key === 'Enter' && $('use-token').click();

// Pinning a decision.
const decisions = () => [...new Set(page.log.map(entry => entry.decision))];
function pin(id) {
  page.pinned = id;
  live();
  link();
  return load('all');
}
function unpin() {
  page.pinned = clock.pinned = null;
  live();
  link();
}
function step(by) {
  const ids = decisions(), to = (page.pinned == null ? -1 : ids.indexOf(page.pinned)) + by;
  if (to >= 0 && to < ids.length) pin(ids[to]);
  else if (to < 0 && page.pinned != null) { unpin(); load('all'); }
}
$('older').onclick = () => step(1);
$('newer').onclick = () => step(-1);
$('live').onclick = () => { if (page.pinned != null) { unpin(); load('all'); } };

// Links: ?at=, q=, w=, and #kind/name.
function link() {
  const parts = new URLSearchParams();
  if (page.pinned != null) parts.set('at', page.pinned);
  if ($('q').value) parts.set('q', $('q').value);
  if (page.minutes !== 30) parts.set('w', page.minutes + 'm');
  history.replaceState(null, '', location.pathname + (parts.size ? '?' + parts : '') + location.hash);
}
async function follows() {
  const name = decodeURIComponent(location.hash.slice(1)), [kind] = name.split('/'), asked = $('asked');
  asked.hidden = true;
  if (name.startsWith('at=')) { await pin(Number(name.slice(3))); return; }
  if (!['pod', 'node', 'group', 'scaler', 'decision'].includes(kind)) return;
  const row = $(name);
  if (row) { open(row); row.scrollIntoView({block: 'center'}); row.why.focus({preventScroll: true}); return; }
  const content = await sections.explain(name).catch(problem => h('p', {}, name + ': ' + problem.message));
  asked.replaceChildren(h('div', {class: 'head'}, h('h2', {}, name)), h('div', {class: 'body x asked'}, h('div', {class: 'ex'}, content)));
  asked.hidden = false;
  asked.scrollIntoView({block: 'center'});
}
addEventListener('hashchange', follows);

$('q').value = query.get('q') || '';
$('q').oninput = () => { filter(); link(); };
$('q').onkeydown = event => { if (event.key === 'Escape') { $('q').value = ''; filter(); link(); $('q').blur(); } };
$('clear').onclick = () => { $('q').value = ''; filter(); link(); $('q').focus(); };
function showMinutes(minutes) {
  page.minutes = minutes;
  for (const b of $('window').children) b.setAttribute('aria-pressed', String(Number(b.value) === minutes));
  if (page.state) sections.overTime(page.state, page.log, minutes);
}
$('window').onclick = event => { if (event.target.value) { showMinutes(Number(event.target.value)); link(); } };
showMinutes([5, 30, 360].find(m => query.get('w') === m + 'm') || 30);
const root = document.documentElement, isDark = () => (root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
$('theme').onclick = () => { root.dataset.theme = isDark() ? 'light' : 'dark'; };
addEventListener('keydown', event => {
  if (!$('keys').checked || event.ctrlKey || event.metaKey || event.altKey || /INPUT|SELECT/.test(event.target.tagName)) return;
  if (event.key === '/') { event.preventDefault(); $('q').focus(); } else if (event.key === '[') step(1); else if (event.key === ']') step(-1);
});
setInterval(() => {
  if (document.hidden || !page.state || page.pinned != null) return;
  tickTexts();
  if (page.state.gpu.length && Math.floor(Date.now() / 1000) % 5 === 0) sections.waterfall();
}, 1000);

if (query.get('at')) page.pinned = Number(query.get('at'));
run().catch(console.error);
