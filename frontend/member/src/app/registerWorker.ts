/** Served at the root by the wholesaler's host, so that its scope is the member app; see src/sw.ts for what it handles. */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  void navigator.serviceWorker.register('/sw.js', { scope: '/' }).catch(() => undefined);
}
