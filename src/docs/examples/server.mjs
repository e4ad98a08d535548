// The host's backend, reduced to what the two need: `node server.mjs`, with CREDITS_URL and CREDITS_KEY set (a key with
// the scope billing), then http://localhost:3000/.
import {createServer} from 'node:http';
import {readFile} from 'node:fs/promises';

const credits = process.env.CREDITS_URL ?? 'http://localhost:8080';
const headers = {authorization: `Bearer ${process.env.CREDITS_KEY}`, 'content-type': 'application/json'};

/** Whose account it is says the host's own session, never the browser. Here everybody is the same customer. */
const accountOf = request => process.env.CREDITS_ACCOUNT ?? 'demo';

const files = {'/': ['billing.html', 'text/html'], '/billing.js': ['billing.js', 'text/javascript']};

createServer(async (request, response) => {
  const {pathname, searchParams} = new URL(request.url, 'http://localhost');
  const account = `${credits}/v1/accounts/${encodeURIComponent(accountOf(request))}`;
  try {
    if (files[pathname]) {
      const [file, type] = files[pathname];
      response.setHeader('content-type', `${type}; charset=utf-8`);
      response.end(await readFile(new URL(file, import.meta.url)));
    } else if (pathname === '/credits/account') {
      const answer = await fetch(account, {headers});
      response.writeHead(answer.status, {'content-type': 'application/json', 'cache-control': 'no-store'});
      response.end(await answer.text());
    } else if (request.method === 'POST' && pathname === '/credits/page' || pathname === '/sign-in') {
      // The button of the page, and CREDITS_SIGN_IN_URL: both make a session and send the browser there.
      const meant = searchParams.get('account');
      if (meant !== null && meant !== accountOf(request)) {
        response.writeHead(403, {'content-type': 'text/plain; charset=utf-8'}).end('This link is for another account.');
        return;
      }
      const page = searchParams.get('path') ?? '/billing';
      const answer = await fetch(`${account}/portal-sessions`, {method: 'POST', headers, body: JSON.stringify({page})});
      if (!answer.ok) {
        throw new Error(await answer.text());
      }
      response.writeHead(303, {location: (await answer.json()).url}).end();
    } else {
      response.writeHead(404).end();
    }
  } catch (failure) {
    console.error(failure);
    response.writeHead(502, {'content-type': 'text/plain; charset=utf-8'}).end('The credits cannot be reached right now.');
  }
}).listen(3000);
