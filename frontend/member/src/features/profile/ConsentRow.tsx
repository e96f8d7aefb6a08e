import { Switch } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Switch.layer.css';
import { execute, type ResultOf } from '@member/api';
import { useFormat } from '@ui/format/useFormat';
import { describeError, throwOperationErrors } from '@ui/graphql/errors';
import { SetConsentMutation, type ProfileQuery } from './operations';
import classes from './ProfileSheet.module.css';

type Consent = ResultOf<typeof ProfileQuery>['consents'][number];

/** One consent: its sentence, a switch, when it was decided, and every decision before. Shown as decided only once it is. */
export function ConsentRow({ consent }: { consent: Consent }) {
  const { t } = useLingui();
  const format = useFormat();
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: async (given: boolean) => {
      const { setConsent } = await execute(SetConsentMutation, { input: { kind: consent.kind, given, textVersion: consent.textVersion } });
      throwOperationErrors(setConsent?.errors);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['profile'] }),
  });
  const names: Record<string, string> = { email: t`E-mail`, sms: t`SMS`, push: t`Notifications`, profiling: t`Offers chosen for you` };
  const channels: Record<string, string> = { app: t`in the app`, console: t`by the wholesaler`, import: t`from a file` };
  const decided = (given: boolean, at: string) => (given ? <Trans>Given on {format.dateTime(at)}</Trans> : <Trans>Withdrawn on {format.dateTime(at)}</Trans>);
  return (
    <li className={classes.consent} data-testid={`consent-${consent.kind}`}>
      <Switch
        size="md"
        label={names[consent.kind] ?? consent.kind}
        description={consent.text}
        checked={consent.given}
        disabled={decide.isPending}
        onChange={(event) => decide.mutate(event.currentTarget.checked)}
        classNames={{ body: classes.switchBody, label: classes.switchLabel }}
      />
      {decide.isError ? <p role="alert">{describeError(decide.error)}</p> : null}
      {consent.at ? (
        <details>
          <summary className={classes.summary}>{decided(consent.given, consent.at)}</summary>
          <ol className={classes.decisions}>
            {consent.history.map((row) => (
              <li key={row.at}>
                {decided(row.given, row.at)}, {channels[row.channel] ?? row.channel}. <Trans>Text of {row.textVersion}:</Trans> {row.text}
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </li>
  );
}
