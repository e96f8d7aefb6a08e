import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { execute } from '@member/api';
import { ButtonLink } from '@ui/components/ButtonLink';
import { PagePending } from '@ui/components/PagePending';
import { balanceQuery } from '@member/features/program/queries';
import { EmptyState } from '@ui/components/EmptyState';
import { ErrorState } from '@ui/components/ErrorState';
import { usePageTitle } from '@ui/components/usePageTitle';
import { CheckoutForm } from './CheckoutForm';
import { RewardQuery } from './operations';

export function CheckoutPage() {
  const { t } = useLingui();
  const { rewardId } = useParams({ from: '/checkout/$rewardId' });
  const { value } = useSearch({ from: '/checkout/$rewardId' });
  const reward = useQuery({
    queryKey: ['rewards', 'one', rewardId],
    queryFn: ({ signal }) => execute(RewardQuery, { id: rewardId }, signal).then((data) => data.reward),
  });
  const balance = useQuery(balanceQuery);
  usePageTitle(reward.data?.name ?? t`Order a reward`);

  if (reward.data === null) {
    const shop = (
      <ButtonLink to="/shop">
        <Trans>Back to the shop</Trans>
      </ButtonLink>
    );
    return <EmptyState page icon="shop" title={<Trans>This reward is no longer offered</Trans>} action={shop} />;
  }
  if (reward.data && balance.data) return <CheckoutForm key={rewardId} reward={reward.data} available={balance.data.available} chosen={value ?? null} />;
  const failed = reward.isError ? reward : balance.isError ? balance : null;
  if (failed) return <ErrorState page error={failed.error} onRetry={() => void failed.refetch()} />;
  return <PagePending />;
}
