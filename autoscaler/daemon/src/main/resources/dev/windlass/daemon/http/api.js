// Reads the daemon's API. A token, if one is needed, lives in this module's memory only.
import {clock} from './dom.js';

let token = '';
export const setToken = value => { token = value.trim(); };

export class ApiError extends Error {
  constructor(status, message) { super(message); this.status = status; }
}
const ask = (path, signal) => fetch('/api/v1/' + path, {headers: token ? {Authorization: 'Bearer ' + token} : {}, signal, cache: 'no-store'});
export async function get(path) {
  const response = await ask(path), body = await response.json().catch(() => ({message: 'The daemon answered ' + response.status + '.'}));
  if (!response.ok) throw new ApiError(response.status, body.message);
  return body;
}

// Follows the stream until it ends; throws when it is lost or silent for too long.
const SILENCE = 25000;
export async function follow(signal, onEvent) {
  const silence = new AbortController(), end = () => silence.abort();
  let timer = setTimeout(end, SILENCE);
  try {
    const response = await ask('stream', AbortSignal.any([signal, silence.signal]));
    if (!response.ok) throw new ApiError(response.status, 'The stream is refused.');
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
        const data = JSON.parse(text.match(/data: (.*)/)[1]);
        clock.offset = Date.parse(data.serverTime) - Date.now();
        if (data.id) onEvent(data);
      }
    }
  } finally {
    clearTimeout(timer);
  }
}
