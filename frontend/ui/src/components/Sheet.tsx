import type { ReactNode } from 'react';
import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useLingui } from '@lingui/react/macro';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Drawer.layer.css';

interface SheetProps {
  opened: boolean;
  title: ReactNode;
  children: ReactNode;
  onClose: () => void;
}

/** Details over the page: from below on a phone, where the thumb is, from the side on a wide screen. */
export function Sheet({ opened, title, children, onClose }: SheetProps) {
  const { t } = useLingui();
  const wide = useMediaQuery('(min-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      position={wide ? 'right' : 'bottom'}
      size={wide ? '30rem' : 'auto'}
      closeButtonProps={{ 'aria-label': t`Close`, size: 'xl' }}
      styles={{
        inner: wide ? {} : { alignItems: 'flex-end' },
        content: wide ? {} : { height: 'auto', maxHeight: '92dvh', borderRadius: 'var(--c-radius-large) var(--c-radius-large) 0 0' },
        title: { fontSize: '1.125rem', fontWeight: 'var(--c-heading-weight)', letterSpacing: 'var(--c-heading-spacing)' },
        body: { paddingBottom: 'calc(1.5rem + env(safe-area-inset-bottom))' },
      }}
    >
      {children}
    </Drawer>
  );
}
