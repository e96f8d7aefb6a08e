import '@ui/brand/mantine.css';
import '@mantine/core/styles.layer.css';
import '@ui/brand/base.css';
import '@ui/brand/fonts.css';
import { boot } from '@ui/boot/boot';
import { Gate } from './app/Gate';
import { loadCatalogs } from './app/catalogs';
import { queryClient } from './app/client';
import { ConsoleApp } from './app/ConsoleApp';

void boot({
  dense: true,
  offline: false,
  catalogs: loadCatalogs,
  queryClient,
  app: (
    <Gate>
      <ConsoleApp />
    </Gate>
  ),
});
