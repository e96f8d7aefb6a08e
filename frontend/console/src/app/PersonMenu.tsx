import { Button, Popover, UnstyledButton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Icon } from '@ui/components/Icon';
import { LanguageSwitch } from '@ui/components/LanguageSwitch';
import { SchemeSwitch } from '@ui/components/SchemeSwitch';
import type { Language } from '@ui/format/number';
import { describeError } from '@ui/graphql/errors';
import { activateLanguage, saveLanguage } from '@ui/i18n/language';
import { signOut } from '@ui/session/session';
import { useSurroundings } from '@ui/session/SessionContext';
import { loadCatalogs } from './catalogs';
import classes from './PersonMenu.module.css';

export function PersonMenu() {
  const { t } = useLingui();
  const client = useQueryClient();
  const { brand, session } = useSurroundings();
  const person = session.person;
  const name = [person?.firstName, person?.lastName].filter(Boolean).join(' ');
  const changeLanguage = async (language: Language) => {
    await activateLanguage(language, loadCatalogs);
    await saveLanguage(language).catch(() => undefined);
    await client.invalidateQueries();
  };
  const leave = useMutation({ mutationFn: () => signOut(), onSuccess: () => window.location.assign(brand.idUrl) });

  return (
    <Popover width={260} position="bottom-end" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <UnstyledButton className={classes.trigger} aria-label={name || t`Your account`}>
          <Icon name="person" size={18} />
          <span className={classes.name}>{name || t`Your account`}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t`Your account`}>
        <div className={classes.panel}>
          <div>
            <strong>{name}</strong>
            <div className={classes.label}>{person?.email}</div>
          </div>
          <div>
            <div className={classes.label}>
              <Trans>Language</Trans>
            </div>
            <LanguageSwitch onChange={(language) => void changeLanguage(language)} />
          </div>
          <div>
            <div className={classes.label}>
              <Trans>Appearance</Trans>
            </div>
            <SchemeSwitch />
          </div>
          <Button component="a" href={brand.idUrl} variant="default">
            <Trans>Switch program</Trans>
          </Button>
          <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
            <Trans>Sign out</Trans>
          </Button>
          {leave.isError ? <p role="alert">{describeError(leave.error)}</p> : null}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
