// Renders an account from one answer of the API, GET /v1/accounts/{account_id}, which the host's own backend passes on:
// the API key stays there, and so does the decision whose account it is.
const number = new Intl.NumberFormat(undefined, {maximumFractionDigits: 6});

function show(id, text) {
  document.getElementById(id).textContent = text; // never innerHTML: names are what customers wrote
}

function render(account) {
  const date = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeZone: account.time_zone});
  show('balance', number.format(account.balance));
  show('held', account.held > 0 ? `${number.format(account.held)} of them are held for runs under way` : '');
  if (account.problem) {
    show('blocked', account.problem.detail);
    if (account.problem.action) {
      const link = document.getElementById('way-out');
      link.textContent = account.problem.action.label;
      link.href = account.problem.action.url;
      link.hidden = false;
    }
  } else {
    show('blocked', `${number.format(account.spendable)} can be spent now`);
  }
  if (account.subscription) {
    show('plan', `Plan ${account.subscription.plan}, ${account.subscription.status}`);
  }
  if (account.next_grant) {
    const grant = `${number.format(account.next_grant.amount)} credits on ${date.format(new Date(account.next_grant.at))}`;
    const kept = account.next_grant.withheld > 0
      ? `; use ${number.format(account.next_grant.use_first)} first for all of them` : '';
    show('next-grant', `Next: ${grant}${account.next_grant.use_first === null ? '' : kept}`);
  }
  document.getElementById('budgets').replaceChildren(...account.budgets.map(budget => {
    const item = document.createElement('li');
    item.textContent = `${budget.scope} ${budget.scope_id}: ${number.format(budget.used)} used`
      + (budget.usage_limit === null ? '' : ` of ${number.format(budget.usage_limit)}`);
    return item;
  }));
}

async function load() {
  const response = await fetch('/credits/account');
  if (!response.ok) {
    throw new Error(`The backend answered ${response.status}`);
  }
  return response.json();
}

load().then(render, () => show('blocked', 'The credits cannot be read right now.'));
