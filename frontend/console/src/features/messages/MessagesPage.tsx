import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Locked } from '@console/app/Only';
import page from '@console/app/page.module.css';
import { StateLabel } from '@console/app/StateLabel';
import { ErrorState } from '@ui/components/ErrorState';
import { PagePending } from '@ui/components/PagePending';
import { Timeline } from '@ui/components/Timeline';
import { usePageTitle } from '@ui/components/usePageTitle';
import { kindMoment, kindName } from './kindName';
import { SenderForm } from './SenderForm';
import { templatesQuery, type MessageTemplate } from './templates';
import classes from './Messages.module.css';

/** What the program says to its members by itself, in whose words, and from whose address. */
export function MessagesPage() {
  const { t } = useLingui();
  usePageTitle(t`Messages`);
  const query = useQuery(templatesQuery);
  if (!query.data) return query.isError ? <ErrorState page error={query.error} onRetry={() => void query.refetch()} /> : <PagePending />;
  const { messageTemplates, messageSender, program } = query.data;
  const kinds = [...new Set(messageTemplates.map((each) => each.kind))];
  return (
    <>
      <div className={page.head}>
        <div>
          <h1 className={page.title}>
            <Trans>Messages</Trans>
          </h1>
          <p className={page.lead}>
            <Trans>What members are told by e-mail and in the app, each in their own language. The words are the platform's until you write your own.</Trans>
          </p>
        </div>
      </div>
      <ul className={classes.kinds}>
        {kinds.map((kind) => (
          <li key={kind} className={classes.kind}>
            <div>
              <h2 className={classes.name}>{kindName(kind)}</h2>
              <p className={page.quiet}>{kindMoment(kind)}</p>
            </div>
            <ul className={classes.texts}>
              {messageTemplates
                .filter((each) => each.kind === kind)
                .map((each) => (
                  <TextRow key={each.language} template={each} />
                ))}
            </ul>
          </li>
        ))}
      </ul>
      <section className={page.section}>
        <h2 className={page.subtitle}>
          <Trans>Sender of e-mails</Trans>
        </h2>
        <Locked may="setMessageSender"><SenderForm key={`${messageSender.name} ${messageSender.address}`} saved={messageSender} program={program.name} /></Locked>
      </section>
      {messageSender.timeline.length > 0 ? (
        <section className={page.section}>
          <h2 className={page.subtitle}>
            <Trans>What happened</Trans>
          </h2>
          <Timeline events={messageSender.timeline} label={t`What happened`} />
        </section>
      ) : null}
    </>
  );
}

function TextRow({ template }: { template: MessageTemplate }) {
  const { t } = useLingui();
  const { kind, language, subject, ownSince } = template;
  const name = language === 'pl' ? t`Polish` : t`English`;
  return (
    <li>
      <Link to="/messages/$kind" params={{ kind }} search={{ language: language === 'en' ? 'en' : 'pl' }} className={classes.text}>
        <span className={classes.language}>{name}</span>
        <span className={classes.subject} lang={language}>
          {subject}
        </span>
        <StateLabel tone={ownSince ? 'good' : 'quiet'}>{ownSince ? <Trans>your words</Trans> : <Trans>the platform's words</Trans>}</StateLabel>
      </Link>
    </li>
  );
}
