import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';

type AnchorButtonProps = ButtonProps & Omit<React.ComponentProps<'a'>, keyof ButtonProps>;

/** A link that looks like a button, with the router's types for where it leads. */
export const ButtonLink = createLink((props: AnchorButtonProps) => <Button component="a" {...props} />);
