import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Locked } from '@console/app/Only';
import { NotFound } from '@console/app/NotFound';
import page from '@console/app/page.module.css';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { PagePending } from '@ui/components/PagePending';
import { Timeline } from '@ui/components/Timeline';
import { usePageTitle } from '@ui/components/usePageTitle';
import { kindMoment, kindName } from './kindName';
import { TemplateForm } from './TemplateForm';
import { templatesQuery } from './templates';
import classes from './Messages.module.css';

/** One kind of message in one language: written on the left, seen as the member sees it on the right. */
export function TemplatePage() {
  const { t } = useLingui();
  const { kind } = useParams({ from: '/messages/$kind' });
  const { language = 'pl' } = useSearch({ from: '/messages/$kind' });
  usePageTitle(kindName(kind));
  const query = useQuery(templatesQuery);
  if (!query.data) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;
  const template = query.data.messageTemplates.find((each) => each.kind === kind && each.language === language);
  if (!template) return <NotFound />;
  return (
    <>
      <Link to="/messages" className={page.back}>
        <Icon name="back" size={14} />
        <Trans>Messages</Trans>
      </Link>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>{kindName(kind)}</h1>
          <p className={page.lead}>{kindMoment(kind)}</p>
        </div>
        <nav className={classes.languages} aria-label={t`Language of the message`}>
          <Link to="/messages/$kind" params={{ kind }} search={{ language: 'pl' }} replace data-chosen={language === 'pl'}>
            <Trans>Polish</Trans>
          </Link>
          <Link to="/messages/$kind" params={{ kind }} search={{ language: 'en' }} replace data-chosen={language === 'en'}>
            <Trans>English</Trans>
          </Link>
        </nav>
      </div>
      <Locked may="saveMessageTemplate"><TemplateForm key={`${kind} ${language} ${template.ownSince ?? ''}`} template={template} /></Locked>
      {template.timeline.length > 0 ? (
        <section className={page.section}>
          <h2 className={page.subtitle}>
            <Trans>What happened</Trans>
          </h2>
          <Timeline events={template.timeline} label={t`What happened`} />
        </section>
      ) : null}
    </>
  );
}
