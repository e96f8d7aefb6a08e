import { useEffect, useRef, useState } from 'react';
import { SegmentedControl } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { ErrorState } from '@ui/components/ErrorState';
import { currentCsrfToken } from '@ui/session/session';
import type { Parts } from './templates';
import type { Preview } from './usePreview';
import classes from './Messages.module.css';

type Where = 'mail' | 'app';

export function MessagePreview({ kind, language, preview }: { kind: string; language: string; preview: Preview }) {
  const { t } = useLingui();
  const [where, setWhere] = useState<Where>('mail');
  const data = preview.data;
  if (!data) return preview.isError ? <ErrorState error={preview.error} onRetry={() => void preview.refetch()} /> : null;
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t`Where the message is read`}
        value={where}
        onChange={(value) => setWhere(value)}
        data={[
          { value: 'mail', label: t`E-mail` },
          { value: 'app', label: t`In the app` },
        ]}
      />
      {data.problem ? (
        <p className={classes.broken}>
          <Trans>It cannot be sent like this: see the field with the error.</Trans>
        </p>
      ) : (
        <div className={classes.shown}>
          <p className={classes.shownSubject} lang={language}>
            {data.subject}
          </p>
          {where === 'mail' ? (
            <MailFrame key={JSON.stringify(data.asked)} kind={kind} language={language} parts={data.asked} />
          ) : (
            <div className={classes.inbox} lang={language}>
              {(data.text ?? '').split(/\n{2,}/).map((paragraph, index) => (
                <p key={index}>{paragraph}</p>
              ))}
              {data.action ? <span className={classes.button}>{data.action}</span> : null}
            </div>
          )}
        </div>
      )}
    </>
  );
}

/** The mail with its own look, in a frame of its own: a new one each time, so that the browser's way back is not filled with them. */
function MailFrame({ kind, language, parts }: { kind: string; language: string; parts: Parts }) {
  const { t } = useLingui();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.submit(), []);
  const fields = { csrfmiddlewaretoken: currentCsrfToken(), kind, language, ...parts };
  return (
    <>
      <iframe className={classes.frame} name="mail-preview" sandbox="" title={t`The e-mail`} data-testid="mail-preview" />
      <form ref={form} hidden method="post" action="/api/console/messages/preview" target="mail-preview">
        {Object.entries(fields).map(([name, value]) => (
          <textarea key={name} name={name} value={value} readOnly />
        ))}
      </form>
    </>
  );
}
