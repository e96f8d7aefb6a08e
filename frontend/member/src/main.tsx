import '@ui/brand/mantine.css';
import '@ui/brand/base.css';
import '@ui/brand/fonts.css';
import { boot } from '@ui/boot/boot';
import { App } from './app/App';
import { loadCatalogs } from './app/catalogs';
import { queryClient, startKeeping } from './app/client';
import { registerWorker } from './app/registerWorker';

// Asked for while the brand and the session are on the way, not after them.
if (window.location.pathname === '/') void import('./features/home/HomePage');

void boot({
  dense: false,
  offline: true,
  catalogs: loadCatalogs,
  queryClient,
  prepare: ({ session }) => {
    if (session.person) startKeeping(session.person.id);
  },
  app: <App />,
}).then(registerWorker);
