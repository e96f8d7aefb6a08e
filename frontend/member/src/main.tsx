import '@ui/brand/mantine.css';
import '@ui/brand/base.css';
import '@ui/brand/fonts.css';
import { boot } from '@ui/boot/boot';
import { isMember } from '@ui/session/roles';
import { App } from './app/App';
import { loadCatalogs } from './app/catalogs';
import { askAhead, queryClient, startKeeping } from './app/client';
import { registerWorker } from './app/registerWorker';

void boot({
  dense: false,
  offline: true,
  catalogs: loadCatalogs,
  queryClient,
  prepare: (session) => {
    if (session.person) startKeeping(session.person.id);
    if (isMember(session.roles)) askAhead();
  },
  app: <App />,
}).then(registerWorker);
