/** Leaves this page for another, without a way back to it. */
export function leaveFor(url: string): void {
  window.location.replace(url);
}
