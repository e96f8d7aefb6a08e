import { useState } from 'react';
import { Skeleton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { execute } from '@member/api';
import rows from '@member/features/program/rows.module.css';
import { ErrorState } from '@ui/components/ErrorState';
import { Icon } from '@ui/components/Icon';
import { usePageTitle } from '@ui/components/usePageTitle';
import { useLanguage } from '@ui/i18n/language';
import { useSurroundings } from '@ui/session/SessionContext';
import { ClaimSection } from './ClaimSection';
import { ConsentRow } from './ConsentRow';
import { ProfileForm } from './ProfileForm';
import { ProfileQuery } from './operations';
import classes from './ProfileSheet.module.css';

/** By language: the sentences of consents come from the server. */
export const profileQuery = (language: string) =>
  queryOptions({ queryKey: ['profile', language], queryFn: ({ signal }) => execute(ProfileQuery, {}, signal) });

export function ProfilePage() {
  const { t } = useLingui();
  const { brand } = useSurroundings();
  const profile = useQuery(profileQuery(useLanguage()));
  // A claim may bring a phone number: the form starts from it.
  const [claims, setClaims] = useState(0);
  usePageTitle(t`Profile and consents`);
  if (profile.isError && !profile.data) return <ErrorState page error={profile.error} onRetry={() => void profile.refetch()} />;
  return (
    <>
      <h1 className={rows.page}>
        <Trans>Profile and consents</Trans>
      </h1>
      <div>{profile.data ? <ProfileForm key={claims} me={profile.data.me} /> : <Skeleton height={280} mt="lg" />}</div>
      <section className={rows.section} aria-busy={profile.isPending}>
        <h2 className={rows.title}>
          <Trans>Consents</Trans>
        </h2>
        <p className={classes.muted}>
          <Trans>They hold for {brand.name} only. You can withdraw each of them at any time; what concerns your points and orders still reaches you.</Trans>
        </p>
        <ul className={classes.consents}>
          {profile.data?.consents.map((consent) => (
            <ConsentRow key={consent.kind} consent={consent} />
          ))}
        </ul>
      </section>
      <ClaimSection onClaimed={() => setClaims((before) => before + 1)} />
      <section className={rows.section}>
        <h2 className={rows.title}>
          <Trans>Security</Trans>
        </h2>
        <a href={new URL('/account', brand.idUrl).toString()} className={classes.item}>
          <Icon name="external" />
          <span>
            <Trans>Sessions and devices</Trans>
          </span>
        </a>
        <Link to="/terms" className={classes.item}>
          <Icon name="list" />
          <span>
            <Trans>Terms of the program</Trans>
          </span>
        </Link>
      </section>
    </>
  );
}
