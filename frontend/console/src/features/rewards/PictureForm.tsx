import { useRef } from 'react';
import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { describeError } from '@ui/graphql/errors';
import type { Reward } from './RewardPage';
import { sendPicture } from './uploadPicture';
import classes from './Rewards.module.css';

/** What members see of a reward; without a picture a card drawn from the brand's name. */
export function PictureForm({ reward }: { reward: Reward }) {
  const client = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const send = useMutation({
    mutationFn: (file: File | null) => sendPicture(reward.id, file),
    onSettled: () => {
      if (field.current) field.current.value = '';
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['rewards'] }),
  });
  return (
    <>
      <p className={classes.hint}>
        <Trans>PNG, JPEG or WebP, up to 5 MB; best about 1.6 times as wide as high. It shows in the shop at once.</Trans>
      </p>
      {reward.picture ? (
        <img className={classes.picture} src={`${reward.picture}-320.webp`} width={240} height={151} alt="" data-testid="reward-picture" />
      ) : null}
      <div className={classes.form}>
        <label className={classes.file}>
          {reward.picture ? <Trans>Another picture</Trans> : <Trans>Picture</Trans>}
          <input
            ref={field}
            type="file"
            accept="image/png,image/jpeg,image/webp"
            disabled={send.isPending}
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) send.mutate(file);
            }}
          />
        </label>
        {reward.picture ? (
          <Button size="xs" variant="default" loading={send.isPending} onClick={() => send.mutate(null)}>
            <Trans>Remove the picture</Trans>
          </Button>
        ) : null}
      </div>
      {send.isError ? (
        <p role="alert" className={classes.error}>
          {describeError(send.error)}
        </p>
      ) : null}
    </>
  );
}
