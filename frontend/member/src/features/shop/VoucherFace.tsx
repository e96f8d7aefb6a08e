import { parseHex, textOn } from '@ui/brand/color';
import classes from './VoucherFace.module.css';

interface VoucherFaceProps {
  brandName: string;
  color: string;
  value?: string;
  /** Address of its picture, if it has one. */
  picture?: string | null | undefined;
}

/** A gift card: its picture, else drawn from the brand's name and color, at any width. The drawing stands until the picture comes. */
export function VoucherFace({ brandName, color, value = '', picture }: VoucherFaceProps) {
  const fill = parseHex(color) ? color : '#3b4750';
  const style = { '--face': fill, '--face-text': textOn(fill) } as React.CSSProperties;
  return (
    <div className={classes.face} style={style} aria-hidden="true">
      <div className={classes.print}>
        <span className={classes.brand}>{brandName}</span>
        {value ? <span className={classes.value}>{value}</span> : null}
      </div>
      {picture ? (
        <img
          className={classes.picture}
          src={`${picture}-320.webp`}
          srcSet={`${picture}-160.webp 160w, ${picture}-320.webp 320w, ${picture}-640.webp 640w`}
          sizes="(min-width: 48em) 240px, 45vw"
          loading="lazy"
          decoding="async"
          alt=""
        />
      ) : null}
    </div>
  );
}
