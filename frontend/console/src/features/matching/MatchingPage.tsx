import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useSearch } from '@tanstack/react-router';
import page from '@console/app/page.module.css';
import { usePageTitle } from '@ui/components/usePageTitle';
import { BuyersList } from './BuyersList';
import { GoodsList } from './GoodsList';
import { LearnedList } from './LearnedList';
import classes from './Matching.module.css';

/** What imports brought and nobody knew: goods, buyers; and what was said of them. */
export function MatchingPage() {
  const { t } = useLingui();
  const { kind = 'goods' } = useSearch({ from: '/matching' });
  usePageTitle(t`To match`);
  return (
    <>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>To match</Trans>
          </h1>
          <p className={page.lead}>
            <Trans>Goods and buyers on your documents that the program does not know. Say once what they are; it is remembered, and what waited gets its points.</Trans>
          </p>
        </div>
      </div>
      <nav className={classes.tabs} aria-label={t`What to match`}>
        {(['goods', 'buyers', 'learned'] as const).map((each) => (
          <Link key={each} to="/matching" search={{ kind: each }} className={classes.tab} aria-current={kind === each ? 'page' : undefined} activeProps={{}}>
            {each === 'goods' ? <Trans>Goods</Trans> : each === 'buyers' ? <Trans>Buyers</Trans> : <Trans>Learned</Trans>}
          </Link>
        ))}
      </nav>
      {kind === 'goods' ? <GoodsList /> : null}
      {kind === 'buyers' ? <BuyersList /> : null}
      {kind === 'learned' ? (
        <>
          <LearnedList kind="goods" />
          <LearnedList kind="buyers" />
        </>
      ) : null}
    </>
  );
}
