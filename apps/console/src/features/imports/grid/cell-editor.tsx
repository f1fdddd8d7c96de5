import { useEffect, useRef, type KeyboardEvent } from 'react';

export interface Draft {
  value: string;
}

interface CellEditorProps {
  readonly draft: Draft;
  readonly label: string;
  readonly choices: string | undefined;
  /** Typing over leaves the caret behind what is typed; F2 marks nothing and goes to the end. */
  readonly onDone: (move: 'down' | 'up' | 'right' | 'left' | 'stay') => void;
  readonly onCancel: () => void;
}

/** The field in a cell being changed. What is typed stands in `draft` at every moment, so that nothing is lost when the focus goes elsewhere. */
export function CellEditor({ draft, label, choices, onDone, onCancel }: CellEditorProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const input = field.current;
    if (!input) return;
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
  }, []);
  const pressed = (event: KeyboardEvent) => {
    // Enter and arrows choose among the characters an input method offers
    if (event.nativeEvent.isComposing) return;
    const { key, shiftKey } = event;
    if (key === 'Enter') onDone(shiftKey ? 'up' : 'down');
    else if (key === 'Tab') onDone(shiftKey ? 'left' : 'right');
    else if (key === 'Escape') onCancel();
    else {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <input
      ref={field}
      aria-label={label}
      defaultValue={draft.value}
      list={choices}
      autoComplete="off"
      onChange={({ target }) => (draft.value = target.value)}
      onKeyDown={pressed}
      onBlur={() => onDone('stay')}
      onCopy={(event) => event.stopPropagation()}
      onPaste={(event) => event.stopPropagation()}
    />
  );
}
