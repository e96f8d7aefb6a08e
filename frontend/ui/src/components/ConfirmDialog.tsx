import type { ReactNode } from 'react';
import { Button, Modal } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import classes from './dialog.module.css';

interface ConfirmDialogProps {
  opened: boolean;
  title: ReactNode;
  children: ReactNode;
  confirmLabel: ReactNode;
  pending?: boolean;
  danger?: boolean;
  /** It cannot be done as things are: the text says why. */
  blocked?: boolean;
  error?: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
}

/** For money, vouchers and what cannot be undone: the consequences, then a button that names the deed. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, title, children, confirmLabel, pending = false, danger = false, blocked = false, error, onConfirm, onClose } = props;
  const close = () => {
    if (!pending) onClose();
  };
  return (
    <Modal.Root opened={opened} onClose={close} centered closeOnEscape={!pending}>
      <Modal.Overlay />
      {/* Mantine's own header is a <header>, which would be a second banner of the page. */}
      <Modal.Content>
        <div className={classes.head}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
        </div>
        <Modal.Body className={classes.body}>
          {children}
          {error ? (
            <p role="alert" className={classes.error}>
              {error}
            </p>
          ) : null}
          <div className={classes.actions}>
            <Button variant="default" onClick={close} disabled={pending} data-autofocus>
              <Trans>Cancel</Trans>
            </Button>
            <Button onClick={onConfirm} loading={pending} disabled={blocked} color={danger ? 'red.9' : undefined}>
              {confirmLabel}
            </Button>
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
