import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Locked } from '@console/app/Only';
import { execute } from '@console/api';
import page from '@console/app/page.module.css';
import { sayKey } from '@console/features/matching/sayKey';
import { matchGoods } from '@console/features/matching/useMatching';
import { ButtonLink } from '@ui/components/ButtonLink';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { PagePending } from '@ui/components/PagePending';
import { Timeline } from '@ui/components/Timeline';
import { usePageTitle } from '@ui/components/usePageTitle';
import { ProductQuery } from './operations';
import { ProductForm, type Typed } from './ProductForm';
import classes from './Products.module.css';

function Back() {
  return (
    <Link to="/products" className={page.back}>
      <Icon name="back" size={14} />
      <Trans>Products</Trans>
    </Link>
  );
}

/** One product: what it is, what was learned of it, what happened to it. */
export function ProductPage() {
  const { t } = useLingui();
  const { productId } = useParams({ from: '/products/$productId' });
  const query = useQuery({
    queryKey: ['products', 'one', productId],
    queryFn: ({ signal }) => execute(ProductQuery, { id: productId }, signal).then((data) => data.product),
  });
  const product = query.data;
  usePageTitle(product?.name ?? t`Product`);
  if (product === null) {
    const all = (
      <ButtonLink to="/products">
        <Trans>Products</Trans>
      </ButtonLink>
    );
    return <EmptyState page icon="list" title={<Trans>There is no such product</Trans>} action={all} />;
  }
  if (!product) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;
  const known: Typed = {
    sku: product.sku,
    name: product.name,
    ean: product.ean ?? '',
    producerCode: product.producerCode ?? '',
    unit: product.unit,
    category: product.category,
    brandId: product.brand?.id ?? '',
  };
  return (
    <>
      <Back />
      <div className={page.head}>
        <div>
          <h1 className={page.title}>{product.name}</h1>
          <p className={page.lead}>{product.brand ? `${product.brand.name} · ${product.brand.supplierName}` : t`Without a brand`}</p>
        </div>
      </div>
      <div className={page.columns}>
        <Locked may="saveProduct"><ProductForm key={product.id} id={product.id} known={known} label={<Trans>Save</Trans>} onSaved={() => undefined} /></Locked>
        <div>
          {product.learned.length > 0 ? (
            <section>
              <h2 className={page.subtitle}>
                <Trans>Also called</Trans>
              </h2>
              <ul className={classes.learned}>
                {product.learned.map((key) => (
                  <li key={key}>{sayKey(key)}</li>
                ))}
              </ul>
            </section>
          ) : null}
          <section className={product.learned.length > 0 ? page.section : undefined}>
            <h2 className={page.subtitle}>
              <Trans>What happened</Trans>
            </h2>
            <Timeline events={product.timeline} label={t`What happened`} />
          </section>
        </div>
      </div>
    </>
  );
}

/** A new product, perhaps from goods that wait for one. */
export function NewProductPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const said = useSearch({ from: '/products/new' });
  usePageTitle(t`New product`);
  const known: Typed = {
    sku: said.sku ?? '', name: said.name ?? '', ean: said.ean ?? '', producerCode: said.code ?? '', unit: '', category: '', brandId: '',
  };
  return (
    <>
      <Back />
      <div className={page.head}>
        <h1 className={page.title}>
          <Trans>New product</Trans>
        </h1>
      </div>
      <ProductForm
        id={null}
        known={known}
        label={<Trans>Add the product</Trans>}
        onSaved={async (id) => {
          if (said.goods) await matchGoods({ key: said.goods, productId: id });
          await navigate(said.goods ? { to: '/matching' } : { to: '/products/$productId', params: { productId: id } });
        }}
      />
    </>
  );
}
