import { Plural, Trans } from '@lingui/react/macro';
import page from '@console/app/page.module.css';
import type { Application } from './ApplicationCard';
import classes from './Applications.module.css';

/** What speaks for the applicant, and what to know before a yes. */
export function Evidence({ application }: { application: Application }) {
  const { invoiceNumber, invoiceFound, documents, owner, criteria, termsVersion } = application;
  return (
    <>
      <ul className={classes.evidence}>
        <li data-tone={invoiceFound ? 'good' : 'warn'}>
          {invoiceNumber === '' ? (
            <Trans>No invoice number was given.</Trans>
          ) : invoiceFound ? (
            <Trans>Invoice {invoiceNumber}: found among our invoices for this tax number.</Trans>
          ) : (
            <Trans>Invoice {invoiceNumber}: not found among our invoices for this tax number.</Trans>
          )}
        </li>
        <li data-tone={documents > 0 ? 'good' : 'warn'}>
          <Plural value={documents} one="# invoice of ours within a year" other="# invoices of ours within a year" />
        </li>
        {criteria ? (
          <li>
            <Trans>Confirmed: “{criteria}”</Trans>
          </li>
        ) : null}
        {termsVersion === null ? null : (
          <li>
            <Trans>Agreed to the terms, version {termsVersion}</Trans>
          </li>
        )}
      </ul>
      {owner && application.state === 'waiting' ? (
        <p className={[page.notice, classes.warning].join(' ')} role="note">
          <Trans>This firm has an owner here: {owner}. Accepted, the applicant becomes a fitter of the firm.</Trans>
        </p>
      ) : null}
    </>
  );
}
