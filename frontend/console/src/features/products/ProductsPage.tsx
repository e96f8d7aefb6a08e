import { useCallback, useMemo, useState } from 'react';
import { NativeSelect } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { createColumnHelper } from '@tanstack/react-table';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Only } from '@console/app/Only';
import { execute, type ResultOf } from '@console/api';
import { ExportButton } from '@console/app/ExportButton';
import { useHiddenColumns } from '@console/app/useHiddenColumns';
import page from '@console/app/page.module.css';
import { SearchField } from '@console/app/SearchField';
import { ButtonLink } from '@ui/components/ButtonLink';
import { EmptyState } from '@ui/components/EmptyState';
import { ResourceList } from '@ui/components/ResourceList';
import { usePageTitle } from '@ui/components/usePageTitle';
import { brandsQuery } from './brands';
import { FileProducts } from './FileProducts';
import { ProductsQuery } from './operations';
import { UploadProducts } from './UploadProducts';

const PAGE = 50;
const NONE = 'none';

interface Chosen {
  ids: readonly string[];
  all: boolean;
  of: string;
}

const NOTHING: Chosen = { ids: [], all: false, of: '' };

type Product = ResultOf<typeof ProductsQuery>['products']['edges'][number]['node'];

const column = createColumnHelper<Product>();

function useColumns() {
  const { t } = useLingui();
  return useMemo(
    () => [
      column.accessor('name', {
        header: t`Product name`,
        cell: ({ row }) => (
          <>
            <Link to="/products/$productId" params={{ productId: row.original.id }} data-row-link>
              {row.original.name}
            </Link>
            <span className={`${page.narrow ?? ''} ${page.quiet ?? ''}`}>{row.original.brand?.name ?? t`Without a brand`}</span>
          </>
        ),
      }),
      column.accessor('sku', { header: t`SKU` }),
      column.accessor('brand', {
        header: t`Brand`,
        meta: { narrow: 'hide' },
        cell: ({ getValue }) => getValue()?.name ?? <span className={page.quiet}>{t`Without a brand`}</span>,
      }),
      column.accessor('category', { header: t`Category`, meta: { narrow: 'hide' }, cell: ({ getValue }) => getValue() || '–' }),
      column.accessor('ean', { header: t`EAN`, meta: { narrow: 'hide' }, cell: ({ getValue }) => getValue() ?? '–' }),
      column.accessor('producerCode', { header: t`Producer's code`, meta: { narrow: 'hide' }, cell: ({ getValue }) => getValue() ?? '–' }),
    ],
    [t],
  );
}

export function ProductsPage() {
  const { t } = useLingui();
  const navigate = useNavigate({ from: '/products' });
  const { q, brand } = useSearch({ from: '/products' });
  usePageTitle(t`Products`);
  const columns = useColumns();
  const hidden = useHiddenColumns();
  const [selection, setSelection] = useState<Chosen>(NOTHING);
  const brands = useQuery(brandsQuery);
  const search = useCallback(
    (next: string | undefined) => void navigate({ search: (before) => ({ ...before, q: next }), replace: true }),
    [navigate],
  );
  const products = useInfiniteQuery({
    queryKey: ['products', 'list', q ?? '', brand ?? ''],
    queryFn: ({ pageParam, signal }) =>
      execute(
        ProductsQuery,
        { first: PAGE, after: pageParam, search: q ?? null, brandId: brand && brand !== NONE ? brand : null, withoutBrand: brand === NONE },
        signal,
      ).then((data) => data.products),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.pageInfo.hasNextPage ? last.pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => products.data?.pages.flatMap((each) => each.edges.map((edge) => edge.node)) ?? [], [products.data]);
  const narrowing = { search: q ?? null, withBrand: brand && brand !== NONE ? brand : null, withoutBrand: brand === NONE };
  // what was chosen in another view of the list is not chosen in this one
  const narrowed = JSON.stringify(narrowing);
  const selected = selection.of === narrowed ? selection : NOTHING;
  return (
    <>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>Products</Trans>
          </h1>
          <p className={page.lead}>
            <Trans>What you sell, with the brands that rules speak of. Sales find a product by EAN, SKU or the producer's code.</Trans>
          </p>
        </div>
        <Only may="saveProduct"><ButtonLink to="/products/new">
          <Trans>New product</Trans>
        </ButtonLink></Only>
      </div>
      <Only may="saveProduct"><UploadProducts /></Only>
      <ResourceList
        label={t`Products`}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        total={products.data?.pages[0]?.totalCount}
        source={products}
        hidden={hidden}
        selection={{
          ...selected,
          onChange: (next) => setSelection({ ...next, of: narrowed }),
          rowName: (id) => rows.find((row) => row.id === id)?.name ?? '',
          actions: (count) => <Only may="fileProducts"><FileProducts chosen={selected.all ? narrowing : { ids: [...selected.ids] }} count={count} onDone={() => setSelection(NOTHING)} /></Only>,
        }}
        toolbar={
          <>
            <SearchField label={t`Name, SKU, EAN or category`} value={q} onSearch={search} />
            <NativeSelect
              size="xs"
              aria-label={t`Brand`}
              value={brand ?? ''}
              onChange={(event) => {
                const next = event.currentTarget.value || undefined;
                void navigate({ search: (before) => ({ ...before, brand: next }), replace: true });
              }}
              data={[
                { value: '', label: t`All brands` },
                { value: NONE, label: t`Without a brand` },
                ...(brands.data ?? []).map((each) => ({ value: each.id, label: each.name })),
              ]}
            />
            <ExportButton
              kind="products"
              search={q ?? null}
              brandId={brand && brand !== NONE ? brand : null}
              withoutBrand={brand === NONE}
              disabled={rows.length === 0}
            />
          </>
        }
        empty={
          <EmptyState icon="list" title={q || brand ? <Trans>No product matches</Trans> : <Trans>No products yet</Trans>}>
            {q || brand ? null : <Trans>Upload your product list: rules by brand and category need it.</Trans>}
          </EmptyState>
        }
      />
    </>
  );
}
