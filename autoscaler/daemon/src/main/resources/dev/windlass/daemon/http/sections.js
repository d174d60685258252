// The page's sections, each made from its part of the state.
import {$, $$, CLASS, b, c, clock, due, fill, glyph, h, number, patch, since, table, td, time, usd, whyRow} from './dom.js';
import {PHASES, chart, gpuAxis, gpuRow, holder, redraw, replicaChart, setAxis, shareBar, sizeBar, split, timeChart} from './charts.js';
import {get} from './api.js';

const state = (key, title) => c('st ' + CLASS[key], glyph(key), title);
const because = x => [x.rule && c('rule', x.rule), x.message];

// "Why?" panels show what the daemon explains: a table as evidence, and facts.
function fact(name, value) {
  const link = /^[#?][a-z]/.test(value) && h('a', {href: value}, value);
  return [h('dt', {}, name), h('dd', {}, link || (name === 'Terminal' ? h('code', {}, value) : name === 'Nearest fit' ? b(value) : value))];
}
export async function explain(path) {
  const doc = await get('explain/' + path.split('/').map(encodeURIComponent).join('/') + (clock.pinned ? '?at=' + clock.id : ''));
  const cell = (text, i) => h('td', {}, i === 1 && /^[A-Z][a-z]\w+$/.test(text) ? c('rule', text) : text);
  return [h('div', {}, h('h3', {}, doc.title), doc.rows.length > 0 && h('table', {class: doc.columns.length === 3 ? 'kv' : ''},
    h('thead', {}, h('tr', {}, doc.columns.map(name => h('th', {scope: 'col'}, name)))), h('tbody', {}, doc.rows.map(r => h('tr', {}, r.map(cell)))))),
  h('dl', {}, doc.facts.map(f => fact(f.name, f.value)), doc.command && fact('Terminal', doc.command), fact('Link', '#' + path))];
}

// A section's frame is made once; its rows are patched.
function frame(id, title, note, end, body) {
  if ($('h-' + id)) return;
  body.id = 'b-' + id;
  fill(id, h('div', {class: 'head'}, h('h2', {id: 'h-' + id}, title, ' ', h('span', {class: 'n', id: 'n-' + id})), h('p', {}, note), end),
    h('p', {class: 'body empty', id: 'e-' + id}), body, h('p', {class: 'more', id: 'm-' + id}));
}
function counts(id, shown, total, empty, more) {
  $('n-' + id).dataset.total = total;
  $('e-' + id).textContent = empty;
  $('m-' + id).textContent = more + ' more';
  $('e-' + id).hidden = shown > 0;
  $('b-' + id).hidden = shown === 0;
  $('m-' + id).hidden = !(more > 0);
}
const body = (...children) => h('div', {class: 'body'}, children);
const rows = (id, title, note, columns, end) => frame(id, title, note, end, body(table(title, columns, 'r-' + id)));
function row(id, x, label, cells) {
  const tr = h('tr', {class: 'r', role: 'row', 'data-q': x.tags, id}, cells);
  tr.append(td('num o3', whyRow(tr, label, () => explain(id))));
  return tr;
}
const labelled = (label, ...children) => h('td', {class: 'o4 in', role: 'cell', 'data-l': label}, children);

export function lead(S) {
  const mode = $('mode'), t = S.pending.totals;
  fill('verdict', glyph(S.verdict.outcome, S.verdict.outcome), ' ' + S.verdict.message);
  fill('story', S.verdict.story);
  fill('cluster', S.cluster);
  fill('mode', S.mode);
  fill('version', 'Windlass ' + S.version);
  fill('tickid', '#' + number(S.id));
  fill('tickat', time(S.at));
  mode.hidden = false;
  mode.classList.toggle('off', S.mode !== 'Acting');
  document.title = (t.needsYou ? '(' + t.needsYou + ') ' : '') + S.cluster + ' · Windlass';
}

export function tiles(S) {
  const t = S.pending.totals, line = l => h('li', {class: /down|up/.test(l.state) ? 'dim' : l.state}, glyph(l.state), h('span', {}, l.text));
  fill('tiles', S.tiles.map((x, i) => h('a', {class: 'tile', href: x.href}, c('k', x.title),
    c('v', x.value, x.unit && h('small', {}, x.unit)), h('ul', {}, x.lines.map(line)),
    i === 0 && t.pods > 0 && holder('span', 'split', split([['need', t.needsYou], ['wait', t.waiting], ['come', t.nodeComing]])))));
}

export function inputs(S) {
  const source = x => c(x.stale && 'wait', glyph(x.stale ? 'wait' : 'ok', x.stale ? 'wait' : 'ok'), b(x.name), ' ',
    x.observedAt ? since(x.observedAt) : 'never read', x.stale && ', over ' + x.limitSeconds + ' s: ' + x.blocks.join(', '));
  fill('inputs', h('span', {}, b('Inputs')), S.sources.map(source), h('span', {}, 'decided in ', b(S.decideMillis + ' ms')),
    S.leader && h('span', {}, 'leader ', b(S.leader)), S.deferred.map(d => c('wait', glyph('wait'), b('Deferred: ' + d.what), ', ' + d.why)));
}

export function overTime(S, log, minutes) {
  const t = S.pending.totals, legend = [['need', t.needsYou, 'need you'], ['wait', t.waiting, 'wait'], ['come', t.nodeComing, 'node coming']];
  fill('h-time', 'Last ' + (minutes === 360 ? '6 hours' : minutes + ' minutes'));
  fill('leg-time', legend.map(([key, n, name]) => h('li', {}, split([[key, 1]])(14), b(n), name)));
  chart($('c-time'), timeChart(S.series, log, minutes));
}

const OUTCOME = {need: 'Needs you', wait: 'Waiting', come: 'Node coming'};
export function pending(S) {
  const P = S.pending;
  rows('pending', 'Pending pods', 'Grouped by owner, shape and outcome. First what no tick will solve.',
    [['State', 144], ['Pods', 58, 'num'], ['Workload', 196], ['Asks for', 124], ['Waits', 72], ['Because'], ['Runs', 150], ['', 82]]);
  counts('pending', P.groups.length, P.totals.pods, 'No pending pods: every pod has a node.', P.more);
  const order = o => c('sub', o.nodeGroup + ' ' + o.from + ' → ' + o.to + (o.hourlyCost == null ? '' : ', ' + usd(o.hourlyCost, true)));
  patch($('r-pending'), P.groups, x => x.key, x => row('pod/' + x.pod, x, x.pods + ' pods of ' + x.owner, [
    td('o1', state(x.outcome, OUTCOME[x.outcome])), td('num o2', b(x.pods), c('vh', ' pods')),
    td('w o4', c('nm', x.owner), c('sub', x.ownerKind)), td('o4 in', x.requests || '–'),
    labelled('waits', x.since ? since(x.since) : 'not yet'), td('w o4', because(x)), td('w o4' + (x.outcome === 'need' ? ' dim' : ''), x.runs, x.orders.map(order))]));
}

export function gpu(S) {
  frame('gpu-nodes', 'GPU bootstrap', 'Phases, numbered as in the bars. Dashed: time left.',
    h('ul', {class: 'legend end'}, PHASES.map((name, i) => h('li', {}, b(i + 1), name))),
    body(h('div', {class: 'gaxis'}, h('span', {}, 'Node'), h('div', {class: 'gx', id: 'gaxis'}), h('span', {}, 'Where it is'), h('span')), h('ul', {class: 'gpu', id: 'r-gpu-nodes'})));
  counts('gpu-nodes', S.gpu.length, S.gpu.length, 'No GPU node is being bootstrapped. ' + S.gpuTotals.ready + ' are ready.', S.gpuTotals.more);
  setAxis(S.gpu);
  chart($('gaxis'), gpuAxis);
  patch($('r-gpu-nodes'), S.gpu, x => x.node, machine);
  waterfall();
}
export const waterfall = () => $$('#gpu-nodes .gx').forEach(redraw);
function machine(x) {
  const id = 'node/' + x.node, li = h('li', {'data-q': x.tags, id}), runs = x.state === 'wait' || x.state === 'come';
  li.append(h('div', {}, c('nm', x.node), c('sub', x.nodeGroup + ', ' + x.stack)), holder('div', 'gx', gpuRow(x)),
    h('div', {class: 'gs'}, state(x.state, runs && x.deadline ? due(x.deadline, x.title + ', ') : x.title),
      c('sub', [x.cause && x.cause + ':', x.message, x.action].filter(Boolean).join(' '))), whyRow(li, x.node, () => explain(id)));
  return li;
}

export function groups(S) {
  rows('groups', 'Node groups', 'Ready, on the way and leaving, against the maximum. The tick is the minimum.',
    [['State', 144], ['Group', 182], ['Machine', 170], ['Nodes', 212], ['Cost', 104, 'num'], ['Because'], ['', 82]]);
  counts('groups', S.nodeGroups.length, S.nodeGroups.length, 'No node group: only workloads are scaled.');
  const some = (n, cls, words) => n > 0 && c(cls, words);
  patch($('r-groups'), S.nodeGroups, x => x.name, x => row('group/' + x.name, x, x.name, [td('o1', state(x.state, x.title)), td('w o4', c('nm', x.name)),
    td('o4 in', x.machine || '–', c('sub', usd(x.price))),
    td('w o4', c('nw', b(x.ready), some(x.coming, 'come', ' +' + x.coming), some(x.leaving, 'come', ' −' + x.leaving),
      some(x.failed, 'need', ', ' + x.failed + ' failed'), c('dim', ' of ' + x.min + ' to ' + x.max)), holder('span', 'bar', sizeBar(x))),
    td('num o2', usd(x.hourlyCost)), td('w o4', because(x), x.until && ' Next try ' + time(x.until) + '.')]));
}

export function nodes(S) {
  rows('nodes', 'Nodes: leaving and kept', 'Every rule that keeps a node has its price.',
    [['Reason', 216], ['Nodes', 66, 'num'], ['Cost', 104, 'num'], ['Share', 132], ['Because'], ['Until', 150], ['', 82]]);
  const most = Math.max(...S.kept.map(k => k.hourlyCost || 0), .001);
  counts('nodes', S.scaleDown.length + S.kept.length, S.leaving + ' and ' + S.kept.reduce((a, k) => a + k.nodes, 0), 'No autoscaled node.', S.leaving - S.scaleDown.length);
  const leaving = x => row('node/' + x.node, x, x.node, [td('o1', state('down', 'Leaving, ' + x.reason)), td('num o2', '1'), td('num o2', usd(x.hourlySaving && -x.hourlySaving)),
    td('w o4', c('sub', x.nodeGroup)), td('w o4', c('nm', x.node), ': ' + x.message), td('o4 in')]);
  const kept = x => row('kept/' + x.reason, x, x.nodes + ' nodes kept: ' + x.reason, [td('o1', state(x.state, x.reason)), td('num o2', number(x.nodes)), td('num o2', usd(x.hourlyCost)),
    td('w o4', x.hourlyCost > 0 && holder('span', 'bar', shareBar(x.hourlyCost, x.most, x.state))), td('w o4', (x.nodes > 1 ? x.node + ': ' : '') + x.message),
    labelled(x.until && 'until', x.until && time(x.until) + (x.nodes > 1 ? ' at the soonest' : ''))]);
  patch($('r-nodes'), [...S.scaleDown, ...S.kept.map(x => ({...x, most}))], x => (x.most ? x.reason : x.node), x => (x.most ? kept(x) : leaving(x)));
}

export function scalers(S) {
  frame('scalers', 'Replica scalers', 'Metric against target, replicas below. First what is limited.', null, h('div', {class: 'cards'}));
  counts('scalers', S.replicas.length, S.replicaTotals.scalers, 'No replica scaler.', S.replicaTotals.scalers - S.replicas.length);
  patch($('b-scalers'), S.replicas, x => x.namespace + '/' + x.name, x => {
    const name = x.namespace + '/' + x.name, id = 'scaler/' + name, card = h('article', {class: 'card', 'aria-label': name, id, 'data-q': x.tags});
    card.append(h('div', {class: 'a'}, h('div', {}, c('nm', name), h('div', {class: 'sm'}, state(x.desired < x.current ? 'down' : x.state, x.title))),
      c('big', x.current === x.desired ? x.current : x.current + ' → ' + x.desired)),
    ...x.metrics.map(m => h('div', {class: 'm'}, h('span', {}, m.name), h('b', {class: m.error && 'need'}, (m.current ?? 'no value') + ' / ' + m.target))),
    holder('div', '', replicaChart(x)), h('div', {class: 'b'}, h('p', {}, x.message), whyRow(card, name, () => explain(id))));
    return card;
  });
}

const ENDS = {inFlight: 'come', done: 'ok', refused: 'need', failed: 'need', notSent: 'wait'};
const KINDS = {'': 'All', up: 'Scale up', down: 'Scale down', rep: 'Replicas', gpu: 'GPU', need: 'Refused'};
export function log(entries, more, only, choose) {
  rows('log', 'Decision log', 'What changed something, newest first.',
    [['Time', 106], ['Kind', 124], ['What', 238], ['Because'], ['Cost', 108, 'num'], ['Outcome', 150], ['', 82]],
    h('div', {class: 'chips end', role: 'group', 'aria-label': 'Kind of decision'},
      Object.keys(KINDS).map(key => h('button', {type: 'button', class: 'chip', 'data-kind': key, onclick: () => choose(key)}, KINDS[key]))));
  for (const chip of $$('#log .chip')) chip.setAttribute('aria-pressed', String(chip.dataset.kind === only));
  const shown = entries.filter(e => !only || e.kind === only || ENDS[e.state] === only);
  counts('log', shown.length, shown.length, only ? 'Nothing of this kind.' : 'Nothing has changed yet.', more);
  patch($('r-log'), shown, x => x.id, x => row('decision/' + x.id, x, x.what, [
    td('o0', h('a', {href: '#decision/' + x.id, class: 'nw'}, h('time', {datetime: x.at}, time(x.at)))), td('o1', c('st', glyph(x.kind), x.kindTitle)),
    td('w o4 nm', x.what, x.parts > 1 && ', ' + x.parts + ' pods'), td('w o4', x.because), td('num o2', x.cost == null ? c('dim', '–') : usd(x.lower ? -x.cost : x.cost, true)),
    td('o4 in', c('st ' + ENDS[x.state], glyph(ENDS[x.state] === 'need' ? 'no' : ENDS[x.state]), x.outcome))]));
}
