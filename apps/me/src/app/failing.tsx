import { useWords } from '@shidang/web-kit';
import { Component, type ReactNode } from 'react';
import { Problem } from './problem';
import { words } from './words';

interface FailingState {
  readonly error?: unknown;
}

/** A page that failed to draw or to load; reloading also fetches a new version. */
export class Failing extends Component<{ readonly children: ReactNode }, FailingState> {
  override state: FailingState = {};

  static getDerivedStateFromError(error: unknown): FailingState {
    return { error };
  }

  override render() {
    return this.state.error === undefined ? this.props.children : <Failed error={this.state.error} />;
  }
}

function Failed({ error }: { readonly error: unknown }) {
  const t = useWords(words);
  return (
    <main className="sheet">
      <h1>{t('failed')}</h1>
      <p>{t('failedLead')}</p>
      <Problem error={error} />
      <button className="button" onClick={() => location.reload()}>
        {t('reload')}
      </button>
    </main>
  );
}
