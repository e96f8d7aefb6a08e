import { useEffect, useState } from 'react';
import { UnstyledButton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { loadCatalogs } from '@member/app/catalogs';
import { stopKeeping } from '@member/app/client';
import { programQuery } from '@member/features/program/queries';
import { Icon } from '@ui/components/Icon';
import { LanguageSwitch } from '@ui/components/LanguageSwitch';
import { SchemeSwitch } from '@ui/components/SchemeSwitch';
import { Sheet } from '@ui/components/Sheet';
import { useFormat } from '@ui/format/useFormat';
import type { Language } from '@ui/format/number';
import { describeError } from '@ui/graphql/errors';
import { activateLanguage, saveLanguage } from '@ui/i18n/language';
import { useSurroundings } from '@ui/session/SessionContext';
import { signOut } from '@ui/session/session';
import classes from './ProfileSheet.module.css';

export function ProfileSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const client = useQueryClient();
  const { brand, session } = useSurroundings();
  const { data } = useQuery(programQuery);
  const person = session.person;
  const who = data?.me ?? person;
  // This sheet is loaded when it is first opened. Only one that was closed before knows where the focus goes back to.
  const [mounted, setMounted] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setMounted(true));
    return () => cancelAnimationFrame(frame);
  }, []);

  const changeLanguage = async (language: Language) => {
    await activateLanguage(language, loadCatalogs);
    await saveLanguage(language).catch(() => undefined);
    // Sentences of rules and events come from the server in the reader's language.
    await client.invalidateQueries();
  };
  const leave = useMutation({
    mutationFn: () => {
      stopKeeping();
      return signOut();
    },
    onSuccess: () => window.location.assign('/'),
  });

  return (
    <Sheet opened={opened && mounted} onClose={onClose} title={t`Your account`}>
      <p className={classes.who}>{[who?.firstName, who?.lastName].filter(Boolean).join(' ')}</p>
      <p className={classes.muted}>{person?.email}</p>
      {data ? (
        <p className={classes.muted}>
          {data.me.firmName ? `${data.me.firmName} · ` : null}
          <Trans>member since {format.date(data.me.memberSince)}</Trans>
        </p>
      ) : null}
      <nav className={classes.block} aria-label={t`Account`}>
        <Link to="/orders" className={classes.item} onClick={onClose}>
          <Icon name="list" />
          <span>
            <Trans>My orders</Trans>
          </span>
        </Link>
        <Link to="/firm" className={classes.item} onClick={onClose}>
          <Icon name="people" />
          <span>
            <Trans>My firm</Trans>
          </span>
        </Link>
        <Link to="/profile" className={classes.item} onClick={onClose}>
          <Icon name="person" />
          <span>
            <Trans>Profile and consents</Trans>
          </span>
        </Link>
        <a href={brand.idUrl} className={classes.item}>
          <Icon name="swap" />
          <span>
            <Trans>Switch program</Trans>
          </span>
        </a>
        <UnstyledButton className={classes.item} onClick={() => leave.mutate()} disabled={leave.isPending}>
          <Icon name="logout" />
          <span>
            <Trans>Sign out</Trans>
          </span>
        </UnstyledButton>
      </nav>
      {leave.isError ? <p role="alert">{describeError(leave.error)}</p> : null}
      <div className={classes.block}>
        <div className={classes.label}>
          <Trans>Language</Trans>
        </div>
        <LanguageSwitch onChange={(language) => void changeLanguage(language)} />
      </div>
      <div className={classes.block}>
        <div className={classes.label}>
          <Trans>Appearance</Trans>
        </div>
        <SchemeSwitch />
      </div>
      {data ? (
        <div className={classes.block}>
          <div className={classes.label}>
            <Trans>Help from {brand.name}</Trans>
          </div>
          <a href={`mailto:${data.program.supportEmail}`} className={classes.item}>
            {data.program.supportEmail}
          </a>
          <a href={`tel:${data.program.supportPhone.replaceAll(' ', '')}`} className={classes.item}>
            {format.phone(data.program.supportPhone)}
          </a>
        </div>
      ) : null}
    </Sheet>
  );
}
