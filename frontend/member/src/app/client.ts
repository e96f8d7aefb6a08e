import { balanceQuery, programQuery } from '@member/features/program/queries';
import { createQueryClient } from '@ui/boot/queryClient';
import { forgetPerson } from '@ui/session/session';
import { setAccess } from '@ui/session/access';
import { keepFor, restoreKept } from './kept';

export const queryClient = createQueryClient({
  onSignedOut: () => {
    stopKeeping();
    void forgetPerson();
    setAccess('signed-out');
  },
  onForbidden: () => setAccess('forbidden'),
});

let stop: () => void = () => undefined;

export function startKeeping(personId: string): void {
  restoreKept(queryClient, personId);
  stop = keepFor(queryClient, personId);
  void import('@member/features/wallet/codeVault').then((vault) => vault.forgetOthers(personId)).catch(() => undefined);
}

/** Asks for the figures that every screen shows while brand, type and texts are on the way. */
export function askAhead(): void {
  for (const asked of [queryClient.query(programQuery), queryClient.query(balanceQuery)]) {
    asked.catch(() => undefined); // whoever shows it asks again and says what is wrong
  }
}

/** Before signing out, or a late answer would be written back after the purge. */
export function stopKeeping(): void {
  stop();
}
