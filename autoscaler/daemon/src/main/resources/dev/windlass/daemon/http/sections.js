// The page's sections, each made from its part of the state.
import {$, because, clock, due, fill, glyph, h, many, number, patch, since, state, table, td, time, usd, whyRow} from './dom.js';
import {PHASES, chart, gpuAxis, gpuRow, holder, redraw, replicaChart, setAxis, shareBar, sizeBar, split, swatch, timeChart} from './charts.js';
import {get} from './api.js';

const OUTCOME = {need: 'Needs you', wait: 'Waiting', come: 'Node coming'};
const enc = name => name.split('/').map(encodeURIComponent).join('/');

// "Why?" panels: what the daemon explains, or what the row knows already.
const facts = list => h('dl', {}, list.filter(([, value]) => value).map(([name, value]) => [h('dt', {}, name),
  h('dd', {}, name === 'Terminal' ? h('code', {}, value) : value[0] === '#' && value[1] > '9' ? h('a', {href: value}, value) : name === 'Nearest fit' ? h('b', {}, value) : value)]));
function evidence(title, columns, rows) {
  if (!rows.length) return h('div', {}, h('h3', {}, title));
  const cell = (text, i) => h('td', {}, i === 1 && /^[A-Z][a-z]\w+$/.test(text) ? h('span', {class: 'rule'}, text) : text);
  return h('div', {}, h('h3', {}, title), h('table', {class: columns.length === 3 ? 'kv' : ''},
    h('thead', {}, h('tr', {}, columns.map(c => h('th', {scope: 'col'}, c)))), h('tbody', {}, rows.map(r => h('tr', {}, r.map(cell))))));
}
export async function explain(path, link, more) {
  if (clock.pinned) return [h('div', {}, h('h3', {}, 'This is a past decision.'), h('p', {}, 'Go back to Live to ask why.')), facts([['Link', '#' + link]])];
  const doc = await get('explain/' + enc(path));
  return [evidence(doc.title, doc.columns, doc.rows),
    facts([...doc.facts.map(f => [f.name, f.value]), ...(more || []), ['Terminal', doc.command], ['Link', '#' + link]])];
}

// A section's frame is made once; its rows are patched.
function frame(id, title, note, end, body) {
  if ($('h-' + id)) return;
  fill(id, h('div', {class: 'head'}, h('h2', {id: 'h-' + id}, title, ' ', h('span', {class: 'n', id: 'n-' + id})), h('p', {id: 'p-' + id}, note), end),
    h('p', {class: 'body empty', id: 'e-' + id, hidden: true}), body, h('p', {class: 'more', id: 'm-' + id, hidden: true}));
}
function counts(id, shown, total, emptyTitle, emptyText, more) {
  $('n-' + id).dataset.total = total;
  $('n-' + id).textContent = total;
  $('e-' + id).hidden = shown > 0;
  $('b-' + id).hidden = shown === 0;
  $('e-' + id).replaceChildren(h('b', {}, emptyTitle), ' ' + emptyText);
  $('m-' + id).hidden = !more;
  $('m-' + id).textContent = more || '';
}
const body = (id, ...children) => h('div', {class: 'body', id: 'b-' + id}, children);
const tags = (...parts) => parts.join(' ').toLowerCase();
function row(id, query, label, ask, cells) {
  const tr = h('tr', {class: 'r', role: 'row', 'data-q': query, id}, cells);
  tr.append(td('num o3', whyRow(tr, label, ask)));
  return tr;
}

export function lead(S) {
  fill('verdict', glyph(S.verdict.outcome, S.verdict.outcome), ' ' + S.verdict.message);
  fill('story', S.verdict.story);
  document.title = (S.pending.totals.needsYou ? '(' + S.pending.totals.needsYou + ') ' : '') + S.cluster + ' · Windlass';
  $('cluster').textContent = S.cluster;
  $('mode').hidden = false;
  $('mode').textContent = S.mode;
  $('mode').className = 'pill' + (S.mode === 'Acting' ? '' : ' off');
  $('version').textContent = 'Windlass ' + S.version;
  $('tickid').textContent = '#' + number(S.id);
  $('tickat').textContent = time(S.at);
  $('tickat').dateTime = S.at;
}

export function tiles(S) {
  const t = S.pending.totals, line = l => h('li', {class: /down|up/.test(l.state) ? 'dim' : l.state}, glyph(l.state), h('span', {}, l.text));
  fill('tiles', S.tiles.map((x, i) => h('a', {class: 'tile', href: x.href}, h('span', {class: 'k'}, x.title),
    h('span', {class: 'v'}, x.value, x.unit && h('small', {}, x.unit)), h('ul', {}, x.lines.map(line)),
    i === 0 && t.pods > 0 && holder('span', 'split', split([['need', t.needsYou], ['wait', t.waiting], ['come', t.nodeComing]])))));
}

export function inputs(S) {
  const source = x => h('span', {class: x.stale ? 'wait' : ''}, glyph(x.stale ? 'wait' : 'ok', x.stale ? 'wait' : 'ok'), h('b', {}, x.name), ' ',
    x.observedAt ? since(x.observedAt) : 'never read', x.stale && ', over ' + x.limitSeconds + ' s: ' + x.blocks.join(', '));
  fill('inputs', h('span', {}, h('b', {}, 'Inputs')), S.sources.map(source), h('span', {}, 'decided in ', h('b', {}, S.decideMillis + ' ms')),
    S.leader && h('span', {}, 'leader ', h('b', {}, S.leader)), S.deferred.map(d => h('span', {class: 'wait'}, glyph('wait'), h('b', {}, 'Deferred: ' + d.what), ', ' + d.why)));
}

export function overTime(S, log, minutes) {
  $('h-time').textContent = 'Last ' + (minutes === 360 ? '6 hours' : minutes + ' minutes');
  const t = S.pending.totals, legend = [['f-need', '', t.needsYou, 'need you'], ['f-wait', 'f-hatch', t.waiting, 'wait'], ['f-comebg', 'l-come', t.nodeComing, 'node coming']];
  fill('leg-time', legend.map(([cls, over, n, name]) => h('li', {}, swatch(cls, over), h('b', {}, String(n)), name)));
  chart($('c-time'), timeChart(S.series, log, minutes));
}

export function pending(S) {
  frame('pending', 'Pending pods', 'Grouped by owner, shape and outcome. First what no tick will solve.', null, body('pending', table('Pending pods',
    [['State', 144], ['Pods', 58, 'num'], ['Workload', 196], ['Asks for', 124], ['Waits', 72, 'num'], ['Because'], ['Runs', 150], ['', 82]], 'r-pending')));
  const P = S.pending;
  counts('pending', P.groups.length, P.totals.pods, 'No pending pods.', 'Every pod has a node.', P.more && P.more + ' more groups');
  const order = o => h('span', {class: 'sub'}, o.nodeGroup + ' ' + o.from + ' → ' + o.to + (o.hourlyCost == null ? '' : ', ' + usd(o.hourlyCost, true)));
  patch($('r-pending'), P.groups, x => x.key, x => row('pod/' + x.pod, tags('ns:' + x.owner, 'rule:' + x.rule, 'state:' + x.outcome, 'group:' + x.nearest, ...x.orders.map(o => 'group:' + o.nodeGroup)),
    x.pods + ' pods of ' + x.owner, () => explain('pod/' + x.pod, 'pod/' + x.pod, [['Pod', x.pod + (x.pods > 1 ? ', the oldest of ' + x.pods : '')]]), [
      td('o1', state(x.outcome, OUTCOME[x.outcome])), td('num o2', h('b', {}, String(x.pods)), h('span', {class: 'vh'}, ' pods')),
      td('w o4', h('span', {class: 'nm'}, x.owner), h('span', {class: 'sub'}, x.ownerKind)), td('o4 in', x.requests || '–'),
      h('td', {class: 'num o4 in', 'data-l': 'waits', role: 'cell'}, x.since ? since(x.since) : 'not yet'), td('w o4', because(x.rule, x.message)),
      td('w o4' + (x.outcome === 'need' ? ' dim' : ''), x.runs, x.orders.map(order))]));
}

export function gpu(S) {
  const legend = h('ul', {class: 'legend end'}, PHASES.map((name, i) => h('li', {}, h('b', {}, String(i + 1)), name)));
  frame('gpu-nodes', 'GPU bootstrap', 'Phases, numbered as in the bars. Dashed: time left.', legend, body('gpu-nodes',
    h('div', {class: 'gaxis'}, h('span', {}, 'Node'), h('div', {class: 'gx', id: 'gaxis'}), h('span', {}, 'Where it is'), h('span')), h('ul', {class: 'gpu', id: 'r-gpu-nodes'})));
  const t = S.gpuTotals;
  counts('gpu-nodes', S.gpu.length, S.gpu.length, 'No GPU node is being bootstrapped.', t.ready ? many(t.ready, 'machine') + ' ready.' : '', t.more > 0 && t.more + ' more machines');
  setAxis(S.gpu);
  chart($('gaxis'), gpuAxis);
  patch($('r-gpu-nodes'), S.gpu, x => x.node, machine);
  waterfall();
}
export const waterfall = () => document.querySelectorAll('#gpu-nodes .gx').forEach(redraw);
function machine(x) {
  const li = h('li', {'data-q': tags('group:' + x.nodeGroup, 'rule:' + (x.cause || x.phase), 'state:' + x.state), id: 'node/' + x.node});
  const where = x.state === 'need' ? 'Failed' + (x.failedPhase ? ' in ' + x.failedPhase : '') : x.state === 'ok' ? 'Ready' : x.deadline ? due(x.deadline, x.phase + ', ') : x.phase;
  li.append(h('div', {}, h('span', {class: 'nm'}, x.node), h('span', {class: 'sub'}, x.nodeGroup + ', ' + x.stack)), holder('div', 'gx', gpuRow(x)),
    h('div', {class: 'gs'}, state(x.state, where), h('span', {class: 'sub'}, [x.cause && x.cause + ':', x.message, x.action].filter(Boolean).join(' '))),
    whyRow(li, x.node, () => explain('node/' + x.node, 'node/' + x.node)));
  return li;
}

export function groups(S) {
  frame('groups', 'Node groups', 'Ready, on the way and leaving, against the maximum. The tick is the minimum.', null, body('groups', table('Node groups',
    [['State', 144], ['Group', 182], ['Machine', 170], ['Nodes', 212], ['Cost', 104, 'num'], ['Because'], ['', 82]], 'r-groups')));
  counts('groups', S.nodeGroups.length, S.nodeGroups.length, 'No node group.', 'Windlass scales workloads only until there is a NodeGroup.', '');
  patch($('r-groups'), S.nodeGroups, x => x.name, x => row('group/' + x.name, tags('group:' + x.name, 'state:' + x.state, 'rule:' + x.rule),
    x.name, () => explain('group/' + x.name, 'group/' + x.name), [td('o1', state(x.state, x.title)), td('w o4', h('span', {class: 'nm'}, x.name)),
      td('o4 in', x.machine || '–', h('span', {class: 'sub'}, usd(x.price))),
      td('w o4', h('span', {class: 'nw'}, h('b', {}, String(x.ready)), x.coming > 0 && h('span', {class: 'come'}, ' +' + x.coming), x.leaving > 0 && h('span', {class: 'come'}, ' −' + x.leaving),
        x.failed > 0 && h('span', {class: 'need'}, ', ' + x.failed + ' failed'), h('span', {class: 'dim'}, ' of ' + x.min + ' to ' + x.max)), holder('span', 'bar', sizeBar(x))),
      td('num o2', usd(x.hourlyCost)), td('w o4', because(x.rule, x.message), x.until && ' Next try ' + time(x.until) + '.')]));
}

export function nodes(S) {
  frame('nodes', 'Nodes: leaving and kept', '', null, body('nodes', table('Nodes leaving and kept',
    [['Reason', 216], ['Nodes', 66, 'num'], ['Cost', 104, 'num'], ['Share', 132], ['Because'], ['Until', 150], ['', 82]], 'r-nodes')));
  const keptNodes = S.kept.reduce((a, k) => a + k.nodes, 0), most = Math.max(...S.kept.map(k => k.hourlyCost || 0), .001);
  counts('nodes', S.scaleDown.length + S.kept.length, S.leaving + ' and ' + keptNodes, 'No autoscaled node.', '', '');
  $('p-nodes').textContent = S.hourlyCost.held > 0 ? 'Every rule that keeps a node has its price: ' + usd(S.hourlyCost.held) + ' held.' : 'Every rule that keeps a node has its price.';
  const items = [...S.scaleDown.map(x => ({...x, leaves: true})), ...S.kept.map(x => ({...x, most}))];
  patch($('r-nodes'), items, x => (x.leaves ? x.node : x.reason), x => (x.leaves ? leaving(x) : kept(x)));
}
const leaving = x => row('node/' + x.node, tags('group:' + x.nodeGroup, 'rule:' + x.reason, 'state:leaving'), x.node, () => explain('node/' + x.node, 'node/' + x.node),
  [td('o1', state('down', 'Leaving, ' + x.reason)), td('num o2', '1'), td('num o2', x.hourlySaving == null ? '–' : usd(-x.hourlySaving)), td('w o4', h('span', {class: 'sub'}, x.nodeGroup)), td('w o4', h('span', {class: 'nm'}, x.node), ': ' + x.message), td('o4 in', '')]);
function kept(x) {
  const panel = () => [evidence(x.nodes > x.examples.length ? 'The first ' + x.examples.length + ' of ' + x.nodes + ' nodes' : many(x.nodes, 'node') + ' kept', ['Node', 'Group', 'What it said'],
    x.examples.map(e => [e.node, e.nodeGroup, e.message])), facts([['Rule', x.reason], ['Costs', usd(x.hourlyCost)], ['Terminal', 'windlass explain node ' + x.examples[0].node]])];
  return row('kept/' + x.reason, tags('rule:' + x.reason, 'state:kept', ...x.examples.map(e => e.node + ' group:' + e.nodeGroup)), x.nodes + ' nodes kept: ' + x.reason, panel,
    [td('o1', state(x.state, x.reason)), td('num o2', number(x.nodes)), td('num o2', usd(x.hourlyCost)), td('w o4', x.hourlyCost > 0 && holder('span', 'bar', shareBar(x.hourlyCost, x.most, x.state))),
      td('w o4', (x.nodes > 1 ? x.examples[0].node + ': ' : '') + x.message), h('td', {class: 'o4 in', role: 'cell', 'data-l': x.until ? 'until' : null}, x.until ? time(x.until) + (x.nodes > 1 ? ' at the soonest' : '') : '')]);
}

export function scalers(S) {
  frame('scalers', 'Replica scalers', 'Metric against target, replicas below. First what is limited.', null, h('div', {class: 'cards', id: 'b-scalers'}));
  const more = S.replicaTotals.scalers - S.replicas.length;
  counts('scalers', S.replicas.length, S.replicaTotals.scalers, 'No replica scaler.', '', more > 0 && more + ' more scalers');
  patch($('b-scalers'), S.replicas, x => x.namespace + '/' + x.name, scaler);
}
function scaler(x) {
  const name = x.namespace + '/' + x.name, title = x.limitedBy || (x.state === 'come' ? (x.desired > x.current ? 'Up' : 'Down') : x.title);
  const card = h('article', {class: 'card', 'aria-label': name, id: 'scaler/' + name, 'data-q': tags('ns:' + x.namespace, 'rule:' + x.limitedBy, 'state:' + x.state)});
  card.append(h('div', {class: 'a'}, h('div', {}, h('span', {class: 'nm'}, name), h('div', {class: 'sm'}, state(x.state === 'come' && x.desired < x.current ? 'down' : x.state, title))),
    h('span', {class: 'big'}, x.current === x.desired ? String(x.current) : x.current + ' → ' + x.desired)),
  ...x.metrics.map(m => h('div', {class: 'm'}, h('span', {}, m.name), h('b', {class: m.error ? 'need' : ''}, (m.current ?? 'no value') + ' / ' + m.target))),
  holder('div', 'cc', replicaChart(x)), h('div', {class: 'b'}, h('p', {}, x.message), whyRow(card, name, () => explain('scaler/' + name, 'scaler/' + name))));
  return card;
}

const ENDS = {inFlight: 'come', done: 'ok', refused: 'need', failed: 'need', notSent: 'wait'};
const KINDS = {'': 'All', up: 'Scale up', down: 'Scale down', rep: 'Replicas', gpu: 'GPU', bad: 'Refused'};
export function log(entries, more, only, choose) {
  const chip = key => h('button', {type: 'button', class: 'chip', 'data-kind': key, onclick: () => choose(key)}, KINDS[key]);
  frame('log', 'Decision log', 'What changed something, newest first.', h('div', {class: 'chips end', role: 'group', 'aria-label': 'Kind of decision'}, Object.keys(KINDS).map(chip)),
    body('log', table('Decision log', [['Time', 106], ['Kind', 124], ['What', 238], ['Because'], ['Cost', 108, 'num'], ['Outcome', 150], ['', 82]], 'r-log')));
  for (const b of document.querySelectorAll('#log .chip')) b.setAttribute('aria-pressed', String(b.dataset.kind === only));
  const bad = e => e.state === 'refused' || e.state === 'failed', shown = entries.filter(e => !only || (only === 'bad' ? bad(e) : e.kind === only));
  counts('log', shown.length, shown.length, only ? 'Nothing of this kind.' : 'Nothing has changed yet.', '', more && more + ' older decisions');
  patch($('r-log'), shown, x => x.id, entry);
}
function entry(x) {
  const key = ENDS[x.state];
  const panel = () => [evidence(x.message || x.because, [], []), facts([['Decision', x.id + ' at ' + time(x.at)], ['Actions', x.parts > 1 ? String(x.parts) : ''], ['Same state', '#at=' + x.decision], ['Link', '#decision/' + x.id]])];
  return row('decision/' + x.id, tags(x.id, x.message, 'state:' + x.state, 'rule:' + x.kind), x.what, panel, [td('o0', h('a', {href: '#decision/' + x.id, class: 'nw'}, h('time', {datetime: x.at}, time(x.at)))),
    td('o1', h('span', {class: 'st'}, glyph(x.kind), x.kindTitle)), td('w o4 nm', x.what, x.parts > 1 && ', ' + x.parts + ' pods'), td('w o4', x.because),
    td('num o2', x.cost == null ? h('span', {class: 'dim'}, '–') : usd(x.lower ? -x.cost : x.cost, true)), td('o4 in', h('span', {class: 'st ' + key}, glyph(key === 'need' ? 'no' : key), x.outcome))]);
}
