// Shows what is marked with data-refresh as it is now, every few seconds while the page is seen. Forms are left alone.
(() => {
  const every = 5000;
  const most = 60000;
  let wait = every;

  const show = html => {
    const now = new DOMParser().parseFromString(html, 'text/html');
    for (const part of document.querySelectorAll('[data-refresh]')) {
      const fresh = now.querySelector(`[data-refresh="${CSS.escape(part.dataset.refresh)}"]`);
      if (fresh && fresh.innerHTML !== part.innerHTML) {
        part.replaceChildren(...document.importNode(fresh, true).childNodes);
      }
    }
  };

  const refresh = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(location.href, { credentials: 'same-origin', redirect: 'error' });
        if (answer.status === 401) {
          return;
        }
        if (answer.ok) {
          show(await answer.text());
          wait = every;
        } else {
          wait = Math.min(wait * 2, most);
        }
      } catch {
        wait = Math.min(wait * 2, most);
      }
    }
    setTimeout(refresh, wait);
  };

  setTimeout(refresh, wait);
})();
