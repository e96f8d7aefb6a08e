import { parseHex, textOn } from '@ui/brand/color';
import classes from './VoucherFace.module.css';

interface VoucherFaceProps {
  brandName: string;
  color: string;
  value?: string;
}

/** A gift card drawn from its brand's name and color, at any width: no picture to load, none to go missing. */
export function VoucherFace({ brandName, color, value = '' }: VoucherFaceProps) {
  const fill = parseHex(color) ? color : '#3b4750';
  const style = { '--face': fill, '--face-text': textOn(fill) } as React.CSSProperties;
  return (
    <div className={classes.face} style={style} aria-hidden="true">
      <div className={classes.print}>
        <span className={classes.brand}>{brandName}</span>
        {value ? <span className={classes.value}>{value}</span> : null}
      </div>
    </div>
  );
}
