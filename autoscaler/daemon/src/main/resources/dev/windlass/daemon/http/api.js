// Reads the daemon's API. A token, if one is needed, lives in this module's memory only.
import {clock} from './dom.js';

let token = '';
const etags = new Map();
export const setToken = value => { token = value.trim(); };

export class ApiError extends Error {
  constructor(status, message) { super(message); this.status = status; }
}
async function ask(path, headers, signal) {
  if (token) headers.Authorization = 'Bearer ' + token;
  return fetch('/api/v1/' + path, {headers, signal, cache: 'no-store'});
}
export async function get(path) {
  const known = etags.get(path), response = await ask(path, known ? {'If-None-Match': known.tag} : {});
  if (response.status === 304) return known.body;
  const body = await response.json().catch(() => ({message: 'The daemon answered ' + response.status + '.'}));
  if (!response.ok) throw new ApiError(response.status, body.message);
  const tag = response.headers.get('ETag');
  if (tag && !path.includes('/')) etags.set(path, {tag, body});
  if (etags.size > 9) etags.clear();
  return body;
}

// Follows the stream until it ends; throws when it is lost or silent for too long.
const SILENCE = 25000;
export async function follow(signal, onEvent) {
  const stop = new AbortController(), end = () => stop.abort();
  signal.addEventListener('abort', end);
  let timer = setTimeout(end, SILENCE);
  try {
    const response = await ask('stream', {}, stop.signal);
    if (!response.ok) throw new ApiError(response.status, 'The stream was refused: ' + response.status + '.');
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const {done, value} = await reader.read();
      if (done) throw new Error('The stream ended.');
      clearTimeout(timer);
      timer = setTimeout(end, SILENCE);
      const events = (rest + value).split('\n\n');
      rest = events.pop();
      for (const text of events) {
        const field = name => text.split('\n').find(l => l.startsWith(name + ': '))?.slice(name.length + 2);
        const data = JSON.parse(field('data') || '{}');
        if (data.serverTime) clock.offset = Date.parse(data.serverTime) - Date.now();
        if (field('event') === 'decision') onEvent(data);
      }
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}
