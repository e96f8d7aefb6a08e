import { Skeleton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { CodeField } from '@ui/components/CodeField';
import { CopyButton } from '@ui/components/CopyButton';
import { ErrorState } from '@ui/components/ErrorState';
import { change, type Changed, type NewApp } from './security';
import { ERROR_ID } from './SignInError';
import classes from './Id.module.css';

const DIGITS = 6;

/** An authenticator app is tied to the account: its secret as a picture and as text, then a code that proves it arrived. */
export function AppSetup({ onDone }: { onDone: (changed: Changed) => void }) {
  const { t } = useLingui();
  const app = useQuery({ queryKey: ['new-app'], queryFn: () => change<NewApp>('app/begin'), staleTime: Infinity, gcTime: 0, retry: false });
  if (app.isError) return <ErrorState error={app.error} onRetry={() => void app.refetch()} />;
  return (
    <div className={classes.setup} aria-busy={app.isPending}>
      <ol className={classes.steps}>
        <li>
          <Trans>Open an authenticator app on your phone (Google Authenticator, Microsoft Authenticator, Aegis or another).</Trans>
        </li>
        <li>
          <Trans>Scan the picture, or copy the key into the app.</Trans>
        </li>
        <li>
          <Trans>Type the six digits that the app shows.</Trans>
        </li>
      </ol>
      {app.data ? (
        <>
          <img className={classes.qr} alt={t`QR code with the key for the app`} src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(app.data.qr)}`} />
          <div>
            <div className={classes.hint}>
              <Trans>Key</Trans>
            </div>
            <div className={classes.secret} data-testid="app-secret">
              {app.data.secret}
            </div>
          </div>
          <CopyButton text={app.data.secret} label={t`Copy the key`} />
          <CodeField
            label={t`Code from the app`}
            length={DIGITS}
            errorId={ERROR_ID}
            send={(code) => change<Changed>('app/confirm', { code })}
            onDone={onDone}
            action={<Trans>Turn on</Trans>}
          />
        </>
      ) : (
        <Skeleton height={200} width={200} radius={8} />
      )}
    </div>
  );
}
