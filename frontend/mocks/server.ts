/**
 * Serves the built apps over the mocks as the real server would: pages by host and path, strict CSP with a nonce per
 * answer. For development and screenshots; nothing here enters a bundle. `npm run preview`, then
 * http://termopol.kolektor.localhost:5199/ and http://id.kolektor.localhost:5199/.
 */
import { randomBytes } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { getResponse } from 'msw';
import { handlers, mockState } from './handlers.ts';

const PORT = Number(process.env['PORT'] ?? 5199);
const file = (relative: string) => new URL(`../${relative}`, import.meta.url);
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.svg': 'image/svg+xml' };

function page(host: string, path: string): string {
  if (host.startsWith('id.')) return 'member/dist/id.html';
  if (host.startsWith('hq.')) return 'console/dist/hq.html';
  return path.startsWith('/console') ? 'console/dist/index.html' : 'member/dist/index.html';
}

function sendPage(response: ServerResponse, name: string): void {
  const nonce = randomBytes(16).toString('base64');
  const html = readFileSync(file(name), 'utf8').replaceAll('__CSP_NONCE__', nonce).replaceAll('__LANG__', mockState.language);
  response.setHeader(
    'Content-Security-Policy',
    `default-src 'self'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; ` +
      "connect-src 'self'; manifest-src 'self'; worker-src 'self'",
  );
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(html);
}

function sendFile(response: ServerResponse, relative: string): void {
  const url = file(relative);
  if (!existsSync(url)) {
    response.statusCode = 404;
    response.end();
    return;
  }
  response.setHeader('Content-Type', TYPES[extname(relative)] ?? 'application/octet-stream');
  createReadStream(url).pipe(response);
}

async function body(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new Uint8Array(Buffer.concat(chunks));
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const host = request.headers.host ?? `localhost:${PORT}`;
  const url = new URL(request.url ?? '/', `http://${host}`);
  const asset = /^\/static\/(member|console)\/(.+)$/.exec(url.pathname);
  const served = asset ? `${asset[1]}/dist/${asset[2]}` : url.pathname === '/sw.js' ? 'member/dist/sw.js' : null;
  if (served) {
    sendFile(response, served);
    return;
  }
  // Switches for tests and screenshots.
  if (url.pathname === '/mock') {
    if (url.searchParams.has('signed')) mockState.authenticated = url.searchParams.get('signed') === 'in';
    if (url.searchParams.has('member')) mockState.member = url.searchParams.get('member') === 'yes';
    if (url.searchParams.has('readonly')) mockState.readOnly = url.searchParams.get('readonly') === 'yes';
    mockState.language = url.searchParams.get('language') ?? mockState.language;
    response.end('ok');
    return;
  }
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  const mocked = await getResponse(
    handlers,
    new Request(url, {
      method: request.method ?? 'GET',
      headers: Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
      ...(hasBody ? { body: await body(request) } : {}),
    }),
  );
  if (!mocked) {
    sendPage(response, page(url.hostname, url.pathname));
    return;
  }
  response.statusCode = mocked.status;
  mocked.headers.forEach((value, name) => response.setHeader(name, value));
  response.end(Buffer.from(await mocked.arrayBuffer()));
}

createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    response.statusCode = 500;
    response.end(String(error));
  });
}).listen(PORT, () => console.log(`mock server on port ${PORT}`));
