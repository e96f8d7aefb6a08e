import { parseHex, textOn } from '@ui/brand/color';
import classes from './VoucherFace.module.css';

interface VoucherFaceProps {
  brandName: string;
  color: string;
  value?: string;
  large?: boolean;
}

/** A gift card drawn from its brand's name and color: no picture to load, none to go missing. */
export function VoucherFace({ brandName, color, value = '', large = false }: VoucherFaceProps) {
  const fill = parseHex(color) ? color : '#3b4750';
  const style = { '--face': fill, '--face-text': textOn(fill) } as React.CSSProperties;
  return (
    <div className={large ? `${classes.face} ${classes.large}` : classes.face} style={style} aria-hidden="true">
      <span className={classes.brand}>{brandName}</span>
      <span className={classes.value}>{value}</span>
    </div>
  );
}
