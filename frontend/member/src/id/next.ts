/** Where to go after signing in: what the server allows, and of that only this host; the flow leads on from there. */
export function safeNext(next: string | null | undefined, origin: string = window.location.origin): string {
  if (!next) return '/';
  try {
    const url = new URL(next, origin);
    return url.origin === origin ? url.pathname + url.search + url.hash : '/';
  } catch {
    return '/';
  }
}

export function requestedNext(search: string = window.location.search, path: string = window.location.pathname): string {
  return new URLSearchParams(search).get('next') ?? (path.startsWith('/account') ? path : '');
}

/** The address after another language was chosen here: the one passed on by a wholesaler's page is of before. */
export function withLanguage(address: string, language: string): string {
  const url = new URL(address);
  const next = url.searchParams.get('next');
  if (!next?.includes('ui_locales=')) return address;
  url.searchParams.set('next', next.replace(/ui_locales=[a-z]*/, `ui_locales=${language}`));
  return url.toString();
}
