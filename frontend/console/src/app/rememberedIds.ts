const MAX = 10;

/** Ids that this tab keeps under a key, the last ones. What is no list of texts is none. */
export function rememberedIds(key: string): string[] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]');
    return Array.isArray(found) ? latest(found.filter((id): id is string => typeof id === 'string')) : [];
  } catch {
    return [];
  }
}

export function latest(ids: readonly string[]): string[] {
  return ids.slice(-MAX);
}

export function rememberIds(key: string, ids: readonly string[]): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(ids));
  } catch {
    // a browser that keeps nothing forgets them with the page
  }
}
