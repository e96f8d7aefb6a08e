import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import classes from './Preferences.module.css';

export function SchemeSwitch() {
  const { t } = useLingui();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choices: [MantineColorScheme, string][] = [
    ['auto', t`System`],
    ['light', t`Light`],
    ['dark', t`Dark`],
  ];
  return (
    <div role="group" aria-label={t`Appearance`} className={classes.group}>
      {choices.map(([scheme, name]) => (
        <button
          key={scheme}
          type="button"
          className={classes.choice}
          aria-pressed={scheme === colorScheme}
          onClick={() => setColorScheme(scheme)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
