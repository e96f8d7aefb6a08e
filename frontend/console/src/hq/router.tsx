import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { z } from 'zod';
import { RouteFailure } from '@ui/components/RouteFailure';
import { SPANS } from './Controls';
import { HqShell } from './HqShell';
import { CUTS, METRICS } from './metrics';
import { NetworkPage } from './network/NetworkPage';
import { NotFound } from './NotFound';
import { OverviewPage } from './OverviewPage';
import { WholesalerPage } from './WholesalerPage';

const root = createRootRoute({ component: HqShell, notFoundComponent: NotFound });
const parent = { getParentRoute: () => root };
const period = z.object({ figure: z.enum(METRICS).optional().catch(undefined), months: z.enum(SPANS).optional().catch(undefined) });

const home = createRoute({
  ...parent,
  path: '/',
  validateSearch: period.extend({ by: z.enum(['wholesaler', ...CUTS]).optional().catch(undefined) }),
  component: OverviewPage,
});

const wholesaler = createRoute({
  ...parent,
  path: '/wholesalers/$slug',
  validateSearch: period.extend({ by: z.enum(CUTS).optional().catch(undefined) }),
  component: WholesalerPage,
});

const network = createRoute({ ...parent, path: '/network', component: NetworkPage });

export const router = createRouter({
  routeTree: root.addChildren([home, wholesaler, network]),
  defaultErrorComponent: RouteFailure,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
