/**
 * A shop that signs people in with the openid-client package, for tests/identity/test_openid_client.py.
 *
 * Reads one JSON object a line from stdin and answers with one a line: {"do": "discover" | "begin" | "finish" | "refresh" | "userinfo"
 * | "revoke", ...} → {"ok": ...} or {"error": code}. Names of development hosts do not resolve in Node: it dials 127.0.0.1 and sends the
 * Host header.
 */
import http from 'node:http';
import { createInterface } from 'node:readline';
import * as client from 'openid-client';

/** `fetch` over node:http, since fetch itself sends no Host header of ours. */
function dialing(url, options = {}) {
  const target = new URL(url);
  const headers = { ...Object.fromEntries(new Headers(options.headers)), host: target.host };
  const body = options.body ? String(options.body) : undefined;
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: '127.0.0.1', port: target.port, path: target.pathname + target.search, method: options.method ?? 'GET', headers },
      (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts);
          const empty = [204, 304].includes(answer.statusCode);
          resolve(new Response(empty ? null : text, { status: answer.statusCode, headers: new Headers(flat(answer.headers)) }));
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

function flat(headers) {
  return Object.entries(headers).flatMap(([name, value]) => (Array.isArray(value) ? value.map((each) => [name, each]) : [[name, String(value)]]));
}

let config;
let verifier;
let state;
let nonce;

const deeds = {
  async discover({ issuer, clientId, secret }) {
    const options = { execute: [client.allowInsecureRequests], [client.customFetch]: dialing };
    config = await client.discovery(new URL(issuer), clientId, undefined, secret ? client.ClientSecretBasic(secret) : client.None(), options);
    config[client.customFetch] = dialing;
    return config.serverMetadata();
  },
  async begin({ redirectUri, more = {} }) {
    verifier = client.randomPKCECodeVerifier();
    state = client.randomState();
    nonce = client.randomNonce();
    const challenge = await client.calculatePKCECodeChallenge(verifier);
    const asked = { redirect_uri: redirectUri, scope: 'openid email profile', code_challenge: challenge, code_challenge_method: 'S256', state, nonce };
    return client.buildAuthorizationUrl(config, { ...asked, ...more }).href;
  },
  async finish({ url, wrongVerifier = false, maxAge }) {
    const checks = { pkceCodeVerifier: wrongVerifier ? client.randomPKCECodeVerifier() : verifier, expectedState: state, expectedNonce: nonce };
    const tokens = await client.authorizationCodeGrant(config, new URL(url), { ...checks, ...(maxAge === undefined ? {} : { maxAge }) });
    return { ...tokens, claims: tokens.claims() };
  },
  refresh: ({ token }) => client.refreshTokenGrant(config, token),
  userinfo: ({ token, sub }) => client.fetchUserInfo(config, token, sub),
  async revoke({ token }) {
    await client.tokenRevocation(config, token);
    return null;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, ...given } = JSON.parse(line);
  const answer = await deeds[name](given).then(
    (ok) => ({ ok }),
    (error) => ({ error: error.error ?? error.code ?? error.name, text: String(error.message) }),
  );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
