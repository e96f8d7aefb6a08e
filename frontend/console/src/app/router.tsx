import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { z } from 'zod';
import { NotFound } from './NotFound';
import { PagePending } from '@ui/components/PagePending';
import { RouteFailure } from '@ui/components/RouteFailure';
import { Shell } from './Shell';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const parent = { getParentRoute: () => root };

// An address typed by hand never breaks a page: what does not fit is left out.
const searched = z.object({ q: z.string().optional().catch(undefined) });
const ORDER_STATES = ['PLACED', 'ISSUING', 'UNKNOWN', 'FULFILLED', 'FAILED'] as const;
const orderSearch = searched.extend({ state: z.enum(ORDER_STATES).optional().catch(undefined) });

const home = createRoute({
  ...parent,
  path: '/',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router takes a redirect
    throw redirect({ to: '/imports', replace: true });
  },
});

const imports = createRoute({
  ...parent,
  path: '/imports',
  component: lazyRouteComponent(() => import('@console/features/imports/ImportsPage'), 'ImportsPage'),
});

const importBatch = createRoute({
  ...parent,
  path: '/imports/$batchId',
  component: lazyRouteComponent(() => import('@console/features/imports/BatchPage'), 'BatchPage'),
});

const members = createRoute({
  ...parent,
  path: '/members',
  validateSearch: searched,
  component: lazyRouteComponent(() => import('@console/features/members/MembersPage'), 'MembersPage'),
});

const member = createRoute({
  ...parent,
  path: '/members/$memberId',
  component: lazyRouteComponent(() => import('@console/features/members/MemberPage'), 'MemberPage'),
});

const rules = createRoute({
  ...parent,
  path: '/rules',
  component: lazyRouteComponent(() => import('@console/features/rules/RulesPage'), 'RulesPage'),
});

const orders = createRoute({
  ...parent,
  path: '/orders',
  validateSearch: orderSearch,
  component: lazyRouteComponent(() => import('@console/features/orders/OrdersPage'), 'OrdersPage'),
});

const order = createRoute({
  ...parent,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('@console/features/orders/OrderPage'), 'OrderPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([home, imports, importBatch, members, member, rules, orders, order]),
  basepath: '/console',
  defaultPreload: 'intent',
  defaultPendingComponent: PagePending,
  defaultErrorComponent: RouteFailure,
  defaultPendingMs: 120,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
