// Lists go on below, where "show older" would otherwise lead to a page of its own.
document.addEventListener('click', async event => {
  const link = event.target.closest('[data-more] a');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const list = link.closest('[data-list]');
  if (list.getAttribute('aria-busy') === 'true') return;
  list.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(link.href, { redirect: 'error' });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    append(list, page.querySelector('[data-list]'));
  } catch {
    location.href = link.href;
  } finally {
    list.removeAttribute('aria-busy');
  }
});

function append(list, older) {
  const table = list.querySelector('table');
  const more = older.querySelector('[data-more]');
  const rows = [...older.querySelectorAll('tbody')];
  if (!table) {
    list.replaceChildren(...older.childNodes);
  } else {
    const lastDay = [...table.querySelectorAll('.day')].pop();
    const firstDay = rows[0] && rows[0].querySelector('.day');
    if (lastDay && firstDay && lastDay.textContent === firstDay.textContent) firstDay.remove();
    rows.forEach(body => { body.removeAttribute('data-live'); table.append(body); });
    const before = list.querySelector('[data-more]');
    more ? before.replaceWith(more) : before.remove();
  }
  const first = rows[0] && rows[0].querySelector('a');
  if (first) first.focus({ preventScroll: true });
}
