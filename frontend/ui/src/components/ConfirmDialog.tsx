import type { ReactNode } from 'react';
import { Button, Group, Modal } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import '@mantine/core/styles/Group.layer.css';

interface ConfirmDialogProps {
  opened: boolean;
  title: ReactNode;
  children: ReactNode;
  confirmLabel: ReactNode;
  pending?: boolean;
  danger?: boolean;
  error?: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
}

const TITLE = { fontSize: '1.125rem', fontWeight: 'var(--c-heading-weight)', letterSpacing: 'var(--c-heading-spacing)' };

/** For money, vouchers and what cannot be undone: the consequences, then a button that names the deed. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, title, children, confirmLabel, pending = false, danger = false, error, onConfirm, onClose } = props;
  const close = () => {
    if (!pending) onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={title} withCloseButton={false} styles={{ title: TITLE }} closeOnEscape={!pending}>
      {children}
      {error ? (
        <p role="alert" style={{ color: 'var(--k-danger)', marginTop: '1rem' }}>
          {error}
        </p>
      ) : null}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={close} disabled={pending} data-autofocus>
          <Trans>Cancel</Trans>
        </Button>
        <Button onClick={onConfirm} loading={pending} color={danger ? 'red.9' : undefined}>
          {confirmLabel}
        </Button>
      </Group>
    </Modal>
  );
}
