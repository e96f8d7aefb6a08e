import { Icon } from '@ui/components/Icon';
import { orderStateIcon, orderStateName } from './orderState';
import classes from './OrderState.module.css';

/** Where an order is, in a row: sign, color and words; the sign and the color alone say nothing. */
export function OrderState({ state }: { state: string }) {
  return (
    <span className={classes.state} data-state={state}>
      <Icon name={orderStateIcon(state)} size={16} />
      {orderStateName(state)}
    </span>
  );
}
