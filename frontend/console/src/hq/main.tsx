import '@ui/brand/mantine.css';
import '@mantine/core/styles.layer.css';
import '@ui/brand/base.css';
import '@ui/brand/fonts.css';
import { boot } from '@ui/boot/boot';
import { Gate } from '@console/app/Gate';
import { loadCatalogs } from '@console/app/catalogs';
import { queryClient } from '@console/app/client';
import { RouterProvider } from '@tanstack/react-router';
import { router } from './router';

void boot({
  dense: true,
  offline: false,
  catalogs: loadCatalogs,
  queryClient,
  app: (
    <Gate>
      <RouterProvider router={router} />
    </Gate>
  ),
});
