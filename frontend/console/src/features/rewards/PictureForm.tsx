import { Trans } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { PictureUpload } from '@console/app/PictureUpload';
import type { Reward } from './RewardPage';
import classes from './Rewards.module.css';

/** What members see of a reward; without a picture a card drawn from the brand's name. */
export function PictureForm({ reward }: { reward: Reward }) {
  const client = useQueryClient();
  return (
    <>
      <p className={classes.hint}>
        <Trans>PNG, JPEG or WebP, up to 5 MB; best about 1.6 times as wide as high. It shows in the shop at once.</Trans>
      </p>
      {reward.picture ? (
        <img className={classes.picture} src={`${reward.picture}-320.webp`} width={240} height={151} alt="" data-testid="reward-picture" />
      ) : null}
      <PictureUpload
        address={`/api/console/rewards/${reward.id}/picture`}
        label={reward.picture ? <Trans>Another picture</Trans> : <Trans>Picture</Trans>}
        remove={reward.picture ? <Trans>Remove the picture</Trans> : null}
        onSent={() => client.invalidateQueries({ queryKey: ['rewards'] })}
      />
    </>
  );
}
