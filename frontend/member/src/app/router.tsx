import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { NotFound } from './NotFound';
import { PagePending } from '@ui/components/PagePending';
import { RouteFailure } from '@ui/components/RouteFailure';
import { Shell } from './Shell';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const parent = { getParentRoute: () => root };

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

const home = createRoute({
  ...parent,
  path: '/',
  component: lazyRouteComponent(() => import('@member/features/home/HomePage'), 'HomePage'),
});

export const historyRoute = createRoute({
  ...parent,
  path: '/history',
  // The open receipt is part of the address, so that it can be sent and "back" closes it.
  validateSearch: (search: Record<string, unknown>): { entry?: string | undefined } => ({ entry: text(search['entry']) }),
  component: lazyRouteComponent(() => import('@member/features/history/HistoryPage'), 'HistoryPage'),
});

export const shopRoute = createRoute({
  ...parent,
  path: '/shop',
  validateSearch: (search: Record<string, unknown>): { q?: string | undefined; affordable?: true | undefined } => ({
    q: text(search['q']),
    affordable: search['affordable'] === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import('@member/features/shop/ShopPage'), 'ShopPage'),
});

const checkout = createRoute({
  ...parent,
  path: '/checkout/$rewardId',
  component: lazyRouteComponent(() => import('@member/features/checkout/CheckoutPage'), 'CheckoutPage'),
});

export const walletRoute = createRoute({
  ...parent,
  path: '/wallet',
  validateSearch: (search: Record<string, unknown>): { voucher?: string | undefined } => ({ voucher: text(search['voucher']) }),
  component: lazyRouteComponent(() => import('@member/features/wallet/WalletPage'), 'WalletPage'),
});

const orders = createRoute({
  ...parent,
  path: '/orders',
  component: lazyRouteComponent(() => import('@member/features/orders/OrdersPage'), 'OrdersPage'),
});

const order = createRoute({
  ...parent,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('@member/features/orders/OrderPage'), 'OrderPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([home, historyRoute, shopRoute, checkout, walletRoute, orders, order]),
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
