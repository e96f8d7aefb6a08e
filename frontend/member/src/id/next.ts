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

export function requestedNext(search: string = window.location.search): string {
  return new URLSearchParams(search).get('next') ?? '';
}
