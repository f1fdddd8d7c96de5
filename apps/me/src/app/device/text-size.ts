import { useState } from 'react';

const key = 'shidang.me.text';

const remembered = (): boolean => {
  try {
    return localStorage.getItem(key) === 'large';
  } catch {
    return false;
  }
};

/** 长辈版: everything in rem grows with the root. */
export function applyTextSize(isLarge = remembered()): void {
  if (isLarge) document.documentElement.dataset['text'] = 'large';
  else delete document.documentElement.dataset['text'];
}

export function useTextSize(): [isLarge: boolean, choose: (isLarge: boolean) => void] {
  const [isLarge, setLarge] = useState(remembered);
  return [
    isLarge,
    (next) => {
      try {
        localStorage.setItem(key, next ? 'large' : 'usual');
      } catch {
        // for this time at least
      }
      applyTextSize(next);
      setLarge(next);
    },
  ];
}
