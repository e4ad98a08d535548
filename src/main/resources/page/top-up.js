// While a payment is being confirmed the page is asked for again, until it has something to say; without scripts it reloads itself.
const EVERY = 1500;
const MOST = 80;

async function look(times) {
  try {
    const answer = await fetch(location.href, { credentials: 'same-origin', cache: 'no-store' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (answer.ok && page.getElementById('main') && !page.querySelector('[data-waits]')) {
      document.getElementById('main').replaceWith(document.adoptNode(page.getElementById('main')));
      return;
    }
  } catch (offline) {
    // Asked again below: a network that is gone comes back.
  }
  if (times < MOST) {
    setTimeout(look, EVERY * Math.ceil((times + 1) / 10), times + 1);
  }
}

setTimeout(look, EVERY, 1);
