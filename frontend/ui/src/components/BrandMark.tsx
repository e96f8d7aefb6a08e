import { useState } from 'react';
import type { Brand } from '@ui/brand/brand';
import { textOn } from '@ui/brand/color';
import classes from './BrandMark.module.css';

interface BrandLogoProps {
  brand: Pick<Brand, 'name' | 'logoUrl' | 'logoGround' | 'primaryColor'>;
  size?: number;
  /** It stands on a color of the brand, on which an uploaded logo may not be seen. */
  onColor?: boolean;
}

/** The logo, or the name's initial on the brand's color where there is none or it does not load. */
export function BrandLogo({ brand, size = 32, onColor = false }: BrandLogoProps) {
  const [broken, setBroken] = useState(false);
  if (brand.logoUrl && !broken) {
    const ground = brand.logoGround;
    const shape = ground ? { height: size, minWidth: size, maxWidth: size * 3, '--mark-ground': ground } : { width: size, height: size };
    return (
      <img className={classes.logo} style={shape} src={brand.logoUrl} alt="" data-ground={ground ? (onColor ? 'always' : 'dark') : undefined} onError={() => setBroken(true)} />
    );
  }
  const style = {
    width: size,
    height: size,
    fontSize: size * 0.5,
    '--mark-fill': brand.primaryColor,
    '--mark-text': textOn(brand.primaryColor),
  };
  return (
    <span className={classes.initial} style={style} aria-hidden="true">
      {brand.name.charAt(0)}
    </span>
  );
}

export function BrandMark({ brand, size = 32 }: Omit<BrandLogoProps, 'onColor'>) {
  return (
    <span className={classes.mark}>
      <BrandLogo brand={brand} size={size} />
      <span className={classes.name}>{brand.name}</span>
    </span>
  );
}
