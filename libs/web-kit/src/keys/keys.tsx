import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';

export interface KeyBinding {
  /** As KeyboardEvent.key, case-insensitive for letters; `Ctrl+K`, `Shift+F8` with modifiers. */
  readonly keys: string;
  readonly label: string;
  readonly run: () => void;
  /** Also while somebody types in a field; by default letters belong to the field. */
  readonly whileTyping?: boolean;
}

const modifiers = ({ ctrlKey, metaKey, altKey, shiftKey, key }: KeyboardEvent): string =>
  [
    ctrlKey || metaKey ? 'ctrl+' : '',
    altKey ? 'alt+' : '',
    // The sign itself already says that shift was held: `?`
    shiftKey && (key.length > 1 || /[a-z]/i.test(key)) ? 'shift+' : '',
  ].join('');

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit)$/.test(target.type)));

interface Board {
  readonly add: (bindings: readonly KeyBinding[]) => () => void;
  readonly listed: readonly KeyBinding[];
}

const KeyBoard = createContext<Board>({ add: () => () => undefined, listed: [] });

/** One listener for the page; bindings come and go with the components that declare them. */
export function KeysProvider({ children }: { readonly children: ReactNode }) {
  const [sets, setSets] = useState<readonly (readonly KeyBinding[])[]>([]);
  const listed = useMemo(() => sets.flat(), [sets]);
  const current = useRef(listed);
  current.current = listed;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const chord = (modifiers(event) + event.key).toLowerCase();
      const binding = current.current.findLast(
        (each) => each.keys.toLowerCase() === chord && (each.whileTyping || !typing(event.target)),
      );
      if (!binding) return;
      event.preventDefault();
      binding.run();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
  const board = useMemo<Board>(
    () => ({
      listed,
      add: (bindings) => {
        setSets((now) => [...now, bindings]);
        return () => setSets((now) => now.filter((each) => each !== bindings));
      },
    }),
    [listed],
  );
  return <KeyBoard.Provider value={board}>{children}</KeyBoard.Provider>;
}

/** Keys of this component, listed by `?` while it is on the page. Give stable labels; `run` may change freely. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const { add } = useContext(KeyBoard);
  const latest = useRef(bindings);
  latest.current = bindings;
  const signature = bindings.map(({ keys, label, whileTyping }) => `${keys} ${label} ${whileTyping}`).join('\n');
  const adding = useRef(add);
  adding.current = add;
  useEffect(() => {
    const stable = latest.current.map((binding, index) => ({
      ...binding,
      run: () => latest.current[index]?.run(),
    }));
    return adding.current(stable);
  }, [signature]);
}

export const useListedKeys = (): readonly KeyBinding[] => useContext(KeyBoard).listed;
