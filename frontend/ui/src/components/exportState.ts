import type { Job } from './JobTray';

/** The state of an export (WAITING, DONE, FAILED) as the tray shows it. */
export function exportState(state: string): Job['state'] {
  if (state === 'DONE') return 'done';
  return state === 'FAILED' ? 'failed' : 'running';
}
