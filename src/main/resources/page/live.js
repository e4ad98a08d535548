// Keeps what carries data-live as it is by now: the stream says that something has changed, and this page is read again.
// Where there is no stream the page is read every few seconds, and a notice says that it is not live.
const notice = document.querySelector('[data-live-stream]');
const PAUSE = 700, POLL = 10000, SLOW = 60000, PATIENCE = 4000;
let stream, patience, poll, reading = false, again = false;

function connect() {
  if (stream || document.hidden) return;
  stream = new EventSource(notice.dataset.liveStream);
  patience = setTimeout(lost, PATIENCE);
  stream.onopen = found;
  stream.onerror = () => {
    const over = stream.readyState === EventSource.CLOSED;
    if (over) { stream.close(); stream = null; }
    clearTimeout(patience);
    patience = setTimeout(lost, over ? 0 : PATIENCE);
  };
  stream.addEventListener('changed', read);
}

function close() {
  clearTimeout(patience);
  if (stream) stream.close();
  stream = null;
}

function found() {
  clearTimeout(patience);
  notice.hidden = true;
  every(SLOW);
}

function lost() {
  notice.hidden = false;
  every(POLL);
}

function every(milliseconds) {
  clearInterval(poll);
  poll = setInterval(() => { connect(); read(); }, milliseconds);
}

async function read() {
  if (reading) { again = true; return; }
  if (document.hidden) return;
  reading = true;
  try {
    const answer = await fetch(location.href, { redirect: 'manual', headers: { Accept: 'text/html' } });
    if (answer.type === 'opaqueredirect' || answer.status === 401) return location.reload();
    if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    if (!notice.hidden && stream && stream.readyState === EventSource.OPEN) found();
  } catch {
    lost();
  }
  setTimeout(() => {
    reading = false;
    if (again) { again = false; read(); }
  }, PAUSE);
}

function show(page) {
  const focused = document.activeElement && document.activeElement.closest('[data-live]') ? document.activeElement : null;
  const current = new Map([...page.querySelectorAll('[data-live]')].map(part => [part.dataset.live, part]));
  for (const part of document.querySelectorAll('[data-live]')) {
    const other = current.get(part.dataset.live);
    if (!part.isConnected || !other) continue;
    if ('liveList' in part.dataset && part.closest('table').tBodies.length > 1) {
      prepend(part, other);
    } else if (part.outerHTML !== other.outerHTML) {
      part.replaceWith(document.importNode(other, true));
    }
  }
  for (const part of document.querySelectorAll('[data-live-shown]')) {
    const other = page.querySelector(`[data-live-shown="${part.dataset.liveShown}"]`);
    if (other) part.hidden = other.hidden;
  }
  if (focused && !focused.isConnected) {
    const same = [...document.querySelectorAll('a, button')].find(one => one.getAttribute('href') === focused.getAttribute('href') && one.textContent === focused.textContent);
    if (same) same.focus({ preventScroll: true });
  }
  document.dispatchEvent(new CustomEvent('live'));
}

// A list that was made longer keeps what it has; what is new comes before it.
function prepend(list, other) {
  const known = new Set([...list.closest('table').querySelectorAll('tr[data-live]')].map(row => row.dataset.live));
  for (const row of [...other.rows].reverse()) {
    if (!known.has(row.dataset.live)) list.prepend(document.importNode(row, true));
  }
}

if (notice) {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      clearInterval(poll);
      close();
    } else {
      connect();
      read();
    }
  });
  addEventListener('online', () => { close(); connect(); read(); });
  addEventListener('offline', lost);
  addEventListener('pagehide', close);
  addEventListener('pageshow', event => { if (event.persisted) { connect(); read(); } });
  connect();
}
