import type { ReactNode } from 'react';

/** Three readers' boxes that nearly agree. Beside the name, so hidden from screen readers. */
export function BrandMark({ size }: { readonly size: 'small' | 'large' }): ReactNode {
  const side = size === 'small' ? 26 : 44;
  return (
    <svg className="brand-mark" width={side} height={side} viewBox="0 0 32 32" aria-hidden="true">
      <rect className="brand-mark__ground" width="32" height="32" rx="7" />
      <rect className="brand-mark__box reader-1" x="7" y="9" width="14" height="12" />
      <rect className="brand-mark__box reader-2" x="10" y="7" width="15" height="13" />
      <rect className="brand-mark__box brand-mark__box--agreed" x="9" y="11" width="14" height="14" />
    </svg>
  );
}
