import type { ReactNode } from 'react';
import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useLingui } from '@lingui/react/macro';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Drawer.layer.css';
import classes from './dialog.module.css';

interface SheetProps {
  opened: boolean;
  title: ReactNode;
  children: ReactNode;
  onClose: () => void;
}

// eslint-disable-next-line lingui/no-unlocalized-strings -- styles
const FROM_BELOW = { height: 'auto', maxHeight: '92dvh', borderRadius: 'var(--c-radius-large) var(--c-radius-large) 0 0' };

/** Details over the page: from below on a phone, where the thumb is, from the side on a wide screen. */
export function Sheet({ opened, title, children, onClose }: SheetProps) {
  const { t } = useLingui();
  const wide = useMediaQuery('(min-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <Drawer.Root opened={opened} onClose={onClose} position={wide ? 'right' : 'bottom'} size={wide ? '30rem' : 'auto'}>
      <Drawer.Overlay />
      {/* Mantine's own header is a <header>, which would be a second banner of the page. */}
      <Drawer.Content styles={{ inner: wide ? {} : { alignItems: 'flex-end' }, content: wide ? {} : FROM_BELOW }}>
        <div className={classes.head}>
          <Drawer.Title className={classes.title}>{title}</Drawer.Title>
          <Drawer.CloseButton size="xl" aria-label={t`Close`} />
        </div>
        <Drawer.Body className={classes.body}>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
