import { useState } from 'react';
import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '@ui/components/ConfirmDialog';
import { describeError } from '@ui/graphql/errors';
import { useLanguage } from '@ui/i18n/language';
import { useSurroundings } from '@ui/session/SessionContext';
import { registrationQuery, takeBack, type Application } from './joining';
import classes from './Joining.module.css';

/** An application that was sent: that it waits, or why it was declined. */
export function ApplicationState({ application, again }: { application: Application; again: boolean }) {
  const { brand, session } = useSurroundings();
  if (application.state === 'waiting') {
    return (
      <section className={classes.state} aria-labelledby="application-title">
        <h2 id="application-title">
          <Trans>We have your application</Trans>
        </h2>
        <p>{application.firmName}</p>
        <p>
          <Trans>
            {brand.name} is looking at it. We will write to you at {session.person?.email}.
          </Trans>
        </p>
        <TakeBack />
      </section>
    );
  }
  return (
    <section className={classes.state} aria-labelledby="application-title">
      <h2 id="application-title">
        <Trans>Your application was declined</Trans>
      </h2>
      <p>{application.firmName}</p>
      <p>
        <Trans>The reason: {application.reason}</Trans>
      </p>
      {again ? (
        <div className={classes.actions}>
          <Button component="a" href="#apply">
            <Trans>Apply again</Trans>
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function TakeBack() {
  const client = useQueryClient();
  const language = useLanguage();
  const [asking, setAsking] = useState(false);
  const withdraw = useMutation({
    mutationFn: takeBack,
    onSuccess: (answer) => {
      client.setQueryData(registrationQuery(language).queryKey, answer);
      setAsking(false);
    },
    // somebody decided in the meantime
    onError: () => client.invalidateQueries({ queryKey: ['joining'] }),
  });
  return (
    <div className={classes.actions}>
      <Button
        variant="default"
        onClick={() => {
          withdraw.reset();
          setAsking(true);
        }}
      >
        <Trans>Take it back</Trans>
      </Button>
      <ConfirmDialog
        opened={asking}
        title={<Trans>Take the application back?</Trans>}
        confirmLabel={<Trans>Take it back</Trans>}
        danger
        pending={withdraw.isPending}
        error={withdraw.isError ? describeError(withdraw.error) : null}
        onConfirm={() => withdraw.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>
          <Trans>Nobody will look at it any more. You can apply again.</Trans>
        </p>
      </ConfirmDialog>
    </div>
  );
}
