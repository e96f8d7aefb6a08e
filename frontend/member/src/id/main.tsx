import '@ui/brand/mantine.css';
import '@ui/brand/base.css';
import '@ui/brand/fonts.css';
import { boot } from '@ui/boot/boot';
import { createQueryClient } from '@ui/boot/queryClient';
import { loadCatalogs } from './catalogs';
import { IdApp } from './IdApp';

void boot({
  dense: false,
  offline: false,
  catalogs: loadCatalogs,
  // A session that ended shows the sign-in page of this very host.
  queryClient: createQueryClient({ onSignedOut: () => window.location.assign('/'), onForbidden: () => undefined }),
  app: <IdApp />,
});
