import { useEffect, useState, type ReactNode } from 'react';
import { Modal, UnstyledButton } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { Trans, useLingui } from '@lingui/react/macro';
import { Command as Menu } from 'cmdk';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import { fold } from './fold';
import { Icon, type IconName } from './Icon';
import classes from './CommandPalette.module.css';

export interface Command {
  id: string;
  label: string;
  /** What tells it from another of the same name. */
  detail?: ReactNode;
  icon: IconName;
  /** Other words that find it. */
  words?: string;
  run: () => void;
}

export interface CommandGroup {
  id: string;
  label: string;
  commands: readonly Command[];
}

interface CommandPaletteProps {
  /** Pages and actions: what is typed is looked for here. */
  groups: readonly CommandGroup[];
  /** What the server found for the text of `onSearch`. */
  found: readonly CommandGroup[];
  /** Whether it is still looking. */
  pending: boolean;
  failed: boolean;
  /** A text of at least two letters when the typing pauses, else nothing. */
  onSearch: (text: string) => void;
  placeholder: string;
}

const TYPING_MS = 200;
const LEAST = 2;
// eslint-disable-next-line lingui/no-unlocalized-strings -- names of keys
const KEYS = 'Control+K Meta+K';
// eslint-disable-next-line lingui/no-unlocalized-strings -- name of a key
const CLOSE = 'Esc';

function matches(command: Command, typed: string): boolean {
  const text = fold(`${command.label} ${command.words ?? ''}`);
  return fold(typed).split(/\s+/).every((word) => text.includes(word));
}

/** ⌘K or Ctrl K: to any page, any action, any object by what is known of it, without leaving the keyboard. */
export function CommandPalette({ groups, found, pending, failed, onSearch, placeholder }: CommandPaletteProps) {
  const { t } = useLingui();
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed, TYPING_MS);
  useHotkeys([['mod+K', () => setOpened((before) => !before)]], []);
  const wanted = settled.trim().length >= LEAST ? settled.trim() : '';
  useEffect(() => onSearch(wanted), [wanted, onSearch]);
  const close = () => setOpened(false);
  // eslint-disable-next-line lingui/no-unlocalized-strings -- names of keys
  const keys = /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K';
  const own = groups
    .map((group) => ({ ...group, commands: group.commands.filter((command) => matches(command, typed.trim())) }))
    .filter((group) => group.commands.length > 0);
  const searching = typed.trim().length >= LEAST && (pending || settled !== typed);
  const shown = typed.trim().length >= LEAST ? [...found.filter((group) => group.commands.length > 0), ...own] : own;

  return (
    <>
      <UnstyledButton className={classes.trigger} aria-label={t`Find`} aria-keyshortcuts={KEYS} onClick={() => setOpened(true)}>
        <Icon name="search" size={16} />
        <span className={classes.triggerText}>
          <Trans>Find</Trans>
        </span>
        <kbd className={classes.keys}>{keys}</kbd>
      </UnstyledButton>
      <Modal.Root opened={opened} onClose={close} size="38rem" yOffset="10dvh" onExitTransitionEnd={() => setTyped('')}>
        <Modal.Overlay />
        <Modal.Content aria-label={t`Find`}>
          <Modal.Body p={0}>
            <Menu className={classes.menu} label={t`Find`} shouldFilter={false} loop>
              <div className={classes.field}>
                <Icon name="search" size={18} />
                <Menu.Input className={classes.input} value={typed} onValueChange={setTyped} placeholder={placeholder} data-autofocus maxLength={100} />
                <kbd className={classes.keys}>{CLOSE}</kbd>
              </div>
              <Menu.List className={classes.list}>
                {shown.map((group) => (
                  <Menu.Group key={group.id} heading={group.label} className={classes.group}>
                    {group.commands.map((command) => (
                      <Menu.Item
                        key={command.id}
                        value={command.id}
                        className={classes.item}
                        onSelect={() => {
                          close();
                          command.run();
                        }}
                      >
                        <Icon name={command.icon} size={16} />
                        <span className={classes.label}>{command.label}</span>
                        <span className={classes.detail}>{command.detail}</span>
                      </Menu.Item>
                    ))}
                  </Menu.Group>
                ))}
              </Menu.List>
              <p className={classes.status} role="status">
                {searching ? <Trans>Looking…</Trans> : failed && wanted ? <Trans>The search did not answer. Try again.</Trans> : shown.length === 0 ? <Trans>Nothing found</Trans> : null}
              </p>
            </Menu>
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
