import { useWords } from '@shidang/web-kit';
import { useEffect, useRef, type ReactNode } from 'react';
import { Link } from 'wouter';
import { Icon } from './icon';
import { words } from './words';

interface SheetProps {
  readonly title: string;
  /** Beside the title in the window's own; the page's when it is none. */
  readonly back?: string;
  readonly tools?: ReactNode;
  /** Always in reach of the thumb. */
  readonly bar?: ReactNode;
  readonly children: ReactNode;
}

/** One page of the phone: a head with the way back, one column, what one does next at the bottom. */
export function Sheet({ title, back, tools, bar, children }: SheetProps) {
  const t = useWords(words);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  useEffect(() => {
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <header className="head">
        {back !== undefined && (
          <Link href={back} className="head-back" aria-label={t('back')}>
            <Icon name="back" />
          </Link>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {tools}
      </header>
      <main className={bar ? 'sheet sheet-over-bar' : 'sheet'}>{children}</main>
      {bar && <div className="bar">{bar}</div>}
    </>
  );
}
