import { createQueryClient } from '@ui/boot/queryClient';
import { setAccess } from '@ui/session/access';

export const queryClient = createQueryClient({
  onSignedOut: () => setAccess('signed-out'),
  onOneFactor: () => setAccess('one-factor'),
  onForbidden: () => setAccess('forbidden'),
});
