// Charts, drawn at their real width and again when it changes.
import {clock, h, number, s, span, time, usd} from './dom.js';

const drawings = new WeakMap();
const sizes = new ResizeObserver(entries => {
  for (const {target, contentRect} of entries) {
    const drawing = drawings.get(target), width = Math.floor(contentRect.width);
    if (drawing && width > 0 && drawing.width !== width) { drawing.width = width; redraw(target); }
  }
});
export function chart(element, draw) {
  const width = drawings.get(element)?.width;
  drawings.set(element, {draw, width});
  if (width) redraw(element); else sizes.observe(element);
  return element;
}
export function redraw(element) {
  const drawing = drawings.get(element);
  if (drawing?.width) element.replaceChildren(drawing.draw(drawing.width));
}

const f = n => n.toFixed(1);
const rect = (x, y, width, height, cls, more) =>
  s('rect', {x: f(x), y, width: f(Math.max(0, width)), height, class: cls, ...more});
const text = (x, y, words, cls, anchor) => s('text', {x: f(x), y, class: cls || '', 'text-anchor': anchor || 'start'}, words);
const line = (x1, y1, x2, y2, cls) => s('line', {x1: f(x1), y1, x2: f(x2), y2, class: cls});
const svg = (width, height, label, ...children) => s('svg', {width, height, role: label ? 'img' : null, 'aria-label': label || null,
  'aria-hidden': label ? null : 'true', class: 'ch'}, children);
const icon = (x, y, size, name, cls, title) => s('svg', {x: f(x), y, width: size, height: size, viewBox: '0 0 16 16', class: 'g ' + cls},
  title && s('title', {}, title), s('use', {href: '#' + name}));
const hm = at => time(at).slice(0, 5);

// One bar, split by counts.
export const split = parts => width => {
  const sum = parts.reduce((a, [, n]) => a + n, 0);
  let x = 0;
  return svg(width, 6, '', parts.map(([key, n]) => {
    const w = n / sum * width, drawn = [rect(x, 0, w - 1.5, 6, 'f-' + key), key === 'wait' && rect(x, 0, w - 1.5, 6, 'f-hatch')];
    x += w;
    return drawn;
  }));
};

// Steps of a series as corner points within a window.
function corners(points, from, to, value) {
  const out = [];
  points.forEach((point, i) => {
    const begin = Math.max(from, Date.parse(point.at)), end = i + 1 < points.length ? Date.parse(points[i + 1].at) : to;
    if (end > from && begin <= to) out.push([begin, value(point)], [Math.min(end, to), value(point)]);
  });
  return out;
}
function niceMax(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return Math.ceil(value / power) * power;
}

// Pending pods by outcome and the cost, over one axis with marks of the log.
export const timeChart = (series, log, minutes) => width => {
  const to = clock.now(), from = to - minutes * 60000, narrow = width < 700, L = 34, R = narrow ? 50 : 64;
  const X = at => L + (at - from) / (to - from) * (width - L - R), out = [];
  const H = 86, all = corners(series, from, to, p => p.need + p.wait + p.come), last = series.at(-1);
  const top = Math.max(3, niceMax(Math.max(0, ...all.map(c => c[1])))), Y = v => 12 + H - v / top * H;
  for (const share of [0, .5, 1]) {
    const v = Math.round(top * share);
    out.push(line(L, Y(v), width - R, Y(v), v ? 'grid' : 'axis'), text(L - 6, Y(v) + 4, number(v), '', 'end'));
  }
  const path = cs => cs.map(([at, v]) => f(X(at)) + ',' + f(Y(v)));
  const area = (cls, low, high) => s('polygon', {class: cls,
    points: [...path(corners(series, from, to, high)), ...path(corners(series, from, to, low)).reverse()].join(' ')});
  out.push(area('f-comebg', p => p.need + p.wait, p => p.need + p.wait + p.come), s('polyline', {points: path(all).join(' '), class: 'l-come'}),
    area('f-wait', p => p.need, p => p.need + p.wait), area('f-hatch', p => p.need, p => p.need + p.wait), area('f-need', () => 0, p => p.need));
  const pods = last.need + last.wait + last.come;
  out.push(text(width - R + 8, Y(pods) + 4, number(pods), 't1'));
  const C0 = 12 + H + 26, CH = 30, B = C0 + CH + 6, costs = corners(series.filter(p => p.cost != null), from, to, p => p.cost);
  if (costs.length) {
    const low = Math.min(...costs.map(c => c[1])), high = Math.max(...costs.map(c => c[1]));
    const pad = Math.max((high - low) * .1, high * .02, .01), CY = v => C0 + CH - (v - low + pad) / (high - low + 2 * pad) * CH;
    out.push(text(L, C0 - 4, 'Cost per hour', 't1'), line(L, C0 + CH, width - R, C0 + CH, 'axis'),
      s('polyline', {points: costs.map(([at, v]) => f(X(at)) + ',' + f(CY(v))).join(' '), class: 'l-ink'}),
      text(width - R + 8, CY(costs.at(-1)[1]) + 4, usd(costs.at(-1)[1]).slice(0, -2), 't1'));
  }
  let previous = -99;
  for (const entry of [...log].reverse()) {
    const at = Date.parse(entry.at), x = X(at), bad = entry.state === 'refused' || entry.state === 'failed';
    if (at < from || at > to || x - previous < 11) continue;
    previous = x;
    out.push(icon(x - 5, B + 2, 10, bad ? 'no' : entry.kind, bad ? 'need' : '', time(at) + ' ' + entry.what));
  }
  const step = minutes * 60000 / (narrow ? 3 : 6), AY = B + 28;
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    out.push(line(X(at), B, X(at), B - 4, 'axis'), X(at) < width - R - (narrow ? 34 : 76) && text(X(at), AY, hm(at), '', 'middle'));
  }
  out.push(line(width - R, 8, width - R, B, 'nowl'), text(width - R, AY, narrow ? 'now' : 'now ' + time(to), 't1', 'middle'));
  return svg(width, AY + 6, 'Pending pods from ' + hm(from) + ' to ' + hm(to) + ': ' + pods + ' now, at most ' +
    Math.max(0, ...all.map(c => c[1])) + '. Cost now ' + usd(last.cost) + '.', out);
};

// GPU bootstrap: one axis for all rows, from the oldest start to the latest deadline.
export const PHASES = ['Launching', 'Registering', 'Driver', 'Runtime', 'DevicePlugin', 'Validating'];
const axis = {from: 0, to: 1};
export function setAxis(machines) {
  const times = machines.flatMap(m => [...m.phases.map(p => Date.parse(p.startedAt)), m.readyAt && Date.parse(m.readyAt),
    m.state !== 'need' && m.state !== 'ok' && m.deadline && Date.parse(m.deadline)]).filter(Boolean);
  const minute = 60000, now = clock.now();
  axis.from = Math.floor(Math.min(now - minute, ...times) / minute) * minute;
  axis.to = Math.ceil(Math.max(now + minute, ...times) / minute) * minute;
}
const GX = (at, width) => (at - axis.from) / (axis.to - axis.from) * width;
const gridStep = width => [1, 2, 5, 10, 30, 60, 240, 1440].find(m => (axis.to - axis.from) / m / 60000 * 48 < width) * 60000;
export function gpuAxis(width) {
  const out = [], now = clock.now();
  for (let at = axis.from; at < axis.to; at += gridStep(width)) {
    const x = GX(at, width);
    if (Math.abs(x - GX(now, width)) > 34) out.push(text(x, 13, hm(at), '', x < 16 ? 'start' : 'middle'));
  }
  out.push(text(GX(now, width), 13, clock.pinned ? 'then' : 'now', 't1', 'middle'));
  return svg(width, 18, 'Time axis ' + hm(axis.from) + ' to ' + hm(axis.to), out);
}
function bar(phase, machine, width, now) {
  const running = !phase.endedAt && machine.state !== 'need', failed = phase.phase === machine.failedPhase;
  const start = Date.parse(phase.startedAt), end = phase.endedAt ? Date.parse(phase.endedAt) : failed && machine.deadline
    ? Math.min(now, Math.max(start, Date.parse(machine.deadline))) : now;
  const x = GX(start, width), w = GX(end, width) - x - 1.5, took = span(end - start), name = phase.phase, out = [];
  const cls = failed ? 'f-need' : running ? (machine.state === 'wait' ? 'f-wait' : 'f-come') : 'f-done';
  const full = failed ? name + ', ' + took + ', failed' : name + ' ' + took, index = String(PHASES.indexOf(name) + 1);
  const limit = phase.deadline && span(Date.parse(phase.deadline) - start);
  const label = [running && limit ? full + ' of ' + limit : full, full, name, index].find(l => l.length * 6.3 + (l[1] ? 8 : 2) < w) || '';
  if (running && phase.deadline) {
    const late = machine.state === 'wait', D = GX(Date.parse(phase.deadline), width), x2 = x + w + 1.5;
    const words = 'due ' + time(phase.deadline);
    out.push(rect(x2, 8.5, D - x2, 19, 'l-left' + (late ? ' bad' : '')), line(D, 3, D, 33, late ? 'l-ink' : 'axis'),
      D + 84 < width ? text(D + 5, 22, words, late ? 'wait' : '') : D - x2 > 84 && text(D - 6, 22, words, '', 'end'));
  }
  out.push(s('g', {}, s('title', {}, name + ' ' + took + (running ? ' so far' : '')), rect(x, 8, w, 20, cls, {rx: 2}),
    label && text(label[1] ? x + 5 : x + w / 2 - 3.2, 22, label, cls === 'f-done' ? 'ondone' : 'onfill')));
  return [out, end];
}
export const gpuRow = machine => width => {
  const now = clock.now(), out = [], tall = innerWidth > 1099 ? 60 : 4;
  for (let at = axis.from; at <= axis.to; at += gridStep(width)) out.push(line(GX(at, width), -tall, GX(at, width), 36 + tall, 'grid'));
  let end = now;
  for (const phase of machine.phases) { const [drawn, to] = bar(phase, machine, width, now); out.push(drawn); end = to; }
  if (machine.readyAt) {
    const at = Date.parse(machine.readyAt), x = GX(at, width);
    out.push(icon(x + 4, 12, 12, 'ok', 'ok'), x + 116 < width && text(x + 20, 22, 'Ready ' + time(at), 'ok'));
  }
  if (machine.state === 'need') out.push(icon(GX(end, width) + 4, 12, 12, 'need', 'need'));
  out.push(line(GX(now, width), -tall, GX(now, width), 36 + tall, 'nowl'));
  const took = p => p.phase + ' ' + span((p.endedAt ? Date.parse(p.endedAt) : now) - Date.parse(p.startedAt));
  return svg(width, 36, machine.node + ': ' + machine.phases.map(took).join(', ') + '. Now ' + machine.phase + '.', out);
};

// A node group's size against its maximum; the tick is the minimum.
export const sizeBar = group => width => {
  const unit = width / Math.max(1, group.max, group.ready + group.coming + group.failed), out = [rect(0, 1, width, 8, 'f-sunk', {rx: 2})];
  const ready = unit * group.ready, coming = unit * group.coming;
  out.push(rect(0, 1, ready, 8, 'f-hold'), rect(ready, 1, coming, 8, 'f-come'), rect(ready, 1, coming, 8, 'f-hatch'));
  if (group.leaving) out.push(rect(unit * (group.ready - group.leaving), 1, unit * group.leaving, 8, 'f-hatch'));
  if (group.failed) out.push(rect(ready + coming, 1, unit * group.failed, 8, 'f-need'), rect(ready + coming, 1, unit * group.failed, 8, 'f-hatch'));
  if (group.min) out.push(line(unit * group.min, -2, unit * group.min, 12, 'l-ink'));
  return svg(width, 10, '', out);
};
export const shareBar = (value, max, key) => width => svg(width, 8, '', rect(0, 0, width * value / max, 8, key === 'ok' ? 'f-done' : 'f-hold', {rx: 2}));

// A scaler's replicas; the step at the end is what it wants.
export const replicaChart = scaler => width => {
  const to = clock.now(), points = scaler.history, from = Math.min(to - 300000, Math.max(to - 1800000, Date.parse(points[0]?.at ?? to)));
  const top = Math.max(1, scaler.desired, ...points.map(p => p.replicas)), H = 34, X = at => (at - from) / (to - from) * width;
  const Y = v => 4 + H - v / top * H, steps = corners(points, from, to, p => p.replicas);
  const outline = [[steps[0]?.[0], 0], ...steps, [to, 0]].map(([at, v]) => f(X(at)) + ',' + f(Y(v)));
  return svg(width, H + 22, scaler.namespace + '/' + scaler.name + ': ' + scaler.current + ' replicas, wanted ' + scaler.desired,
    steps.length > 0 && s('polygon', {points: outline.join(' '), class: 'f-done'}),
    line(0, 4 + H, width, 4 + H, 'axis'), scaler.desired !== scaler.current && line(width - 14, Y(scaler.desired), width, Y(scaler.desired), 'l-ink'),
    text(0, H + 18, 'replicas'), text(width, H + 18, hm(from) + ' to ' + hm(to), '', 'end'));
};
export const holder = (tag, cls, draw) => chart(h(tag, {class: cls}), draw);
